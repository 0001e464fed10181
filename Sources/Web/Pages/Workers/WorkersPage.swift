import HTML
import Persistence
import Proresult

/// The workers: who is linked to Visma, who has hours waiting, and first those whose hours cannot go.
enum WorkersPage {
    static let routes: [Route] = [
        .get("/arbeidere", .office) { visit in
            let today = try visit.today
            let query = visit.query
            let list = WorkerList(
                search: query["sok"], sort: WorkerList.Sort(rawValue: query["sorter"]) ?? .name,
                descending: query["retning"] == "ned", showsInactive: query["inaktive"] == "yes",
                isLinked: query["koblet"] == "nei" ? false : nil)
            let request = PageRequest(number: Int(query["side"]) ?? 1)
            let (page, unlinked) = try await visit.read { transaction in
                (
                    try list.page(request, today: today, in: transaction),
                    try WorkerList.unlinkedWithWaitingHours(limit: 10, today: today, in: transaction)
                )
            }
            return .page(
                Frame.page(visit, MenuItem.workers.title, in: .workers) {
                    """
                    \(alarm(visit, unlinked))
                    \(visit.isAdministrator ? newButton(visit) : .nothing)
                    \(SearchBar.markup(visit, label: Text("Søk etter navn eller nummer", "Search name or number"), filters: filters(visit)))
                    \(table(visit, page.rows))
                    \(Pager(page: page.number, pages: page.pages, total: page.total).markup(visit))
                    """
                })
        }
    ]

    private static func newButton(_ visit: Visit) -> Markup {
        "<p><a class=\"button primary\" href=\"/arbeidere/ny\">\(visit.text(Text("Ny arbeider", "New worker")))</a></p>"
    }

    private static func filters(_ visit: Visit) -> [Field] {
        [
            Field(
                "koblet", Text("Kobling", "Link"), value: visit.query["koblet"],
                choices: [("", visit.text(Text("Alle", "All"))), ("nei", visit.text(Text("Ikke kobla", "Not linked")))]),
            Field(
                "inaktive", Text("Vis inaktive", "Show inactive"), value: visit.query["inaktive"],
                choices: [("", visit.text(Text("Nei", "No"))), ("yes", visit.text(Text("Ja", "Yes")))]),
        ]
    }

    private static func alarm(_ visit: Visit, _ rows: [WorkerList.Row]) -> Markup {
        guard !rows.isEmpty else { return .nothing }
        let items = rows.map { row in
            let hours = visit.language.quantity(row.waiting.total)
            return """
                <li><span>\(row.worker.name): \(visit.text(Text("\(hours) timer venter", "\(hours) hours wait")))</span>
                <a class="button small" href="/arbeidere/\(row.worker.id.text)#visma">\(visit.text(.linkWorker))</a></li>
                """ as Markup
        }
        return """
            <section class="card attention"><h2>\(visit.text(.unlinkedWorkers))</h2><ul>\(items)</ul></section>
            """
    }

    private static func table(_ visit: Visit, _ rows: [WorkerList.Row]) -> Markup {
        var columns: [DataTable.Column] = [
            .init(Text("Navn", "Name"), sort: "name"),
            .init(Text("Ansattnummer", "Employee number"), .code, sort: "number"),
            .init(Text("Visma.net ansattnummer", "Visma.net employee number"), .code),
        ]
        if visit.seesRates { columns.append(.init(Text("Timelønn", "Hourly wage"), .number)) }
        columns += [.init(Text("Timer som venter", "Hours waiting"), .number), .init(Text("Status", "Status"))]
        var table = DataTable(
            columns, caption: Text("Arbeidere", "Workers"),
            empty:
                "<p>\(visit.text(Text("Ingen arbeidere her. De lages i Proresult og kobles med nummer.", "No workers here. They are made in Proresult and linked by number.")))</p>"
        )
        for row in rows {
            var cells: [Markup] = [
                "<a href=\"/arbeidere/\(row.worker.id.text)\">\(row.worker.name)</a>", "\(row.worker.employeeNumber)",
                row.worker.vismaEmployeeNumber.map { "\($0)" }
                    ?? Badge.markup(visit, Text("Ikke kobla", "Not linked"), .stop),
            ]
            if visit.seesRates {
                cells.append(
                    row.hourlyWage.map { "\(visit.language.money($0))" }
                        ?? Badge.markup(visit, Text("Mangler", "Missing"), .stop))
            }
            cells += [
                "\(visit.language.quantity(row.waiting.total))",
                row.worker.isActive
                    ? Badge.markup(visit, Text("Aktiv", "Active"), .good)
                    : Badge.markup(visit, Text("Inaktiv", "Inactive"), .over),
            ]
            table.add(cells)
        }
        return table.markup(visit)
    }
}

extension Visit {
    var isAdministrator: Bool { who?.user.role == .administrator }
}
