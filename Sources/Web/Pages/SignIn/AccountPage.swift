import HTML
import Persistence
import Proresult

/// A person's own page: who one is here, where one is signed in, another password.
enum AccountPage {
    static let routes: [Route] = [
        .get("/konto", .everybody) { visit in .page(try await page(visit, problem: nil)) },
        .post("/konto/passord", .everybody, changePassword),
        .post("/konto/okter/{id}", .everybody) { visit in
            let person = try visit.person
            try await visit.office.desk.endSession(
                SessionID(try visit.parameter("id")), in: person.company.id, by: person.user.actor)
            return .see("/konto", Text("Økten er avsluttet.", "The session is ended."))
        },
    ]

    private static func changePassword(_ visit: Visit) async throws -> Answer {
        guard visit.form.exact("nytt") == visit.form.exact("gjentatt") else {
            return .again(try await page(visit, problem: .passwordsDiffer))
        }
        do {
            guard let token = visit.token,
                let (fresh, _) = try await visit.office.desk.changeOwnPassword(
                    token: token, from: visit.form.exact("passord"), to: visit.form.exact("nytt"), at: visit.now)
            else { throw Refusal.signInNeeded }
            var answer = SignInPages.signedIn(visit, fresh, to: "/konto")
            answer.notice = Text(
                "Passordet er byttet, og alle andre økter er avsluttet.",
                "The password is changed, and all other sessions are ended.")
            return answer
        } catch let broken as ProresultError {
            return .again(try await page(visit, problem: Text(broken.norwegian, broken.english)))
        }
    }

    private static func page(_ visit: Visit, problem: Text?) async throws -> Markup {
        let person = try visit.person
        let sessions = try await visit.office.desk.sessions(
            of: person.user.id, in: person.company.id, by: person.user.actor, at: visit.now)
        return Frame.page(visit, Text("Min konto", "My account")) {
            """
            \(Facts.markup(visit, [
                (Text("Navn", "Name"), "\(person.user.name)"), (Text("Brukernavn", "User name"), "\(person.user.username)"),
                (Text("Rolle", "Role"), "\(visit.text(.role(person.user.role)))"),
                (Text("Bedrifts-id", "Company id"), "\(person.company.code)"),
            ]))
            <div class="columns">
            \(passwordForm(visit, problem))
            \(sessionList(visit, sessions, own: person.session.id))
            </div>
            """
        }
    }

    private static func passwordForm(_ visit: Visit, _ problem: Text?) -> Markup {
        let fields = [
            Field(
                "passord", Text("Passordet du har nå", "Your present password"), kind: "password", isRequired: true,
                attributes: [("autocomplete", "current-password")]),
            Field(
                "nytt", Text("Nytt passord", "New password"), kind: "password", hint: .passwordHint, isRequired: true,
                attributes: [("autocomplete", "new-password"), ("minlength", "12")]),
            Field(
                "gjentatt", Text("Nytt passord en gang til", "New password again"), kind: "password", isRequired: true,
                attributes: [("autocomplete", "new-password")]),
        ]
        return Card.markup(
            "\(visit.text(Text("Bytt passord", "Change password")))",
            """
            \(SignInPages.trouble(visit, problem))
            <form method="post" action="/konto/passord">\(FormParts.token(visit))
            \(fields.map { $0.markup(visit) })
            <button class="primary">\(visit.text(Text("Bytt passord", "Change password")))</button></form>
            """)
    }

    private static func sessionList(_ visit: Visit, _ sessions: [Session], own: SessionID) -> Markup {
        var table = DataTable(
            [
                .init(Text("Enhet", "Device")), .init(Text("Sist brukt", "Last used"), .code),
                .init(Text("Avslutt", "End"), .actions),
            ], caption: Text("Økter der du er innlogget", "Sessions you are signed in with"), empty: .nothing)
        for session in sessions {
            let end = FormParts.button(
                visit, Text("Avslutt", "End"), action: "/konto/okter/\(Markup.urlPart(session.id.text))", style: .danger
            )
            table.add([
                "\(session.device.isEmpty ? "–" : session.device)", "\(visit.language.time(session.seenAt))",
                session.id == own ? Badge.markup(visit, Text("Denne", "This one"), .good) : end,
            ])
        }
        return Card.markup("\(visit.text(Text("Her er du innlogget", "Where you are signed in")))", table.markup(visit))
    }
}
