import HTML
import Persistence
import Proresult
import Sync

/// The fields of a record that Visma may own: what each is, where it comes from, and since when.
enum OriginTable {
    struct Row {
        var label: Text
        var value: Markup
        var field: RecordHistory.Field

        init(_ label: Text, _ value: Markup, _ field: RecordHistory.Field) {
            (self.label, self.value, self.field) = (label, value, field)
        }
    }

    static func markup(_ visit: Visit, _ rows: [Row]) -> Markup {
        var table = DataTable(
            [
                .init(Text("Felt", "Field")), .init(Text("Verdi", "Value")),
                .init(Text("Kommer fra", "Comes from")), .init(Text("Sist endret", "Last changed"), .code),
            ], caption: Text("Hvor hvert felt kommer fra", "Where each field comes from"), empty: .nothing)
        for row in rows {
            let by = row.field.by.map { " (\($0))" } ?? ""
            let origin: Markup = row.field.origin == .erp ? "Visma" : "Proresult<span class=\"soft\">\(by)</span>"
            let at = row.field.at.map { "\(visit.language.time($0))" as Markup } ?? "–"
            table.add(["\(visit.text(row.label))", row.value, origin, at])
        }
        return table.markup(visit)
    }

    /// What the imports did to it, newest first.
    static func changes(_ visit: Visit, _ history: RecordHistory) -> Markup {
        let shown = history.changes.prefix(20)
        guard !shown.isEmpty else { return .nothing }
        var table = DataTable(
            [
                .init(Text("Tid", "Time"), .code), .init(Text("Skjedde", "Happened")),
                .init(Text("Detaljer", "Details")),
            ], caption: Text("Hva importene har gjort", "What the imports have done"), empty: .nothing)
        for change in shown {
            table.add([
                "<a href=\"/kjorelogg/\(change.run.text)\">\(visit.language.time(change.at))</a>",
                "\(visit.text(.happened(change.happened)))", RunDetail.markup(visit, change.happened, change.detail),
            ])
        }
        return """
            <h2>\(visit.text(Text("Endringer fra Visma", "Changes from Visma")))</h2>\(table.markup(visit))
            """
    }

    /// The link itself, and what it means.
    static func link(_ visit: Visit, number: String?, isGone: Bool) -> Markup {
        guard let number else {
            return Badge.markup(visit, Text("Ikke fra Visma", "Not from Visma"), .waiting)
        }
        let gone: Markup = isGone ? " \(Badge.markup(visit, Text("Borte i Visma", "Gone in Visma"), .stop))" : .nothing
        return "\(Badge.markup(visit, Text("Kobla til Visma", "Linked to Visma"), .good)) \(number)\(gone)"
    }
}
