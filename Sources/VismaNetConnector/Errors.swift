import Persistence
import Sync
import VismaNet

/// The one place where an error of the client becomes one of Sync's.
func inERPErrors<Answer>(_ body: () async throws -> Answer) async throws -> Answer {
    do {
        return try await body()
    } catch let error as VismaNetError {
        throw ERPError(error)
    }
}

extension ERPError {
    init(_ error: VismaNetError) {
        let request = "\(error.call.method) \(error.call.path)"
        func sorted(_ consequence: Consequence, _ message: String, _ fault: RunFault? = nil) -> ERPError {
            ERPError(consequence, message, request: request, fault: fault)
        }
        self =
            switch error.failure {
            case .notSent(let why): sorted(.tryLater(after: nil), "Visma.net was not reached: \(why)", .notReached)
            case .noAnswer(let why):
                sorted(.tryLater(after: nil), "Visma.net gave no usable answer: \(why)", .notReached)
            case .tryLater(let after, let why): sorted(.tryLater(after: after), why)
            case .reconnectRequired(let why):
                sorted(.reconnect, "the sign-in to Visma.net is no longer valid, connect again (\(why))")
            case .refused(let refusal): ERPError(refusal, request: request)
            case .badAnswer(let answer): ERPError(answer, request: request)
            case .invalidRequest(let why): sorted(.bug, "the request could not be made: \(why)")
            case .cancelled: sorted(.tryLater(after: nil), "stopped before anything was sent", .stopped)
            }
    }

    /// A clear no.
    init(_ refusal: Refusal, request: String) {
        let told = refusal.message.map { " Visma.net says: \($0)" } ?? ""
        let (consequence, words, fault): (Consequence, String, RunFault?) =
            switch refusal.kind {
            case .rateLimited: (.tryLater(after: refusal.retryAfter), "The hourly quota of calls is used up.", .quota)
            case .unauthorized: (.askPerson, Self.unauthorized, .noRights)
            case .forbidden: (.askPerson, Self.forbidden, .noRights)
            case .notFound:
                (
                    .askPerson, "Visma.net has no such address (404): check the configured address of the API.",
                    .wrongAddress
                )
            case .validation: (.bug, "Visma.net did not accept the request (\(refusal.status)).", nil)
            case .conflict, .preconditionFailed:
                (.tryLater(after: nil), "The record was changed meanwhile (\(refusal.status)).", nil)
            }
        self.init(consequence, words + told, request: request, fault: fault)
    }

    /// API.md 1.5: a token is issued for the customer's id too, only the API refuses it.
    static let unauthorized = """
        Visma.net does not accept the sign-in for this company (401). Check that the company's own tenant id is used \
        (Visma Admin > Company > Configuration), not the customer's, and that the company has approved the application \
        in the Visma App Store.
        """

    private static let forbidden = """
        The sign-in lacks a right in Visma.net (403): the application needs the scopes read, create and update for \
        this company, and a person who signs in needs the role "API user".
        """

    private init(_ answer: BadAnswer, request: String) {
        let (consequence, words): (Consequence, String) =
            switch answer {
            case .notJSON(let type):
                (.tryLater(after: nil), "Visma.net answered with \(type ?? "something else") instead of data")
            case .malformed(let why): (.tryLater(after: nil), "the answer could not be read: \(why)")
            case .endless(let page): (.tryLater(after: nil), "the list did not end at page \(page)")
            case .redirected(let status):
                (.askPerson, "Visma.net points to another address (\(status)): check the configured address of the API")
            case .tooLarge(let limit): (.bug, "the answer is larger than \(limit) bytes")
            case .tooDeep: (.bug, "the answer is nested too deeply")
            case .tooManyRows(let limit): (.bug, "a page has more than \(limit) rows")
            case .unreadable(let path, let reason): (.bug, "the record has an unreadable \(path): \(reason)")
            case .unexpectedStatus(let status): (.bug, "unexpected status \(status)")
            }
        self.init(consequence, words, request: request)
    }
}
