import HTTPTypes
import Persistence
import Proresult

/// Failures as programs are told them: RFC 9457, with a stable word and the field.
extension Told {
    init?(toProgram error: any Error) {
        switch error {
        case let bad as BadField:
            self.init(.badRequest, "badField", bad.text)
            field = bad.field
        case let broken as NotJSON:
            let place = Text("Linje \(broken.line): ", "Line \(broken.line): ")
            self.init(
                .badRequest, "notJSON",
                Text(place.norwegian + broken.text.norwegian, place.english + broken.text.english))
        case let bad as BadReference:
            self.init(.unprocessableContent, "reference", bad.text)
            field = bad.field
        case is PreviewIsOld: self.init(.conflict, "previewChanged", .previewChanged)
        case let off as JobIsOff: self.init(.conflict, "jobIsOff", .jobIsOff(off.job))
        case is PeriodOfImport:
            self.init(
                .unprocessableContent, "rule",
                Text("Bare overføringer har en periode.", "Only exports have a period."))
            field = "period"
        case Refusal.tooMany(let wait):
            self.init(.tooManyRequests, "tooMany", .tryAgainSoon)
            retryAfter = wait
        case Refusal.signInNeeded: self.init(.unauthorized, "keyNeeded", .keyNeeded)
        case Refusal.notAllowed: self.init(.forbidden, "notAllowed", .keyNotAllowed)
        case Refusal.notFound: self.init(.notFound, "notFound", .recordNotFound)
        case let broken as ProresultError:
            self.init(broken.status, broken.code, Text(broken.norwegian, broken.english))
            field = broken.fieldOfProgram
        default: self.init(error)
        }
    }

    func details(in language: Language) -> JSONValue {
        var members: [String: JSONValue] = [
            "type": "about:blank", "title": .text(status.reasonPhrase), "status": .whole(status.code),
            "code": .text(code), "detail": .text(text.inLanguage(language)),
        ]
        if let field { members["field"] = .text(field) }
        if let number { members["reference"] = .text(number) }
        return .object(members)
    }

    func problem(_ visit: Visit) -> Answer {
        var answer = (try? Answer.json(details(in: visit.language), status: status)) ?? Answer(status: status)
        answer.contentType = "application/problem+json"
        if status == .methodNotAllowed, !others.isEmpty {
            answer.headers.append((.allow, others.joined(separator: ", ")))
        }
        if let retryAfter {
            answer.headers.append((.retryAfter, "\(max(1, (retryAfter.milliseconds + 999) / 1000))"))
        }
        if status == .unauthorized { answer.headers.append((.wwwAuthenticate, "Bearer")) }
        return answer
    }

    static let shape = Shape.object(
        name: "Problem",
        [
            .needed("type", .text()), .needed("title", .text()), .needed("status", .whole(400...599)),
            .needed("code", .text(), "A stable word."),
            .needed("detail", .text(), "For people, in the language of Accept-Language: nb or en."),
            Shape.Member("field", .text(), "The path of the field that it is about, as [3].total in a batch."),
            Shape.Member("reference", .text(), "What our log has more under."),
        ])
}

/// A number in a request that names no record of the company, or not one.
struct BadReference: Error, Sendable, Hashable {
    var field: String
    var text: Text

    init(_ field: String, _ text: Text) { (self.field, self.text) = (field, text) }

    init(_ field: String, unknown value: String) {
        self.init(field, Text("Firmaet har ingen «\(value)» her.", "The company has no “\(value)” here."))
    }
}

extension ProresultError {
    fileprivate var status: HTTPResponse.Status {
        switch self {
        case .notFound: .notFound
        case .notAllowed: .forbidden
        case .vanished, .locked, .beingTransferred, .approvedDiffers, .illegalMove, .wrongStep, .sameApprover,
            .deleteOfApproved, .hasReturns, .returnIsFixed, .returnOfReturn, .reversalIsFixed, .hasCorrection,
            .alreadyReversed, .notReversed, .notTransferred, .taken:
            .conflict
        default: .unprocessableContent
        }
    }

    fileprivate var code: String {
        switch status {
        case .notFound: "notFound"
        case .forbidden: "notAllowed"
        case .conflict: "conflict"
        default: "rule"
        }
    }

    /// Under the name that the API has for it.
    fileprivate var fieldOfProgram: String? {
        switch field {
        case "reference": "externalID"
        case "project": "projectNumber"
        case "worker": "employeeNumber"
        case "work_type", "project_work_type": "workType"
        case "item": "itemNumber"
        default: field
        }
    }
}

extension Language {
    /// What a program asks for by `Accept-Language`; nil when it is neither of ours.
    init?(asked header: String?) {
        switch header?.prefix(2).lowercased() {
        case "en": self = .english
        case "nb", "nn", "no": self = .norwegian
        default: return nil
        }
    }
}

extension Text {
    static let keyNeeded = Text(
        "En gyldig nøkkel mangler. Send den som «Authorization: Bearer ferje_…».",
        "A valid key is missing. Send it as “Authorization: Bearer ferje_…”.")
    static let keyNotAllowed = Text(
        "Nøkkelens rolle gir ikke tilgang til dette.", "The key's role gives no access to this.")
    static let tryAgainSoon = Text(
        "For mange kall. Prøv igjen om litt.", "Too many calls. Try again in a little while.")
    static let recordNotFound = Text("Adressen eller posten finnes ikke.", "There is no such address or record.")
}
