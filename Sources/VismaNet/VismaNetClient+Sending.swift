import Tracing

/// One call before the token is added.
struct OutgoingCall {
    var name: VismaNetCall
    /// The path with `{key}` where the key of a record stands.
    var template: String
    var url: String
    var headers: [HTTPField] = []
    var body: [UInt8] = []
}

extension VismaNetClient {
    /// Path parts are keys or fixed words; keys are encoded, and an empty one is refused.
    func call(
        _ operation: String, _ method: String = "GET", path words: [String], key: String? = nil, then: [String] = [],
        query: QueryItems = QueryItems()
    ) throws(VismaNetError) -> OutgoingCall {
        var parts = words
        if let key {
            guard let encoded = PathKey.encoded(key) else {
                let name = VismaNetCall(operation: operation, method: method, path: "/" + words.joined(separator: "/"))
                throw name.failed(.invalidRequest("empty key"))
            }
            parts.append(encoded)
        }
        let path = "/" + (parts + then).joined(separator: "/")
        let template = "/" + (words + (key == nil ? [] : ["{key}"]) + then).joined(separator: "/")
        let text = query.text
        return OutgoingCall(
            name: VismaNetCall(operation: operation, method: method, path: path), template: template,
            url: configuration.apiBaseURL.text + path + (text.isEmpty ? "" : "?" + text))
    }

    /// Gate, token, and what the owner says of the token. Everything thrown here happened before a byte was sent.
    func admission(_ call: OutgoingCall, _ span: any Span) async throws(VismaNetError) -> AccessToken {
        guard !Task.isCancelled else { throw call.name.failed(.cancelled) }
        let asked = surroundings.clock()
        try await asking(call) { () async throws in try await hooks.gate(call.name.isRead ? .read : .write) }
        if span.isRecording { span.attributes["ferje.erp.gate_wait_ms"] = max(0, surroundings.clock() - asked) }
        let token = try await tokens.token()
        try await asking(call) { () async throws in try await hooks.token(token.version) }
        return token
    }

    /// What a hook throws ends the call with nothing sent.
    private func asking(
        _ call: OutgoingCall, _ hook: () async throws -> Void
    ) async throws(VismaNetError) {
        do {
            try await hook()
        } catch let error as VismaNetError {
            throw error
        } catch is CancellationError {
            throw call.name.failed(.cancelled)
        } catch {
            throw call.name.failed(.notSent("held back: \(error)"))
        }
    }

    /// Sends once, with the token, and tells the observer.
    func exchange(
        _ call: OutgoingCall, _ token: AccessToken
    ) async throws(VismaNetError) -> Result<HTTPTransportResponse, TransportFailure> {
        guard configuration.apiBaseURL.covers(call.url) else {
            throw call.name.failed(.invalidRequest("the token goes to \(configuration.apiBaseURL) only"))
        }
        let request = HTTPTransportRequest(
            method: call.name.method, url: call.url,
            headers: [
                HTTPField("Authorization", "Bearer " + token.secret.revealed), HTTPField("Accept", "application/json"),
                HTTPField("User-Agent", configuration.userAgent),
            ] + call.headers, body: call.body)
        let deadline = call.name.isRead ? configuration.readDeadline : configuration.writeDeadline
        do {
            let answer = try await transport.send(request, deadline: deadline)
            if let state = RateLimitState(answer, nowMilliseconds: surroundings.clock()) {
                await hooks.rateLimit(state)
            }
            if answer.status == 401 { await tokens.refused(token) }
            return .success(answer)
        } catch {
            return .failure(error)
        }
    }
}
