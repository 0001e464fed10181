import HTML
import Persistence
import Proresult
import Sync

/// Keys of other programs: made for one role and a time, shown once, taken back at once.
enum ProgramKeysPage {
    static let routes: [Route] = [
        .get("/brukere/nokler", .administrators) { visit in .page(try await page(visit, problem: nil)) },
        .post("/brukere/nokler", .administrators, needsProof: true, make),
        .post("/brukere/nokler/{nokkel}/trekk", .administrators, needsProof: true) { visit in
            let id: ProgramKeyID = try visit.id("nokkel")
            let person = try visit.actor.username
            try await visit.write { try $0.revokeKey(id, by: person) }
            return .see("/brukere/nokler", Text("Nøkkelen virker ikke lenger.", "The key no longer works."))
        },
    ]

    /// A worker's role opens nothing to programs.
    private static let roles = [Role.leader, .bookkeeper, .administrator]

    /// Days from which to choose.
    private static let lives = [30, 90, 180, 365]

    private static func make(_ visit: Visit) async throws -> Answer {
        guard let role = Role(rawValue: visit.form["rolle"]), roles.contains(role) else {
            throw Refusal.badRequest(.chooseRole)
        }
        guard let days = Int(visit.form["varighet"]), lives.contains(days) else {
            throw Refusal.badRequest(
                Text("Velg hvor lenge nøkkelen skal virke.", "Choose how long the key shall work."))
        }
        let (maker, name, randomness) = (try visit.person.user, visit.form["navn"], visit.office.randomness)
        let expiresAt = visit.now + .seconds(days * 86_400)
        do {
            let text = try await visit.write { transaction in
                try transaction.makeKey(
                    name: name, role: role, expiresAt: expiresAt, maker: maker.id, by: maker.actor,
                    randomness: randomness
                ).text
            }
            return .page(shownOnce(visit, name, text))
        } catch let broken as ProresultError {
            return .again(try await page(visit, problem: broken))
        }
    }

    private static func shownOnce(_ visit: Visit, _ name: String, _ text: String) -> Markup {
        Frame.page(visit, Text("Nøkkel til \(name)", "Key for \(name)"), in: .users) {
            """
            <section class="card">
            <p class="notice waiting">\(visit.text(.keyShownOnce))</p>
            <p><label for="nokkel"><strong>\(visit.text(Text("Nøkkelen", "The key")))</strong></label>
            <input id="nokkel" class="secret" readonly value="\(text)"></p>
            <p><a class="button primary" href="/brukere/nokler">\(visit.text(Text("Jeg har kopiert den", "I have copied it")))</a></p>
            </section>
            """
        }
    }

    private static func page(_ visit: Visit, problem: ProresultError?) async throws -> Markup {
        let keys = try await visit.read { try ProgramKey.all(in: $0) }
        return Frame.page(visit, .programKeys, in: .users) {
            """
            <p>\(visit.text(.whatKeysAre))</p>
            \(table(visit, keys))
            \(form(visit, problem))
            """
        }
    }

    private static func table(_ visit: Visit, _ keys: [ProgramKey]) -> Markup {
        var table = DataTable(
            [
                .init(Text("Program", "Program")), .init(Text("Rolle", "Role")),
                .init(Text("Virker til", "Works until"), .code), .init(Text("Sist brukt", "Last used"), .code),
                .init(Text("Status", "State")), .init(Text("Trekk tilbake", "Revoke"), .actions),
            ], caption: .programKeys,
            empty:
                "<p>\(visit.text(Text("Ingen program har nøkkel. Lag en når et annet program skal levere timer eller lese lister.", "No program has a key. Make one when another program shall deliver hours or read lists.")))</p>"
        )
        for key in keys {
            let (state, kind) = badge(key, at: visit.now)
            let revoke =
                kind == .good
                ? FormParts.button(
                    visit, Text("Trekk tilbake", "Revoke"),
                    action: "/brukere/nokler/\(Markup.urlPart(key.id.text))/trekk", style: .danger,
                    explains: visit.text(Text("Trekk tilbake \(key.name)", "Revoke \(key.name)"))) : .nothing
            table.add([
                "\(key.name)", "\(visit.text(.role(key.role)))", "\(visit.language.time(key.expiresAt))",
                "\(key.lastUsedAt.map { visit.language.time($0) } ?? visit.text(Text("Aldri", "Never")))",
                Badge.markup(visit, state, kind), revoke,
            ])
        }
        return table.markup(visit)
    }

    private static func badge(_ key: ProgramKey, at now: Timestamp) -> (Text, Badge.Kind) {
        if key.revokedAt != nil { return (Text("Trukket tilbake", "Revoked"), .over) }
        if key.expiresAt <= now { return (Text("Utløpt", "Expired"), .over) }
        return (Text("Virker", "Works"), .good)
    }

    private static func form(_ visit: Visit, _ problem: ProresultError?) -> Markup {
        let told = problem.map { visit.text(Text($0.norwegian, $0.english)) }
        let life = visit.form.has("varighet") ? visit.form["varighet"] : "90"
        let fields = [
            Field(
                "navn", Text("Hvilket program", "Which program"), value: visit.form["navn"],
                hint: Text(
                    "Navnet står i loggen for det programmet gjør.", "The name stands in the log of what it does."),
                problem: told, isRequired: true),
            RoleField.field(visit, visit.form["rolle"], of: roles, hint: .keyRole),
            Field(
                "varighet", Text("Virker i", "Works for"), value: life,
                choices: lives.map { (String($0), visit.text(Text("\($0) dager", "\($0) days"))) }),
        ]
        return Card.markup(
            "\(visit.text(Text("Ny nøkkel", "New key")))",
            """
            <form method="post" action="/brukere/nokler">\(FormParts.token(visit))
            \(fields.map { $0.markup(visit) })
            <button class="primary">\(visit.text(Text("Lag nøkkel", "Make the key")))</button></form>
            """)
    }
}
