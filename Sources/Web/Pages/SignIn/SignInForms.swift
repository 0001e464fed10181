import HTML
import Proresult

extension SignInPages {
    static func signInPage(_ visit: Visit, problem: Text?) -> Markup {
        Frame.page(visit, Text("Logg inn", "Sign in"), kind: .worker) {
            let fields = [
                Field(
                    "bedrift", Text("Bedrifts-id", "Company id"), value: visit.form["bedrift"],
                    hint: Text(
                        "Trengs bare når tjeneren har flere bedrifter.", "Only when the server has several companies."),
                    attributes: [("autocomplete", "organization"), ("autocapitalize", "none")]),
                Field(
                    "brukernavn", Text("Brukernavn", "User name"), value: visit.form["brukernavn"], isRequired: true,
                    attributes: [("autocomplete", "username"), ("autocapitalize", "none")]),
                Field(
                    "passord", Text("Passord", "Password"), kind: "password", isRequired: true,
                    attributes: [("autocomplete", "current-password")]),
            ]
            let back = visit.query.has("til") ? visit.query["til"] : visit.form["til"]
            return """
                \(trouble(visit, problem))
                <form method="post" action="/inn" class="card">\(FormParts.token(visit))
                <input type="hidden" name="til" value="\(back)">
                \(fields.map { $0.markup(visit) })
                <button class="primary">\(visit.text(Text("Logg inn", "Sign in")))</button>
                </form>
                """
        }
    }

    static func proofPage(_ visit: Visit, problem: Text?) -> Markup {
        Frame.page(visit, Text("Bekreft at det er deg", "Confirm that it is you"), kind: .worker) {
            let back = visit.query.has("til") ? visit.query["til"] : visit.form["til"]
            let password = Field(
                "passord", Text("Passord", "Password"), kind: "password", isRequired: true,
                attributes: [("autocomplete", "current-password")])
            return """
                <p>\(visit.text(.whyProof))</p>
                \(trouble(visit, problem))
                <form method="post" action="/bekreft" class="card">\(FormParts.token(visit))
                <input type="hidden" name="til" value="\(back)">
                \(password.markup(visit))
                <button class="primary">\(visit.text(Text("Bekreft", "Confirm")))</button>
                </form>
                """
        }
    }

    static func firstPage(_ visit: Visit, problem: Text?) throws -> Markup {
        let secret = try visit.parameter("hemmelighet")
        return Frame.page(visit, Text("Velkommen til Ferje", "Welcome to Ferje"), kind: .worker) {
            let fields = [
                Field(
                    "navn", Text("Navnet ditt", "Your name"), value: visit.form["navn"], isRequired: true,
                    attributes: [("autocomplete", "name")]),
                Field(
                    "brukernavn", Text("Brukernavn", "User name"), value: visit.form["brukernavn"], isRequired: true,
                    attributes: [("autocomplete", "username"), ("autocapitalize", "none")]),
                Field(
                    "passord", Text("Passord", "Password"), kind: "password", hint: .passwordHint, isRequired: true,
                    attributes: [("autocomplete", "new-password"), ("minlength", "12")]),
            ]
            return """
                <p>\(visit.text(.firstAdministrator))</p>
                \(trouble(visit, problem))
                <form method="post" action="/oppstart/\(Markup.urlPart(secret))" class="card">\(FormParts.token(visit))
                \(fields.map { $0.markup(visit) })
                <button class="primary">\(visit.text(Text("Kom i gang", "Get started")))</button>
                </form>
                """
        }
    }

    static func invitedPage(_ visit: Visit, problem: Text?) async throws -> Markup {
        let secret = try visit.parameter("hemmelighet")
        let invited = try await visit.office.desk.invitation(token: secret, at: visit.now)
        return Frame.page(visit, Text("Velkommen til Ferje", "Welcome to Ferje"), kind: .worker) {
            guard let invited else { return trouble(visit, .setUpRefused) }
            let password = Field(
                "passord", Text("Velg et passord", "Choose a password"), kind: "password", hint: .passwordHint,
                isRequired: true, attributes: [("autocomplete", "new-password"), ("minlength", "12")])
            return """
                <p>\(visit.text(.invited(invited.user.name, invited.user.username, invited.company)))</p>
                \(trouble(visit, problem))
                <form method="post" action="/invitasjon/\(Markup.urlPart(secret))" class="card">\(FormParts.token(visit))
                \(password.markup(visit))
                <button class="primary">\(visit.text(Text("Kom i gang", "Get started")))</button>
                </form>
                """
        }
    }

    static func trouble(_ visit: Visit, _ problem: Text?) -> Markup {
        problem.map { "<p class=\"notice stop\" role=\"alert\">\(visit.text($0))</p>" } ?? .nothing
    }
}
