import Hummingbird
import Tracing

/// A span for each request, under the address of its route. Not the address itself and nothing behind `?`: there stand ids,
/// searches, and now and then a secret. Nothing that the other end sends decides where the span belongs.
///
/// It ends with the head of the answer, so that a page that follows a run by a stream does not look slow.
struct RequestTracing: RouterMiddleware {
    let tracer: any Tracer

    func handle(
        _ request: Request, context: WebContext, next: (Request, WebContext) async throws -> Response
    ) async throws -> Response {
        let method = request.method.rawValue
        let span = tracer.startSpan("\(method) (no route)", context: .topLevel, ofKind: .server)
        defer { span.end() }
        return try await InstrumentationContext.$current.withValue(span.context) {
            let response = try await next(request, context)
            guard span.isRecording else { return response }
            // What no route took has a word there instead of a path.
            let route = context.endpointPath.flatMap { $0.hasPrefix("/") ? $0 : nil }
            if let route { span.operationName = "\(method) \(route)" }
            span.updateAttributes { attributes in
                attributes["http.request.method"] = method
                attributes["http.route"] = route
                attributes["http.response.status_code"] = Int(response.status.code)
            }
            if response.status.kind == .serverError { span.setStatus(SpanStatus(code: .error)) }
            return response
        }
    }
}
