import HTML
import Persistence
import Proresult
import Sync

/// The people who may sign in: their roles, when they last came, and who still has to choose a password.
enum UsersPage {
    static let routes: [Route] = [
        .get("/brukere", .administrators) { visit in
            let now = visit.now
            let list = UserList(search: visit.query["sok"], showsDisabled: visit.query["sperret"] == "yes")
            let request = PageRequest(number: Int(visit.query["side"]) ?? 1)
            let (page, waiting) = try await visit.read { transaction in
                (
                    try list.page(request, at: now, in: transaction),
                    try UserList.workersWithoutUser(limit: shown + 1, in: transaction)
                )
            }
            return .page(
                Frame.page(visit, MenuItem.users.title, in: .users) {
                    """
                    <div class="actions-row">
                    <a class="button primary" href="/brukere/ny">\(visit.text(.inviteUser))</a>
                    <a class="button" href="/brukere/nokler">\(visit.text(.programKeys))</a></div>
                    \(SearchBar.markup(visit, label: Text("Søk etter navn eller brukernavn", "Search name or user name"), filters: [filter(visit)]))
                    \(table(visit, page.rows))
                    \(Pager(page: page.number, pages: page.pages, total: page.total).markup(visit))
                    \(withoutUser(visit, waiting))
                    """
                })
        }
    ]

    private static let shown = 10

    private static func filter(_ visit: Visit) -> Field {
        Field(
            "sperret", Text("Vis sperrede", "Show shut out"), value: visit.query["sperret"],
            choices: [("", visit.text(Text("Nei", "No"))), ("yes", visit.text(Text("Ja", "Yes")))])
    }

    private static func table(_ visit: Visit, _ rows: [UserRow]) -> Markup {
        var table = DataTable(
            [
                .init(Text("Navn", "Name")), .init(Text("Brukernavn", "User name")), .init(Text("Rolle", "Role")),
                .init(Text("Sist innlogget", "Last signed in"), .code), .init(Text("Status", "State")),
            ], caption: MenuItem.users.title,
            empty: "<p>\(visit.text(Text("Ingen brukere passer til søket.", "No users fit the search.")))</p>")
        for row in rows {
            let (state, kind) = row.standing.badge
            table.add([
                "<a href=\"/brukere/\(Markup.urlPart(row.user.id.text))\">\(row.user.name)</a>", "\(row.user.username)",
                "\(visit.text(.role(row.user.role)))",
                "\(row.signedInAt.map { visit.language.time($0) } ?? visit.text(Text("Aldri", "Never")))",
                Badge.markup(visit, state, kind),
            ])
        }
        return table.markup(visit)
    }

    /// A worker and a user with the same user name are the same person, so that an invitation is all that is missing.
    private static func withoutUser(_ visit: Visit, _ workers: [Worker]) -> Markup {
        guard !workers.isEmpty else { return .nothing }
        let items = workers.prefix(shown).map { worker in
            """
            <li><span>\(worker.name) (\(worker.username))</span>
            <a class="button small" href="\(UserInvitingPage.address(for: worker))">\(visit.text(.inviteWorker))</a></li>
            """ as Markup
        }
        let more: Markup =
            workers.count > shown
            ? "<p class=\"soft\">\(visit.text(Text("Flere finnes under Arbeidere.", "There are more under Workers.")))</p>"
            : .nothing
        return Card.markup(
            "\(visit.text(Text("Arbeidere som ikke kan logge inn ennå", "Workers who cannot sign in yet")))",
            kind: "attention", "<ul>\(Array(items))</ul>\(more)")
    }
}

extension UserRow.Standing {
    var badge: (Text, Badge.Kind) {
        switch self {
        case .active: (Text("Aktiv", "Active"), .good)
        case .invited: (Text("Invitert", "Invited"), .waiting)
        case .notInvited: (Text("Mangler invitasjon", "Not invited"), .stop)
        case .disabled: (Text("Sperret", "Shut out"), .over)
        }
    }
}
