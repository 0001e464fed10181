import Tracing

extension VismaNetClient {
    /// One attempt of a call, from the gate to the answer, under a span of its own. The span has the address without its
    /// keys and without the query: they name customers, employees and documents.
    func send(
        _ call: OutgoingCall, attempt: Int = 1
    ) async throws(VismaNetError) -> Result<HTTPTransportResponse, TransportFailure> {
        let span = tracer.startSpan("\(call.name.method) \(call.template)", ofKind: .client)
        defer { span.end() }
        if span.isRecording {
            span.updateAttributes { attributes in
                attributes["http.request.method"] = call.name.method
                attributes["url.template"] = call.template
                attributes["ferje.erp.operation"] = call.name.operation
                attributes["ferje.erp.attempt"] = attempt
            }
        }
        do {
            let result = try await exchange(call, try await admission(call, span))
            span.tell(result)
            return result
        } catch {
            span.attributes["error.type"] = "\(error.consequence)"
            span.setStatus(SpanStatus(code: .error))
            throw error
        }
    }
}

extension Span {
    fileprivate func tell(_ result: Result<HTTPTransportResponse, TransportFailure>) {
        switch result {
        case .success(let answer):
            attributes["http.response.status_code"] = answer.status
            if answer.status >= 400 { setStatus(SpanStatus(code: .error)) }
        case .failure(let failure):
            attributes["error.type"] =
                switch failure {
                case .notSent: "notSent"
                case .noAnswer: "noAnswer"
                case .bodyTooLarge: "bodyTooLarge"
                }
            setStatus(SpanStatus(code: .error))
        }
    }
}
