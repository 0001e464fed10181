import HTML
import Persistence
import Proresult
import Sync

/// Visma's beside ours, number by number, what differs most first; ticked row by row.
enum SetUpCheckTable {
    static let size = 100

    static func markup(
        _ visit: Visit, _ report: SetUpReport, _ found: (rows: [SetUpReport.Row], total: Int),
        _ choice: SetUpCheckChoice
    ) -> Markup {
        guard let list = report.lists.first(where: { $0.resource == choice.resource }) else {
            return report.lists.isEmpty ? .nothing : tabs(visit, report, choice)
        }
        return """
            \(tabs(visit, report, choice))
            \(findings(visit, list, choice))
            \(inBulk(visit, list, choice))
            <form method="post" action="\(SetUpCheckPage.address)/tillat">\(FormParts.token(visit))
            \(choice.hidden.map { "<input type=\"hidden\" name=\"\($0.0)\" value=\"\($0.1)\">" as Markup })
            \(found.rows.contains { $0.finding != .created } ? buttons(visit) : .nothing)
            \(table(visit, found.rows))
            </form>
            \(Pager(page: choice.page, pages: max((found.total + size - 1) / size, 1), total: found.total).markup(visit))
            """
    }

    private static func tabs(_ visit: Visit, _ report: SetUpReport, _ choice: SetUpCheckChoice) -> Markup {
        let links = report.lists.map { list in
            let isHere: Markup = list.resource == choice.resource ? " aria-current=\"page\"" : .nothing
            return """
                <a href="\(SetUpCheckChoice.address(list.resource, nil))"\(isHere)>\(visit.text(list.resource.title))</a>
                """ as Markup
        }
        return "<nav class=\"tabs\" aria-label=\"\(visit.text(Text("Lister", "Lists")))\">\(links)</nav>"
    }

    private static func findings(
        _ visit: Visit, _ list: SetUpReport.List, _ choice: SetUpCheckChoice
    ) -> Markup {
        func link(_ finding: SetUpReport.Finding?, _ label: Text, _ count: Int) -> Markup {
            let isHere: Markup = finding == choice.finding ? " aria-current=\"page\"" : .nothing
            return """
                <a href="\(SetUpCheckChoice.address(list.resource, finding))"\(isHere)>\(visit.text(label)) \
                (\(visit.language.number(count)))</a>
                """
        }
        let all = list.findings.values.reduce(0, +)
        let links = SetUpReport.Finding.allCases.compactMap { finding in
            list.findings[finding].map { link(finding, finding.text, $0) }
        }
        return """
            <nav class="tabs" aria-label="\(visit.text(Text("Funn", "Findings")))">\
            \(link(nil, Text("Alt", "All"), all))\(links)</nav>
            """
    }

    /// All of one finding at once, but never where the names differ.
    private static func inBulk(_ visit: Visit, _ list: SetUpReport.List, _ choice: SetUpCheckChoice) -> Markup {
        guard let finding = choice.finding else { return .nothing }
        switch finding {
        case .otherName: return "<p class=\"notice stop\">\(visit.text(.differentNames))</p>"
        case .created: return "<p>\(visit.text(.newOnesComeOver))</p>"
        case .same, .overwritten, .reopened:
            let count = visit.language.number(list.findings[finding] ?? 0)
            let label = Text(
                "La alle \(count) («\(finding.text.norwegian)») overskrives",
                "Let all \(count) (“\(finding.text.english)”) be overwritten")
            return "<div class=\"actions-row\">"
                + FormParts.button(
                    visit, label, action: SetUpCheckPage.address + "/tillat-alle", fields: choice.hidden) + "</div>"
        }
    }

    private static func buttons(_ visit: Visit) -> Markup {
        let all = visit.text(Text("Huk av alle på siden", "Tick all on the page"))
        return """
            <div class="actions-row"><button class="primary">\(visit.text(Text("La de avhukede overskrives", "Let the ticked ones be overwritten")))</button>
            <button formaction="\(SetUpCheckPage.address)/angre">\(visit.text(Text("La de avhukede være i fred", "Leave the ticked ones alone")))</button>
            <label class="tick-all"><input type="checkbox" data-tick-all="nummer"> \(all)</label></div>
            """
    }

    private static func table(_ visit: Visit, _ rows: [SetUpReport.Row]) -> Markup {
        var table = DataTable(
            [
                .init(Text("Velg", "Choose"), .code), .init(Text("Nummer", "Number"), .code),
                .init(Text("I Proresult", "In Proresult")), .init(Text("I Visma.net", "In Visma.net")),
                .init(Text("Hva importen gjør", "What the import does")), .init(Text("Tillatelse", "Permission")),
            ],
            caption: Text("Samme nummer i begge systemene", "The same number in both systems"),
            empty: "<p>\(visit.text(.nothingFoundHere))</p>")
        for row in rows {
            table.add([
                tick(visit, row), "\(row.number)", row.ownName.map { "\($0)" } ?? "–", "\(row.erpName)",
                "<strong>\(visit.text(row.finding.text))</strong>\(changes(visit, row))", permission(visit, row),
            ])
        }
        return table.markup(visit)
    }

    private static func tick(_ visit: Visit, _ row: SetUpReport.Row) -> Markup {
        guard row.finding != .created else { return .nothing }
        let label = visit.text(Text("Velg \(row.number) \(row.erpName)", "Choose \(row.number) \(row.erpName)"))
        return "<input type=\"checkbox\" name=\"nummer\" value=\"\(row.number)\" aria-label=\"\(label)\">"
    }

    private static func permission(_ visit: Visit, _ row: SetUpReport.Row) -> Markup {
        guard row.finding != .created else { return .nothing }
        return row.isAllowed
            ? Badge.markup(visit, Text("Får overskrives", "May be overwritten"), .good)
            : Badge.markup(visit, Text("Røres ikke", "Left alone"), .waiting)
    }

    private static func changes(_ visit: Visit, _ row: SetUpReport.Row) -> Markup {
        // That it is reopened is what the finding says already.
        let told = row.changes.filter { row.finding != .reopened || !["reopened", "reactivated"].contains($0.field) }
        let items = told.map { change -> Markup in
            let field = visit.text(.field(change.field))
            guard let before = change.before, let after = change.after else { return "<li>\(field)</li>" }
            return "<li>\(field): \(before.isEmpty ? "–" : before) → \(after.isEmpty ? "–" : after)</li>"
        }
        return items.isEmpty ? .nothing : "<ul class=\"changes\">\(items)</ul>"
    }
}

extension Markup {
    fileprivate static func + (one: Markup, other: Markup) -> Markup { Markup([one, other]) }
}
