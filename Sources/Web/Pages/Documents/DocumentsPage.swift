import HTML
import Persistence
import Proresult
import Sync

/// "Bilag": every document that was made of hours and withdrawals, and where it stands.
enum DocumentsPage {
    static let routes: [Route] = [
        .get("/bilag", .office) { visit in
            let list = DocumentList(visit.query)
            let number = max(1, Int(visit.query["side"]) ?? 1)
            let page = try await visit.read { try list.page(number, size: pageSize, in: $0) }
            return .page(
                Frame.page(visit, Text("Bilag", "Documents"), in: .transfer) {
                    """
                    \(ofOneRecord(visit, list))
                    \(states(visit, list, page))
                    \(search(visit, list, page))
                    \(table(visit, page.rows))
                    \(Pager(page: number, pages: max(1, (page.total + pageSize - 1) / pageSize), total: page.total).markup(visit))
                    """
                })
        }
    ]

    private static let pageSize = 50

    private static func ofOneRecord(_ visit: Visit, _ list: DocumentList) -> Markup {
        guard let record = list.record else { return .nothing }
        let told =
            record.kind == .hourEntry
            ? Text("Bilag som har med én timeføring.", "Documents that carry one hour entry.")
            : Text("Bilag som har med ett vareuttak.", "Documents that carry one withdrawal.")
        let back: Markup =
            RouteTable.serves(record.address)
            ? " <a href=\"\(record.address)\">\(visit.text(Text("Til posten", "To the record")))</a>" : .nothing
        return """
            <p class="soft">\(visit.text(told))\(back)
            <a href="/bilag">\(visit.text(Text("Vis alle bilag", "Show all documents")))</a></p>
            """
    }

    private static func states(_ visit: Visit, _ list: DocumentList, _ page: DocumentList.Page) -> Markup {
        func link(_ states: Set<ExportDocument.State>, _ label: Text, _ count: Int) -> Markup {
            var wanted = list
            wanted.states = states
            let isHere: Markup = list.states == states ? " aria-current=\"page\"" : .nothing
            return """
                <a href="/bilag\(wanted.fields.query)"\(isHere)>\(visit.text(label)) \(visit.language.number(count))</a>
                """
        }
        let links = ExportDocument.State.allCases.filter { page.counts[$0] != nil || list.states == [$0] }.map {
            link([$0], $0.badge.0, page.counts[$0] ?? 0)
        }
        let whole = link([], Text("Alle", "All"), page.counts.values.reduce(0, +))
        return "<nav class=\"tabs\" aria-label=\"\(visit.text(Text("Tilstand", "State")))\">\(whole)\(links)</nav>"
    }

    private static func search(_ visit: Visit, _ list: DocumentList, _ page: DocumentList.Page) -> Markup {
        let all = ("", visit.text(Text("Alle", "All")))
        let kinds = [JobName.hours, .withdrawals].map { ($0.rawValue, visit.text($0.title)) }
        let kept = list.fields.pairs.filter { ["status", "timer", "vareuttak"].contains($0.name) }.map {
            "<input type=\"hidden\" name=\"\($0.name)\" value=\"\($0.value)\">" as Markup
        }
        let fields = [
            Field("slag", Text("Slag", "Kind"), value: list.kind?.rawValue ?? "", choices: [all] + kinds),
            Field(
                "periode", .period, value: list.period ?? "",
                choices: [all] + page.periods.map { ($0, visit.language.period($0)) }),
        ]
        return """
            <form class="search" method="get" action="/bilag" role="search">\(kept)
            <div class="field"><label for="sok">\(visit.text(Text("Søk i referanse, Visma-nummer og prosjekt", "Search reference, Visma number and project")))</label>
            <input id="sok" name="sok" type="search" value="\(list.search)"></div>
            \(fields.map { $0.markup(visit) })
            <button>\(visit.text(Text("Søk", "Search")))</button></form>
            """
    }

    private static func table(_ visit: Visit, _ rows: [DocumentList.Row]) -> Markup {
        var columns: [DataTable.Column] = [
            .init(Text("Referanse", "Reference"), .code), .init(.status), .init(Text("Slag", "Kind")),
            .init(Text("Prosjekt", "Project"), .code), .init(.period, .code),
            .init(Text("Nummer i Visma", "Number in Visma"), .code), .init(Text("Linjer", "Lines"), .number),
        ]
        if visit.seesRates { columns.append(.init(Text("Beløp", "Amount"), .number)) }
        columns.append(.init(Text("Laget", "Made"), .code))
        var table = DataTable(
            columns, caption: Text("Bilag, nyeste først", "Documents, newest first"), empty: empty(visit))
        for row in rows {
            let document = row.document
            let (word, kind) = document.state.badge
            var cells: [Markup] = [
                "<a href=\"\(document.address)\">\(document.reference.text)</a>", Badge.markup(visit, word, kind),
                "\(visit.text(document.kind.title))", "\(document.project)",
                "\(visit.language.period(document.period))", "\(document.erpNumber ?? "–")",
                "\(visit.language.number(row.lines))",
            ]
            if visit.seesRates { cells.append("\(visit.language.money(row.amount))") }
            cells.append("\(visit.language.time(document.createdAt))")
            table.add(cells)
        }
        return table.markup(visit)
    }

    private static func empty(_ visit: Visit) -> Markup {
        guard visit.query.pairs.isEmpty else {
            return "<p>\(visit.text(Text("Ingen bilag passer til utvalget.", "No documents fit the selection.")))</p>"
        }
        return """
            <p>\(visit.text(Text("Ingenting er sendt til Visma ennå. Se hva som er klart på Overføring.", "Nothing has been sent to Visma yet. See what is ready on Transfer.")))</p>
            <p><a class="button primary" href="/overforing">\(visit.text(MenuItem.transfer.title))</a></p>
            """
    }
}

extension ExportDocument {
    var address: String { "/bilag/\(reference.text)" }
}

extension DocumentList {
    /// As the page has them in its address.
    var fields: Fields {
        var fields: [(name: String, value: String)] = []
        if let kind { fields.append(("slag", kind.rawValue)) }
        fields += ExportDocument.State.allCases.filter(states.contains).map { ("status", $0.rawValue) }
        if let period { fields.append(("periode", period)) }
        if !search.isEmpty { fields.append(("sok", search)) }
        if let record { fields.append((record.kind == .hourEntry ? "timer" : "vareuttak", record.id)) }
        return Fields(fields)
    }

    init(_ fields: Fields) {
        let job = JobName(rawValue: fields["slag"])
        let record: SourceRecord? =
            !fields["timer"].isEmpty
            ? SourceRecord(.hourEntry, fields["timer"])
            : !fields["vareuttak"].isEmpty ? SourceRecord(.withdrawal, fields["vareuttak"]) : nil
        self.init(
            kind: job?.isExport == true ? job : nil,
            states: Set(fields.all("status").compactMap(ExportDocument.State.init)),
            period: fields["periode"].isEmpty ? nil : fields["periode"], search: fields["sok"], record: record)
    }
}
