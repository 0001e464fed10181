extension VismaNetClient {
    /// A read with everything a read may do again: waits, retries, one new token. `decode` belongs to the attempt, because a cut or foreign
    /// body is a failed call.
    func read<Value: Sendable>(
        _ call: OutgoingCall, decode: (HTTPTransportResponse) throws(BadAnswer) -> Value
    ) async throws(VismaNetError) -> Value {
        var attempt = 1
        var rateLimitWaits = 0
        var renewedToken = false
        var sendings = 0
        while true {
            sendings += 1
            let answer: HTTPTransportResponse
            let failure: VismaNetError
            switch try await send(call, attempt: sendings) {
            case .failure(let problem):
                failure = call.name.failed(Self.failure(problem))
                guard problem.mayPass else { throw failure }
                answer = HTTPTransportResponse(status: 0)
            case .success(let received) where received.status == 200:
                do {
                    return try decode(received)
                } catch {
                    failure = call.name.failed(.badAnswer(error), received)
                    guard error.mayPass else { throw failure }
                    answer = received
                }
            case .success(let received) where received.status == 401 && !renewedToken:
                renewedToken = true
                continue
            case .success(let received):
                failure = self.failure(call, received)
                answer = received
            }
            let wait: Duration
            if answer.status == 429 {
                wait = failure.retryAfter ?? .seconds(60)
                guard wait <= configuration.retry.longestRateLimitWait,
                    rateLimitWaits < configuration.retry.maxRateLimitWaits
                else { throw failure }
                rateLimitWaits += 1
            } else {
                guard answer.status == 200 || Self.mayPass(answer.status), attempt < configuration.retry.maxAttempts
                else { throw failure }
                let jitter = configuration.retry.wait(afterAttempt: attempt, random: surroundings.random())
                let told = RetryAfter.told(answer, nowMilliseconds: surroundings.clock()) ?? .zero
                guard told <= configuration.retry.longestRateLimitWait, await hooks.mayRetry() else { throw failure }
                wait = max(jitter, told)
                attempt += 1
            }
            do {
                try await surroundings.sleep(wait)
            } catch {
                throw call.name.failed(.cancelled)
            }
        }
    }

    /// Zero stands for "no answer at all".
    private static func mayPass(_ status: Int) -> Bool { [0, 408, 500, 502, 503, 504].contains(status) }

    private static func failure(_ problem: TransportFailure) -> VismaNetError.Failure {
        switch problem {
        case .notSent(let reason): .notSent(reason)
        case .noAnswer(let reason): .noAnswer(reason)
        case .bodyTooLarge(let limit): .badAnswer(.tooLarge(limitBytes: limit))
        }
    }

    private func failure(_ call: OutgoingCall, _ answer: HTTPTransportResponse) -> VismaNetError {
        if let refusal = Refusal(answer, nowMilliseconds: surroundings.clock()) {
            return call.name.failed(.refused(refusal), answer)
        }
        if (300..<400).contains(answer.status) {
            return call.name.failed(.badAnswer(.redirected(status: answer.status)), answer)
        }
        if Self.mayPass(answer.status) {
            let text = ErrorText(answer.body).map { ": \($0.message)" } ?? ""
            return call.name.failed(.noAnswer("status \(answer.status)\(text)"), answer)
        }
        return call.name.failed(.badAnswer(.unexpectedStatus(answer.status)), answer)
    }

    /// One record, or nil for 404.
    func one<Row: RowDecodable>(_ call: OutgoingCall) async throws(VismaNetError) -> Versioned<Row>? {
        do {
            return try await read(call) { (answer) throws(BadAnswer) in
                let value = try answer.json { (body) throws(JSONParser.Problem) in try JSONTape(body).root }
                let etag = answer.header("ETag").flatMap { ETag($0) }
                do {
                    return Versioned(record: try Row(row: RowReader(value)), etag: etag)
                } catch let field as UnreadableField {
                    throw .unreadable(path: field.path, reason: field.reason)
                } catch {
                    throw .malformed("not a record")
                }
            }
        } catch {
            guard case .refused(let refusal) = error.failure, refusal.status == 404 else { throw error }
            return nil
        }
    }
}

/// A record and the version to guard a change with.
public struct Versioned<Record: Sendable>: Sendable {
    public var record: Record
    /// From the header `ETag`; nil where the resource has none.
    public var etag: ETag?

    public init(record: Record, etag: ETag?) {
        self.record = record
        self.etag = etag
    }
}

extension Versioned: Equatable where Record: Equatable {}

extension TransportFailure {
    var mayPass: Bool {
        if case .bodyTooLarge = self { false } else { true }
    }
}

extension HTTPTransportResponse {
    /// Reads the body as JSON, after checking size and kind. A maintenance page often comes with status 200.
    func json<Value>(_ parse: ([UInt8]) throws(JSONParser.Problem) -> Value) throws(BadAnswer) -> Value {
        guard body.count <= AsyncHTTPClientTransport.bodyLimitBytes else {
            throw .tooLarge(limitBytes: AsyncHTTPClientTransport.bodyLimitBytes)
        }
        if looksLikeHTML { throw .notJSON(contentType: header("Content-Type")) }
        do {
            return try parse(body)
        } catch {
            switch error {
            case .malformed(let offset): throw .malformed("not JSON at byte \(offset)")
            case .tooDeep: throw .tooDeep
            case .tooManyRows: throw .tooManyRows(limit: Pages.rowLimit)
            case .notAnArray: throw .malformed("not a list")
            }
        }
    }

    var looksLikeHTML: Bool {
        if header("Content-Type")?.lowercased().contains("html") == true { return true }
        let start = body.first { $0 != 0x20 && $0 != 0x0A && $0 != 0x0D && $0 != 0x09 }
        return start == UInt8(ascii: "<")
    }
}
