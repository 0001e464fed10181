import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import Persistence
import Proresult
import Sync

/// Why a request was refused, as programs are told it (RFC 9457): a stable word, a sentence, and the field.
struct OperatorProblem: Error, Sendable, Hashable {
    var status: HTTPResponse.Status
    var code: String
    var detail: String
    var field: String?
    /// What our log has more under.
    var reference: String?
    var wait: Duration?

    init(_ status: HTTPResponse.Status, _ code: String, _ detail: String, field: String? = nil) {
        (self.status, self.code, self.detail, self.field) = (status, code, detail, field)
    }

    static let keyNeeded = OperatorProblem(
        .unauthorized, "keyNeeded", "The operator's key is missing or wrong. Send it as “Authorization: Bearer …”.")

    static func tooMany(_ wait: Duration) -> OperatorProblem {
        var problem = OperatorProblem(
            .tooManyRequests, "tooMany", "Too many wrong keys from this address. Try again in a minute.")
        problem.wait = wait
        return problem
    }

    static func badField(_ field: String, _ detail: String) -> OperatorProblem {
        OperatorProblem(.badRequest, "badField", detail, field: field)
    }

    /// Nil for what nobody has thought of.
    init?(_ error: any Error) {
        switch error {
        case let problem as OperatorProblem: self = problem
        case let refused as CompanyRest.Refused: self.init(refused)
        case let refused as CompanyDeletion.Refused: self.init(refused)
        case let refused as CompanyFiles.Refused:
            self.init(.serviceUnavailable, "folderUnusable", "The archive cannot be made: \(refused.why).")
        case let refused as ProresultError: self.init(refused)
        case let error as SQLError:
            guard let problem = Self.database(error) else { return nil }
            self = problem
        default: return nil
        }
    }

    private init(_ refused: CompanyRest.Refused) {
        switch refused {
        case .reasonMissing: self.init(.unprocessableContent, "reasonMissing", "Say why.", field: "reason")
        case .state(let state):
            self.init(.conflict, "companyState", "The company is in the state \(state.rawValue).")
        case .working(let jobs):
            let names = jobs.map(\.rawValue).joined(separator: ", ")
            self.init(.conflict, "companyAtWork", "Still running, to their end: \(names). Try again then.")
        }
    }

    private init(_ refused: CompanyDeletion.Refused) {
        switch refused {
        case .nameDiffers:
            self.init(
                .unprocessableContent, "nameDiffers", "That is not the company's name; nothing was deleted.",
                field: "name")
        case .inDoubt(let count):
            self.init(.conflict, "inDoubt", "\(count) documents are not settled with Visma; do that first.")
        case .dutyToKeep(let until):
            self.init(
                .conflict, "dutyToKeep",
                "What was transferred must be kept until \(until) (bokføringsforskriften § 8-1). Take an export, and "
                    + "set keptElsewhere.")
        case .mayNotDelete:
            self.init(
                .conflict, "mayNotDelete",
                "The role that this process works as deletes nothing from the audit trail; use “ferje company delete” "
                    + "with FERJE_DATABASE_OWNER_URL.")
        }
    }

    private init(_ refused: ProresultError) {
        switch refused {
        case .notFound: self.init(.notFound, "notFound", "There is no such company.")
        case .taken: self.init(.conflict, "taken", refused.english, field: refused.field)
        default: self.init(.unprocessableContent, "rule", refused.english, field: refused.field)
        }
    }

    private static func database(_ error: SQLError) -> OperatorProblem? {
        switch error {
        case .busy, .connectionLost, .commitOutcomeUnknown:
            OperatorProblem(.serviceUnavailable, "tryLater", "The database does not answer now. Look, and try again.")
        case .newerSchema:
            OperatorProblem(
                .conflict, "newerSchema", "A newer version has changed the database: ask a process of that version.")
        case .constraint, .storage, .unreadable, .statement, .inUse: nil
        }
    }

    var response: Response {
        var members: [String: OperatorJSON] = [
            "type": .text("about:blank"), "title": .text(status.reasonPhrase), "status": .whole(status.code),
            "code": .text(code), "detail": .text(detail),
        ]
        members["field"] = field.map(OperatorJSON.text)
        members["reference"] = reference.map(OperatorJSON.text)
        var response = OperatorJSON.object(members).response(status)
        response.headers[.contentType] = "application/problem+json"
        if status == .unauthorized { response.headers[.wwwAuthenticate] = "Bearer" }
        if let wait { response.headers[.retryAfter] = "\(max(1, (wait.milliseconds + 999) / 1000))" }
        return response
    }
}
