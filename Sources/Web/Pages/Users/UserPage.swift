import HTML
import Persistence
import Proresult
import Sync

/// One user: the role, where one is signed in, and the way in and out.
enum UserPage {
    static let routes: [Route] = [
        .get("/brukere/{id}", .administrators) { visit in .page(try await page(visit)) },
        .post("/brukere/{id}/rolle", .administrators, needsProof: true) { visit in
            guard let role = Role(rawValue: visit.form["rolle"]) else { throw Refusal.badRequest(.chooseRole) }
            return try await change(visit, Text("Rollen er endret.", "The role is changed.")) {
                id, person, transaction in
                try transaction.setRole(role, of: id, by: person)
            }
        },
        .post("/brukere/{id}/tilgang", .administrators, needsProof: true) { visit in
            let isEnabled = visit.form["slipp"] == "inn"
            let notice =
                isEnabled
                ? Text("Brukeren kan logge inn igjen.", "The user can sign in again.")
                : Text("Brukeren er sperret og logget ut overalt.", "The user is shut out and signed out everywhere.")
            return try await change(visit, notice) { id, person, transaction in
                try transaction.setUser(id, enabled: isEnabled, by: person)
            }
        },
        .post("/brukere/{id}/okter", .administrators, needsProof: true) { visit in
            let id: AppUserID = try visit.id()
            try await visit.office.desk.endSessions(
                of: id, in: try visit.company, by: try visit.actor, keeping: visit.token)
            return try await change(visit, Text("Øktene er avsluttet.", "The sessions are ended.")) {
                id, person, transaction in
                try transaction.audit(by: person, "sessions ended", of: AppUser.get(id, in: transaction))
            }
        },
    ]

    private static func change(
        _ visit: Visit, _ notice: Text,
        _ change: @Sendable (AppUserID, String, CompanyTransaction) throws -> Void
    ) async throws -> Answer {
        let (id, person): (AppUserID, String) = (try visit.id(), try visit.actor.username)
        do {
            try await visit.write { try change(id, person, $0) }
            return .see("/brukere/\(Markup.urlPart(id.text))", notice)
        } catch let broken as ProresultError where !broken.isAbsence {
            return .again(try await page(visit, problem: Text(broken.norwegian, broken.english)))
        }
    }

    private static func page(_ visit: Visit, problem: Text? = nil) async throws -> Markup {
        let (id, now): (AppUserID, Timestamp) = (try visit.id(), visit.now)
        let (row, worker) = try await visit.read { transaction in
            let row = try UserRow.get(id, at: now, in: transaction)
            return (row, try Worker.find(username: row.user.username, in: transaction))
        }
        let sessions = try await visit.office.desk.sessions(of: id, in: visit.company, by: visit.actor, at: now)
        return Frame.page(visit, Text(row.user.name, row.user.name), in: .users) {
            """
            \(SignInPages.trouble(visit, problem))
            \(facts(visit, row, worker))
            <div class="columns">
            \(roleCard(visit, row.user))
            \(accessCard(visit, row))
            </div>
            \(sessionCard(visit, row.user, sessions))
            """
        }
    }

    private static func action(_ user: AppUser, _ name: String) -> String {
        "/brukere/\(Markup.urlPart(user.id.text))/\(name)"
    }

    private static func facts(_ visit: Visit, _ row: UserRow, _ worker: Worker?) -> Markup {
        let (state, kind) = row.standing.badge
        let link: Markup = worker.map { "<a href=\"/arbeidere/\(Markup.urlPart($0.id.text))\">\($0.name)</a>" } ?? "–"
        return Facts.markup(
            visit,
            [
                (Text("Brukernavn", "User name"), "\(row.user.username)"),
                (Text("Status", "State"), Badge.markup(visit, state, kind)),
                (
                    Text("Sist innlogget", "Last signed in"),
                    "\(row.signedInAt.map { visit.language.time($0) } ?? visit.text(Text("Aldri", "Never")))"
                ),
                (Text("Arbeider", "Worker"), link),
            ])
    }

    private static func roleCard(_ visit: Visit, _ user: AppUser) -> Markup {
        Card.markup(
            "\(visit.text(Text("Rolle", "Role")))",
            """
            <form method="post" action="\(action(user, "rolle"))">\(FormParts.token(visit))
            \(RoleField.field(visit, user.role.rawValue, hint: .roleEndsSessions).markup(visit))
            \(RoleField.explained(visit))
            <button class="primary">\(visit.text(Text("Endre rollen", "Change the role")))</button></form>
            """)
    }

    private static func accessCard(_ visit: Visit, _ row: UserRow) -> Markup {
        let user = row.user
        let told: Text =
            switch row.standing {
            case .active: .mayForgetPassword
            case .invited:
                .invitedUntil(row.invitedUntil.map { visit.language.time($0) } ?? "")
            case .notInvited: .mustBeInvited
            case .disabled: .isShutOut
            }
        let invite: Markup =
            user.isEnabled
            ? FormParts.button(
                visit, .newLink, action: action(user, "invitasjon"),
                style: row.standing == .notInvited ? .primary : .ordinary)
            : .nothing
        let gate = FormParts.button(
            visit,
            user.isEnabled ? Text("Sperr brukeren", "Shut the user out") : Text("Slipp inn igjen", "Let in again"),
            action: action(user, "tilgang"), fields: [("slipp", user.isEnabled ? "ut" : "inn")],
            style: user.isEnabled ? .danger : .primary)
        return Card.markup(
            "\(visit.text(Text("Tilgang", "Access")))",
            "<p>\(visit.text(told))</p><div class=\"actions-row\">\(invite)\(gate)</div>")
    }

    private static func sessionCard(_ visit: Visit, _ user: AppUser, _ sessions: [Session]) -> Markup {
        var table = DataTable(
            [.init(Text("Enhet", "Device")), .init(Text("Sist brukt", "Last used"), .code)],
            caption: Text("Økter", "Sessions"),
            empty: "<p>\(visit.text(Text("Ikke innlogget noe sted nå.", "Not signed in anywhere now.")))</p>")
        for session in sessions {
            table.add(["\(session.device.isEmpty ? "–" : session.device)", "\(visit.language.time(session.seenAt))"])
        }
        let end: Markup =
            sessions.isEmpty
            ? .nothing
            : FormParts.button(
                visit, Text("Avslutt alle øktene", "End all sessions"), action: action(user, "okter"), style: .danger)
        return Card.markup("\(visit.text(Text("Innlogget her", "Signed in here")))", "\(table.markup(visit))\(end)")
    }
}
