import HTML
import Persistence
import Proresult
import Sync

/// A new user, and the link by which the person chooses a password. No administrator ever knows another's.
enum UserInvitingPage {
    static let routes: [Route] = [
        .get("/brukere/ny", .administrators) { visit in .page(form(visit, visit.query, problem: nil)) },
        .post("/brukere/ny", .administrators, needsProof: true, make),
        .post("/brukere/{id}/invitasjon", .administrators, needsProof: true) { visit in
            let id: AppUserID = try visit.id()
            return try await invite(try await visit.read { try AppUser.get(id, in: $0) }, visit)
        },
    ]

    /// The form with the worker's own names.
    static func address(for worker: Worker) -> String {
        "/brukere/ny" + Fields([("navn", worker.name), ("brukernavn", worker.username), ("rolle", "worker")]).query
    }

    private static func make(_ visit: Visit) async throws -> Answer {
        guard let role = Role(rawValue: visit.form["rolle"]) else { throw Refusal.badRequest(.chooseRole) }
        let (person, typed) = (try visit.actor.username, visit.form)
        let id = AppUserID(using: visit.office.randomness)
        do {
            let user = try await visit.write { transaction in
                try transaction.makeUser(
                    AppUser(id: id, username: typed["brukernavn"], name: typed["navn"], role: role), by: person)
            }
            return try await invite(user, visit)
        } catch let broken as ProresultError where !broken.isAbsence {
            return .again(form(visit, typed, problem: broken))
        }
    }

    /// The link is shown on the answer itself: it is kept nowhere.
    private static func invite(_ user: AppUser, _ visit: Visit) async throws -> Answer {
        let token = try await visit.office.desk.invite(
            user.id, in: try visit.company, by: try visit.actor, at: visit.now)
        let person = try visit.actor.username
        try await visit.write { try $0.audit(by: person, "invited", of: user) }
        let link = "\(visit.office.address.origin)/invitasjon/\(token)"
        return .page(
            Frame.page(visit, Text("Invitasjon til \(user.name)", "Invitation for \(user.name)"), in: .users) {
                """
                <section class="card">
                <p>\(visit.text(.handOverLink))</p>
                <p><label for="lenke"><strong>\(visit.text(Text("Lenken", "The link")))</strong></label>
                <input id="lenke" class="secret" readonly value="\(link)"></p>
                <p><a class="button primary" href="/brukere">\(visit.text(Text("Ferdig", "Done")))</a></p></section>
                """
            })
    }

    private static func form(_ visit: Visit, _ values: Fields, problem: ProresultError?) -> Markup {
        func told(at field: String) -> String? {
            guard let problem, problem.field == field else { return nil }
            return visit.text(Text(problem.norwegian, problem.english))
        }
        let fields = [
            Field("navn", Text("Navn", "Name"), value: values["navn"], problem: told(at: "name"), isRequired: true),
            Field(
                "brukernavn", Text("Brukernavn", "User name"), value: values["brukernavn"], hint: .sameUsername,
                problem: told(at: "username"), isRequired: true,
                attributes: [("autocapitalize", "none"), ("autocomplete", "off")]),
            RoleField.field(visit, values["rolle"]),
        ]
        let isElsewhere = problem.map { $0.field != "name" && $0.field != "username" } ?? false
        return Frame.page(visit, .inviteUser, in: .users) {
            """
            \(SignInPages.trouble(visit, isElsewhere ? problem.map { Text($0.norwegian, $0.english) } : nil))
            <form method="post" action="/brukere/ny" class="card">\(FormParts.token(visit))
            \(fields.map { $0.markup(visit) })
            \(RoleField.explained(visit))
            <button class="primary">\(visit.text(Text("Lag invitasjon", "Make the invitation")))</button></form>
            """
        }
    }
}

/// The choice of a role, with what each may do.
enum RoleField {
    static func field(
        _ visit: Visit, _ value: String, of roles: [Role] = Role.allCases, hint: Text? = nil
    ) -> Field {
        Field(
            "rolle", Text("Rolle", "Role"), value: value, hint: hint,
            choices: roles.map { ($0.rawValue, visit.text(.role($0))) })
    }

    static func explained(_ visit: Visit) -> Markup {
        Facts.markup(visit, Role.allCases.map { (.role($0), "\(visit.text(.mayDo($0)))") })
    }
}
