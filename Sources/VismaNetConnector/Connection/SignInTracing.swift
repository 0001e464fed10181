import Tracing
import VismaNet

/// A span for each call to the sign-in server; for those to the API the client has its own. The addresses there have nothing
/// of anybody, and all the rest is secret.
struct SignInTracing: HTTPTransport {
    let transport: any HTTPTransport
    let tracer: any Tracer

    func send(
        _ request: HTTPTransportRequest, deadline: Duration
    ) async throws(TransportFailure) -> HTTPTransportResponse {
        let span = tracer.startSpan("\(request.method) sign-in", ofKind: .client)
        defer { span.end() }
        do {
            let answer = try await transport.send(request, deadline: deadline)
            span.attributes["http.request.method"] = request.method
            span.attributes["http.response.status_code"] = answer.status
            if answer.status >= 400 { span.setStatus(SpanStatus(code: .error)) }
            return answer
        } catch {
            span.setStatus(SpanStatus(code: .error))
            throw error
        }
    }
}
