/// What is known after a POST. There is no idempotency key (API.md 4.6), so each case says whether it may be sent again.
public enum PostOutcome: Sendable, Equatable {
    /// Proved: nothing reached the ERP. It may be sent again.
    case notSent(VismaNetError)
    case created(CreatedTransaction)
    /// Queued as a background job; ask for it with `backgroundJob(_:)`.
    case accepted(jobID: String)
    /// The gateway turned it away before the ERP saw it: 401, 403, 429. It may be sent again once the cause is gone.
    case notApplied(Refusal)
    /// The ERP's own error form with 400, 404, 409 or 422: not stored.
    case refused(Refusal)
    /// It may or may not have been stored. Look it up; never send it again on this word.
    case unknown(reason: String)
}

/// The answer to a POST and what to keep on record about it.
public struct PostAnswer: Sendable, Equatable {
    public var outcome: PostOutcome
    /// Nil if there was no answer.
    public var status: Int?
    /// `Ipp-Request-Id`.
    public var requestID: String?
    /// SHA-256 of the answer's body.
    public var bodyDigest: String?

    public init(outcome: PostOutcome, status: Int? = nil, requestID: String? = nil, bodyDigest: String? = nil) {
        self.outcome = outcome
        self.status = status
        self.requestID = requestID
        self.bodyDigest = bodyDigest
    }
}

extension PostOutcome {
    init(_ failure: TransportFailure, _ call: VismaNetCall) {
        switch failure {
        case .notSent(let reason): self = .notSent(call.failed(.notSent(reason)))
        case .noAnswer(let reason): self = .unknown(reason: reason)
        case .bodyTooLarge: self = .unknown(reason: "answer too large")
        }
    }

    init(_ answer: HTTPTransportResponse, resource: String, nowMilliseconds: Int64) {
        let refusal = Refusal(answer, nowMilliseconds: nowMilliseconds)
        switch (answer.status, refusal) {
        case (201, _): self = Self.created(answer, resource: resource)
        case (202, _): self = Self.accepted(answer)
        case (401, let refusal?), (403, let refusal?), (429, let refusal?): self = .notApplied(refusal)
        case (400, let refusal?), (404, let refusal?), (409, let refusal?), (422, let refusal?):
            // Without the ERP's own form somebody in between may be speaking, and the ERP may have stored the document.
            self =
                refusal.message == nil
                ? .unknown(reason: "status \(answer.status) not in the ERP's error form") : .refused(refusal)
        default:
            let text = ErrorText(answer.body).map { ": \($0.message)" } ?? ""
            self = .unknown(reason: "status \(answer.status)\(text)")
        }
    }

    private static func created(_ answer: HTTPTransportResponse, resource: String) -> PostOutcome {
        if answer.looksLikeHTML { return .unknown(reason: "201 with HTML") }
        guard let location = answer.header("Location") else { return .unknown(reason: "201 without Location") }
        guard let number = LocationHeader.key(location, of: resource) else {
            return .unknown(reason: "201 with a Location of something else")
        }
        return .created(CreatedTransaction(refNbr: number, etag: answer.header("ETag").flatMap { ETag($0) }))
    }

    private static func accepted(_ answer: HTTPTransportResponse) -> PostOutcome {
        guard !answer.looksLikeHTML, case .string(let id)? = (try? JSONParser.value(answer.body))?["id"],
            !id.trimmed.isEmpty
        else { return .unknown(reason: "202 without job id") }
        return .accepted(jobID: id.trimmed)
    }
}

/// The number of a new document.
public struct CreatedTransaction: Sendable, Equatable {
    public var refNbr: String
    public var etag: ETag?

    public init(refNbr: String, etag: ETag?) {
        self.refNbr = refNbr
        self.etag = etag
    }
}

enum LocationHeader {
    /// The last part of the path, if the part before it names the resource. The address is read, never followed, so its host does not
    /// matter (it may be the retired one, API.md 1.6).
    static func key(_ location: String, of resource: String) -> String? {
        let path = location.trimmed.prefix { $0 != "?" && $0 != "#" }
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count >= 2, parts[parts.count - 2].lowercased() == resource else { return nil }
        guard let key = PathKey.decoded(String(parts[parts.count - 1]))?.trimmed, !key.isEmpty else { return nil }
        return key
    }
}
