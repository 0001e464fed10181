import HTML
import Persistence
import Proresult
import Sync

/// The ready board: every hour and withdrawal on its way to Visma, how it stands, and what is in its way.
enum TransferPage {
    static let routes: [Route] = [
        .get("/overforing", .office) { visit in
            .page(try await page(visit, BoardFilter(visit.query), problem: nil))
        }
    ]

    /// Also with what was wrong with a form that mends lines.
    static func page(_ visit: Visit, _ filter: BoardFilter, problem: Text?) async throws -> Markup {
        let (board, choices) = try await visit.read { transaction in
            let board = try Board.read(
                filter.job, sentSince: transaction.now() - Board.sentStays, in: transaction)
            return (board, try MendingChoices(for: board.select(filter), in: transaction))
        }
        return Frame.page(visit, MenuItem.transfer.title, in: .transfer) {
            "\(SignInPages.trouble(visit, problem))\(body(visit, board, filter, choices))"
        }
    }

    private static let pageSize = 100

    private static func body(
        _ visit: Visit, _ board: Board, _ filter: BoardFilter, _ choices: MendingChoices
    ) -> Markup {
        let number = max(1, Int(visit.query["side"]) ?? 1)
        let (lines, total) = board.page(filter, number: number, size: pageSize)
        return """
            \(tabs(visit, filter))
            \(facts(visit, board))
            \(standings(visit, board, filter))
            \(reasons(visit, board, filter))
            \(HelpLink.markup(visit, .transfer, part: "stoppet"))
            \(MendingForms.markup(visit, filter, shown: lines, all: board.select(filter), choices))
            \(table(visit, filter, lines))
            \(Pager(page: number, pages: max(1, (total + pageSize - 1) / pageSize), total: total).markup(visit))
            """
    }

    private static func tabs(_ visit: Visit, _ filter: BoardFilter) -> Markup {
        let links = [JobName.hours, .withdrawals].map { job in
            let isHere: Markup = job == filter.job ? " aria-current=\"page\"" : .nothing
            let address = "/overforing" + BoardFilter(job: job).fields.query
            return "<a href=\"\(address)\"\(isHere)>\(visit.text(job.title))</a>" as Markup
        }
        let documents: Markup = "<a href=\"/bilag\">\(visit.text(Text("Bilag", "Documents")))</a>"
        return "<nav class=\"tabs\" aria-label=\"\(visit.text(Text("Slag", "Kind")))\">\(links)\(documents)</nav>"
    }

    /// What is open and known is what Visma last said.
    private static func facts(_ visit: Visit, _ board: Board) -> Markup {
        let told =
            board.factsReadAt.map { readAt in
                let time = visit.language.time(readAt)
                return Text(
                    "Perioder, kontoer og ansatte er lest fra Visma \(time).",
                    "Periods, accounts and employees were read from Visma \(time).")
            }
            ?? Text(
                "Visma er ikke lest ennå, så perioder og kontoer er ikke vurdert.",
                "Visma has not been read yet, so periods and accounts are not judged.")
        let again =
            visit.mayTransfer
            ? FormParts.button(
                visit, Text("Les på nytt fra Visma", "Read again from Visma"), action: "/fakta",
                fields: [("til", visit.path + visit.query.query)]) : .nothing
        return "<div class=\"soft actions-row\"><span>\(visit.text(told))</span>\(again)</div>"
    }

    private static func standings(_ visit: Visit, _ board: Board, _ filter: BoardFilter) -> Markup {
        var all = filter
        (all.standings, all.reason) = ([], nil)
        let counts = board.standings(all)
        func link(_ standings: Set<BoardStanding>, _ label: Text, _ count: Int) -> Markup {
            var wanted = all
            wanted.standings = standings
            let isHere: Markup =
                filter.standings == standings && filter.reason == nil ? " aria-current=\"page\"" : .nothing
            return """
                <a href="/overforing\(wanted.fields.query)"\(isHere)>\(visit.text(label)) \(visit.language.number(count))</a>
                """
        }
        let links = BoardStanding.allCases.filter { counts[$0] != nil }.map { standing in
            link([standing], standing.text, counts[standing] ?? 0)
        }
        let whole = link([], Text("Alle", "All"), counts.values.reduce(0, +))
        return "<nav class=\"tabs\" aria-label=\"\(visit.text(Text("Tilstand", "State")))\">\(whole)\(links)</nav>"
    }

