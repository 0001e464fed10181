/// The one error of this library. It names the call that failed; what happens next is ``consequence``.
public struct VismaNetError: Error, Sendable, Equatable {
    /// The call that failed.
    public var call: VismaNetCall
    public var failure: Failure
    /// `Ipp-Request-Id` of the answer, where there was one: Visma's support asks for it (API.md 2.7).
    public var requestID: String?

    public init(call: VismaNetCall, failure: Failure, requestID: String? = nil) {
        self.call = call
        self.failure = failure
        self.requestID = requestID
    }

    public enum Failure: Sendable, Equatable {
        /// Proved: not a byte reached the ERP.
        case notSent(String)
        /// The ERP or its gateway said no.
        case refused(Refusal)
        /// There is no usable answer. After a write the outcome is unknown.
        case noAnswer(String)
        /// A read was answered with something that is not what was asked for.
        case badAnswer(BadAnswer)
        /// The grant is dead; a person must connect again.
        case reconnectRequired(String)
        /// Nothing is wrong with the request; not now.
        case tryLater(after: Duration?, reason: String)
        /// The request could not be built: a mistake of the caller.
        case invalidRequest(String)
        /// The task was cancelled before anything was sent.
        case cancelled
    }

    /// What is to be done about it.
    public enum Consequence: Sendable, Equatable {
        case tryLater
        case askPerson
        /// A write may have had its effect: look it up, do not send again.
        case outcomeUnknown
        case stop
        case bug
    }

    public var consequence: Consequence {
        switch failure {
        case .notSent, .tryLater: .tryLater
        case .refused(let refusal): refusal.consequence
        case .noAnswer: call.isRead ? .tryLater : .outcomeUnknown
        case .badAnswer(let answer): answer.mayPass ? .tryLater : .stop
        case .reconnectRequired: .askPerson
        case .invalidRequest: .bug
        case .cancelled: .stop
        }
    }

    /// How long to wait at least, where the other side or the token source said so.
    public var retryAfter: Duration? {
        switch failure {
        case .tryLater(let after, _): after
        case .refused(let refusal): refusal.retryAfter
        default: nil
        }
    }
}

extension VismaNetError: CustomStringConvertible {
    public var description: String {
        let id = requestID.map { " (request \($0))" } ?? ""
        return "\(call.operation) [\(call.method) \(call.path)]: \(failure)\(id)"
    }
}

/// Which call an error belongs to. The path carries no query and no secret.
public struct VismaNetCall: Sendable, Equatable {
    public var operation: String
    public var method: String
    public var path: String

    public init(operation: String, method: String, path: String) {
        self.operation = operation
        self.method = method
        self.path = path
    }

    var isRead: Bool { method == "GET" }

    func failed(_ failure: VismaNetError.Failure, _ answer: HTTPTransportResponse? = nil) -> VismaNetError {
        VismaNetError(call: self, failure: failure, requestID: answer?.requestID)
    }
}

/// An answer to a read that cannot be used.
public enum BadAnswer: Error, Sendable, Equatable {
    /// Not JSON although the status is 200; often a maintenance page.
    case notJSON(contentType: String?)
    case malformed(String)
    case tooLarge(limitBytes: Int)
    case tooDeep
    case tooManyRows(limit: Int)
    /// A single record without a field it must have.
    case unreadable(path: String, reason: String)
    /// Redirects are never followed: the token must not reach another host.
    case redirected(status: Int)
    case unexpectedStatus(Int)
    /// Two pages in a row were equal, or the list does not end.
    case endless(page: Int)

    /// Whether the same read may well succeed a little later.
    public var mayPass: Bool {
        switch self {
        case .notJSON, .malformed: true
        case .tooLarge, .tooDeep, .tooManyRows, .unreadable, .redirected, .unexpectedStatus, .endless: false
        }
    }
}

extension HTTPTransportResponse {
    var requestID: String? { header("Ipp-Request-Id") }
}
