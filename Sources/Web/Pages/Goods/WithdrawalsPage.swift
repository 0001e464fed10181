import HTML
import Persistence
import Proresult

/// The withdrawals and returns of some days, for the office.
enum WithdrawalsPage {
    static let routes: [Route] = [
        .get("/vareuttak", .office) { visit in
            let filter = try WithdrawalFilter(visit)
            let request = PageRequest(number: Int(visit.query["side"]) ?? 1)
            let (workers, found) = try await visit.read { transaction in
                (try Worker.all(in: transaction), try filter.page(request, in: transaction))
            }
            return .page(
                Frame.page(visit, MenuItem.withdrawals.title, in: .withdrawals) {
                    """
                    <p><a class="button primary" href="/vareuttak/ny">\(visit.text(Text("Nytt vareuttak", "New item withdrawal")))</a></p>
                    \(filter.markup(visit, workers))
                    \(sum(visit, found.sum))
                    \(table(visit, found.page.rows, filter))
                    \(Pager(page: found.page.number, pages: found.page.pages, total: found.page.total).markup(visit))
                    \(HelpLink.markup(visit, .withdrawals))
                    """
                })
        }
    ]

    private static func sum(_ visit: Visit, _ sum: WithdrawalSum) -> Markup {
        guard sum.lines > 0 else { return .nothing }
        let (sales, cost) = (visit.language.money(sum.sales), visit.language.money(sum.cost))
        let told = Text(
            "Sum: \(sales) kr etter pris, \(cost) kr etter innpris. Returer er trukket fra.",
            "Sum: \(sales) kr by price, \(cost) kr by cost price. Returns are taken off.")
        return "<p class=\"soft\">\(visit.text(told))</p>"
    }

    private static func table(_ visit: Visit, _ rows: [WithdrawalRow], _ filter: WithdrawalFilter) -> Markup {
        let nothing =
            filter.isNarrow
            ? Text("Ingen vareuttak passer til søket.", "No withdrawals fit the search.")
            : Text(
                "Ingen vareuttak disse dagene. Arbeiderne fører dem på telefonen, eller kontoret fører dem her.",
                "No withdrawals on these days. Workers enter them on the telephone, or the office enters them here.")
        var table = DataTable(
            [
                .init(.workDate, .code), .init(Text("Vare", "Item")), .init(.quantity, .number),
                .init(Text("Sum", "Sum"), .number), .init(Text("Prosjekt og arbeider", "Project and worker")),
                .init(.status), .init(Text("Retur", "Return"), .actions),
            ], caption: MenuItem.withdrawals.title, empty: "<p>\(visit.text(nothing))</p>")
        for row in rows {
            let line = row.withdrawal
            table.add([
                "\(visit.language.date(line.date))<br>\(WithdrawalCells.kind(visit, row))",
                WithdrawalCells.goods(visit, row, at: "/vareuttak/"), WithdrawalCells.quantity(visit, row),
                "\(visit.language.money(row.amount(.sales)))",
                "\(row.projectNumber) \(row.projectName)<br><span class=\"soft\">\(row.workerName)</span>",
                WithdrawalCells.state(visit, line), WithdrawalCells.toReturn(visit, row, at: "/vareuttak/"),
            ])
        }
        return table.markup(visit)
    }
}

/// What the list is narrowed to, as it stands in the address.
struct WithdrawalFilter: Sendable {
    private var list: WithdrawalList
    /// The project by its number, as people know it.
    private let projectNumber: String
    let isNarrow: Bool

    init(_ visit: Visit) throws {
        let (query, today) = (visit.query, try visit.today)
        func day(_ name: String, _ usual: CalendarDate?) throws -> CalendarDate {
            guard !query[name].isEmpty else { return usual ?? today }
            return try query.date(name, Text("Dato", "Date"))
        }
        do {
            list = WithdrawalList(
                from: try day("fra", today.adding(days: -30)), to: try day("til", today.adding(days: 1)),
                worker: query["arbeider"].isEmpty ? nil : WorkerID(query["arbeider"]),
                state: WithdrawalState(rawValue: query["status"]), search: query["sok"])
        } catch let misread as Misread {
            throw Refusal.badRequest(misread.text)
        }
        projectNumber = query["prosjekt"]
        isNarrow = ["arbeider", "status", "sok", "prosjekt"].contains { !query[$0].isEmpty }
    }

    func page(
        _ request: PageRequest, in transaction: CompanyTransaction
    ) throws -> (page: ListPage<WithdrawalRow>, sum: WithdrawalSum) {
        var list = list
        if !projectNumber.isEmpty {
            // A number that nobody has finds nothing.
            list.project = try Project.find(number: projectNumber, in: transaction)?.id ?? ProjectID("-")
        }
        return try list.page(request, in: transaction)
    }

    func markup(_ visit: Visit, _ workers: [Worker]) -> Markup {
        let all = ("", visit.text(Text("Alle", "All")))
        return SearchBar.markup(
            visit, label: Text("Søk i varetekst og varenummer", "Search item text and number"),
            filters: [
                Field("fra", .fromTime, value: list.from.description, kind: "date", isRequired: true),
                Field("til", .toTime, value: list.to.description, kind: "date", isRequired: true),
                Field("prosjekt", Text("Prosjektnummer", "Project number"), value: projectNumber),
                Field(
                    "arbeider", Text("Arbeider", "Worker"), value: list.worker?.text ?? "",
                    choices: [all] + workers.map { ($0.id.text, $0.name) }),
                Field(
                    "status", .status, value: list.state?.rawValue ?? "",
                    choices: [all] + WithdrawalState.allCases.map { ($0.rawValue, visit.text($0.badge.0)) }),
            ])
    }
}
