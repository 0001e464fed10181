import HTML
import Hummingbird
import Proresult

/// A form that came when the password was shown too long ago: it is asked for on a page that carries what was typed, so
/// that nothing has to be typed again.
enum ProofStep {
    /// The password's field. No form of ours has another of this name.
    static let field = "bekreftelse"

    static func page(_ visit: Visit, problem: Text?) -> Markup {
        Frame.page(visit, Text("Bekreft at det er deg", "Confirm that it is you"), kind: .worker) {
            let kept = visit.form.pairs.filter { $0.name != "csrf" && $0.name != field }.map {
                "<input type=\"hidden\" name=\"\($0.name)\" value=\"\($0.value)\">" as Markup
            }
            let password = Field(
                field, Text("Passord", "Password"), kind: "password", isRequired: true,
                attributes: [("autocomplete", "current-password")])
            return """
                <p>\(visit.text(.whyProof))</p>
                \(SignInPages.trouble(visit, problem))
                <form method="post" action="\(visit.path)" class="card">\(FormParts.token(visit))\(kept)
                \(password.markup(visit))
                <button class="primary">\(visit.text(Text("Bekreft og lagre", "Confirm and save")))</button>
                </form>
                """
        }
    }
}

extension Gate {
    /// Whoever sends a dear form shows the password, now or within the last minutes. Returns the cookie of the session
    /// that a fresh proof begins.
    func demandProof(_ visit: inout Visit, for route: Route) async throws -> Cookie? {
        guard route.needsProof, let who = visit.who, !who.session.isProved(at: visit.now) else { return nil }
        guard !route.isSafe, visit.form.has(ProofStep.field), let token = visit.token,
            let (fresh, proved) = try await office.desk.proveAgain(
                token: token, password: visit.form.exact(ProofStep.field), at: visit.now)
        else { throw Refusal.proofNeeded }
        (visit.token, visit.who) = (fresh, proved)
        return cookie(office.address.sessionCookie, fresh)
    }

    /// A page leads to the proof and back, and so does a form that names where; any other form is asked for the password
    /// where it stands.
    func askForProof(_ visit: Visit, _ route: Route, waiting: ProresultError?) -> Answer {
        if let home = route.home ?? (route.isSafe ? visit.path + visit.query.query : nil) {
            return .see("/bekreft" + Fields([("til", home)]).query)
        }
        let problem =
            waiting.map { Text($0.norwegian, $0.english) }
            ?? (visit.form.has(ProofStep.field) ? Text.passwordWrong : nil)
        return .page(ProofStep.page(visit, problem: problem), status: .forbidden)
    }
}