    private static func reasons(_ visit: Visit, _ board: Board, _ filter: BoardFilter) -> Markup {
        var all = filter
        (all.standings, all.reason) = (BoardFilter.stopped, nil)
        let reasons = board.reasons(all)
        guard !reasons.isEmpty else { return .nothing }
        let items = reasons.map { reason in
            var wanted = all
            wanted.reason = reason.code
            let lines = visit.language.number(reason.count)
            let show: Markup = """
                <a href="/overforing\(wanted.fields.query)">\(visit.text(Text("Vis \(lines) \(reason.count == 1 ? "linje" : "linjer")", "Show \(lines)")))</a>
                """
            return """
                <li><div><strong>\(visit.text(reason.example.label))</strong> \(show)
                <span class="soft">\(visit.text(.mender(reason.mender))).</span></div>\
                \(mending(visit, reason, wanted) ?? reason.commonPlace?.link.button(visit) ?? .nothing)</li>
                """ as Markup
        }
        return """
            <section class="card attention"><h2>\(visit.text(Text("Hva som stopper", "What is in the way")))</h2>
            <ul>\(items)</ul></section>
            """
    }

    /// The way to the form that mends all lines with the reason at once.
    private static func mending(_ visit: Visit, _ reason: Board.ReasonCount, _ wanted: BoardFilter) -> Markup? {
        guard let kind = MendingKind.allCases.first(where: { $0.codes.contains(reason.code) }), kind.may(visit)
        else { return nil }
        return "<a class=\"button small\" href=\"/overforing\(wanted.fields.query)#rett\">\(visit.text(kind.label))</a>"
    }

    private static func table(_ visit: Visit, _ filter: BoardFilter, _ lines: [BoardLine]) -> Markup {
        var columns: [DataTable.Column] = MendingForms.ticked(visit, filter) == nil ? [] : [.init(.choose)]
        columns += [
            .init(Text("Dato", "Date"), .code), .init(Text("Arbeider", "Worker")),
            .init(Text("Prosjekt", "Project")), .init(Text("Gjelder", "Matter")),
            .init(Text("Antall", "Quantity"), .number),
        ]
        if visit.seesRates { columns.append(.init(Text("Beløp", "Amount"), .number)) }
        columns += [.init(.period, .code), .init(Text("Tilstand", "State"))]
        var table = DataTable(
            columns, caption: Text("Linjer på vei til Visma", "Lines on their way to Visma"),
            empty: "<p>\(visit.text(Text("Ingen linjer her akkurat nå.", "No lines here right now.")))</p>")
        for line in lines {
            table.add((MendingForms.tick(visit, filter, line).map { [$0] } ?? []) + cells(visit, filter, line))
        }
        return table.markup(visit)
    }

    private static func cells(_ visit: Visit, _ filter: BoardFilter, _ line: BoardLine) -> [Markup] {
        var cells: [Markup] = [
            "\(visit.language.date(line.date))", "\(line.workerName)", "\(line.projectNumber) \(line.projectName)",
            "\(line.matter)", "\(visit.language.quantity(line.quantity))",
        ]
        if visit.seesRates { cells.append("\(visit.language.money(line.amount))") }
        let reasons = line.reasons.map { reason in
            // The form that the button leads to stands above the single line already.
            let button = filter.record == nil ? reason.place.link.button(visit) : .nothing
            let mender: Markup =
                reason.blocker.reason.isMeant
                ? .nothing : "<span class=\"soft\">\(visit.text(.mender(reason.mender))).</span> "
            return "<li>\(reason.blocker.text(visit.language)) \(mender)\(button)</li>" as Markup
        }
        let document = line.document.map { document in
            " <a class=\"soft\" href=\"/bilag/\(document.reference.text)\">\(document.erpNumber ?? document.reference.text)</a>"
                as Markup
        }
        cells += [
            "\(line.period.map(visit.language.period) ?? "–")",
            """
            \(Badge.markup(visit, line.standing.text, line.standing.badge))\(document ?? .nothing)\
            \(reasons.isEmpty ? .nothing : "<ul class=\"reasons\">\(reasons)</ul>")
            """,
        ]
        return cells
    }
}

extension Text {
    static let choose = Text("Velg", "Choose")
}
