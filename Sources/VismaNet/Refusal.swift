/// A clear no from the ERP or its gateway (API.md 2.7).
public struct Refusal: Sendable, Equatable {
    public var status: Int
    public var kind: Kind
    /// The ERP's text for people, in its language; never a code to match on. Nil where the answer had none in the ERP's form.
    public var message: String?
    /// The guid of older texts that start with `VismaId: <guid>. `, taken out of the message.
    public var vismaID: String?
    /// For ``Kind/rateLimited``: how long to wait, between 1 s and 1 h.
    public var retryAfter: Duration?

    public enum Kind: Sendable, Equatable {
        case validation, unauthorized, forbidden, notFound, conflict, preconditionFailed, rateLimited
    }

    public init(status: Int, kind: Kind, message: String? = nil, vismaID: String? = nil, retryAfter: Duration? = nil) {
        self.status = status
        self.kind = kind
        self.message = message
        self.vismaID = vismaID
        self.retryAfter = retryAfter
    }

    var consequence: VismaNetError.Consequence { kind == .rateLimited ? .tryLater : .askPerson }

    /// Nil for statuses that are no clear refusal.
    init?(_ answer: HTTPTransportResponse, nowMilliseconds: Int64) {
        guard let kind = Self.kind(status: answer.status) else { return nil }
        let text = ErrorText(answer.body)
        self.init(
            status: answer.status, kind: kind, message: text?.message, vismaID: text?.vismaID,
            retryAfter: kind == .rateLimited ? RetryAfter.wait(answer, nowMilliseconds: nowMilliseconds) : nil)
    }

    private static func kind(status: Int) -> Kind? {
        switch status {
        case 400, 422: .validation
        case 401: .unauthorized
        case 403: .forbidden
        case 404, 410: .notFound
        case 409: .conflict
        case 412: .preconditionFailed
        case 429: .rateLimited
        default: nil
        }
    }
}

/// The text in the ERP's error form: a JSON object with `message`, `Message` or, from the old gateway, `ExceptionMessage`.
struct ErrorText: Equatable {
    var message: String
    var vismaID: String?

    init?(_ body: [UInt8]) {
        guard case .object(let members)? = try? JSONParser.value(body) else { return nil }
        let wanted = ["message", "exceptionmessage"]
        let texts = wanted.compactMap { name in
            members.first { $0.name.lowercased() == name && $0.value.text?.isEmpty == false }?.value.text
        }
        guard let text = texts.first else { return nil }
        self.init(text: text)
    }

    private init(text: String) {
        message = text
        let prefix = "VismaId: "
        guard text.hasPrefix(prefix), let stop = text.firstRange(of: ". ") else { return }
        vismaID = String(text[..<stop.lowerBound].dropFirst(prefix.count))
        message = String(text[stop.upperBound...])
    }
}

extension JSONValue {
    fileprivate var text: String? {
        if case .string(let text) = self { text } else { nil }
    }
}
