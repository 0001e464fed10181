import Foundation
import HTML
import HTTPTypes
import Logging
import Persistence
import Proresult
import Sync

/// How a failure is told: in plain words to people, as problem details to programs, in full only in the log.
struct Told: Sendable {
    var status: HTTPResponse.Status
    /// The stable word for programs.
    var code: String
    var text: Text
    /// The field that it is about, for programs.
    var field: String?
    /// What the log has more under.
    var number: String?
    /// The methods that the address takes instead.
    var others: [String] = []
    var retryAfter: Duration?

    init(_ status: HTTPResponse.Status, _ code: String, _ text: Text) {
        (self.status, self.code, self.text) = (status, code, text)
    }

    /// Nil for what no person can mend: a fault of ours or of the machine.
    init?(_ error: any Error) {
        switch error {
        case let refusal as Refusal: self.init(refusal)
        case let broken as ProresultError:
            let status: HTTPResponse.Status = if case .notFound = broken { .notFound } else { .unprocessableContent }
            self.init(status, "rule", Text(broken.norwegian, broken.english))
        case let erp as ERPError:
            self.init(
                .badGateway, "erp",
                Text("Visma svarte ikke som ventet: \(erp.message)", "Visma did not answer as expected: \(erp.message)")
            )
        case let period as PeriodRefused:
            self.init(.unprocessableContent, "period", Text(period.text(.norwegian), period.text(.english)))
        case let missing as Preview.FactsMissing:
            self.init(.unprocessableContent, "factsMissing", missing.text)
        case SQLError.busy, SQLError.connectionLost, SQLError.commitOutcomeUnknown:
            self.init(
                .serviceUnavailable, "tryLater",
                Text(
                    "Databasen svarer ikke akkurat nå. Prøv igjen om litt.",
                    "The database does not answer right now. Try again in a little while."))
        default: return nil
        }
    }

    private init(_ refusal: Refusal) {
        switch refusal {
        case .notFound: self.init(.notFound, "notFound", .pageNotFound)
        case .wrongMethod(let others):
            self.init(
                .methodNotAllowed, "wrongMethod",
                Text(
                    "Adressen tar bare \(others.joined(separator: ", ")).",
                    "The address takes only \(others.joined(separator: ", "))."))
            self.others = others
        case .tooMany: self.init(.tooManyRequests, "tooMany", .tryAgainSoon)
        case .notAllowed: self.init(.forbidden, "notAllowed", .pageNotAllowed)
        case .badRequest(let text): self.init(.badRequest, "badRequest", text)
        case .foreignForm: self.init(.forbidden, "foreignForm", .formTooOld)
        case .signInNeeded: self.init(.unauthorized, "signInNeeded", .signInNeeded)
        case .proofNeeded: self.init(.forbidden, "proofNeeded", .proofNeeded)
        case .tooLarge: self.init(.contentTooLarge, "tooLarge", .bodyTooLarge)
        case .wrongContentType: self.init(.unsupportedMediaType, "wrongContentType", .wrongContentType)
        }
    }
}

extension Gate {
    func tell(_ error: any Error, _ visit: Visit, _ route: Route) -> Answer {
        let home = route.home ?? (route.isSafe ? visit.path + visit.query.query : nil)
        if !route.isForPrograms, case Refusal.signInNeeded = error {
            return .see("/inn" + (home.map { Fields([("til", $0)]).query } ?? ""))
        }
        if !route.isForPrograms, case Refusal.proofNeeded = error { return askForProof(visit, route, waiting: nil) }
        if route.needsProof, case ProresultError.tooManyTries = error {
            return askForProof(visit, route, waiting: error as? ProresultError)
        }
        if route.isForPrograms {
            let told = Told(toProgram: error) ?? unexpected(error, route)
            return route.path == TMCAPI.path ? TMCAPI.told(told, visit) : told.problem(visit)
        }
        let told = Told(error) ?? unexpected(error, route)
        return .page(
            Frame.page(visit, Text("Det gikk ikke", "That did not work")) { ErrorPage.body(told, visit) },
            status: told.status)
    }

    /// A number that the person can give to whoever reads the log; what happened stands only there. The route is named,
    /// not the address, which may hold an invitation.
    private func unexpected(_ error: any Error, _ route: Route) -> Told {
        let number = Identifier<Told>(using: office.randomness).text.prefix(8).uppercased()
        office.logger.error(
            "a page failed", metadata: ["number": "\(number)", "route": "\(route.path)", "error": "\(error)"])
        var told = Told(.internalServerError, "unexpected", .unexpected(number))
        told.number = number
        return told
    }
}

enum ErrorPage {
    static func body(_ told: Told, _ visit: Visit) -> Markup {
        """
        <p class="notice stop" role="alert">\(visit.text(told.text))</p>
        <p>\(back(visit))<a class="button" href="/">\(visit.text(.toHome))</a></p>
        """
    }

    /// To the page of ours that the person came from.
    private static func back(_ visit: Visit) -> Markup {
        guard let from = visit.header("Referer").flatMap(URL.init(string:)), let host = from.host(),
            let scheme = from.scheme
        else { return .nothing }
        let origin = "\(scheme)://\(host)" + (from.port.map { ":\($0)" } ?? "")
        let path = from.path() + (from.query().map { "?\($0)" } ?? "")
        guard visit.office.address.isOurs(origin), RouteTable.serves(path), path != visit.path else { return .nothing }
        return "<a class=\"button primary\" href=\"\(path)\">\(visit.text(Text("Tilbake", "Back")))</a> "
    }
}
