import HTML
import Proresult

/// A table that becomes a list of cards on a narrow screen; every cell carries its heading for that.
struct DataTable {
    struct Column {
        enum Kind: String {
            case text, number
            /// Short and not to be broken: a date, a number of a record.
            case code
            /// Buttons; has no heading to look at, but one to hear.
            case actions
        }
        var heading: Text
        var kind: Kind
        /// The word for this column in `?sorter=`; nil when the list cannot be sorted by it.
        var sort: String?

        init(_ heading: Text, _ kind: Kind = .text, sort: String? = nil) {
            self.heading = heading
            self.kind = kind
            self.sort = sort
        }
    }

    var columns: [Column]
    var rows: [[Markup]] = []
    /// What it shows, for people who hear it.
    var caption: Text
    /// Shown instead of a table without rows: what to do first.
    var empty: Markup

    init(_ columns: [Column], caption: Text, empty: Markup) {
        self.columns = columns
        self.caption = caption
        self.empty = empty
    }

    mutating func add(_ cells: [Markup]) { rows.append(cells) }

    func markup(_ visit: Visit) -> Markup {
        guard !rows.isEmpty else { return "<div class=\"empty\">\(empty)</div>" }
        let body = rows.map { cells in
            let cells = zip(columns, cells).map { column, cell in
                // The inner box keeps what stands in a cell together, beside its heading on a narrow screen.
                let inner: Markup = cell.html.isEmpty ? .nothing : "<div>\(cell)</div>"
                return """
                    <td class="\(column.kind.rawValue)" data-label="\(visit.text(column.heading))">\(inner)</td>
                    """ as Markup
            }
            return "<tr>\(cells)</tr>\n" as Markup
        }
        return """
            <div class="scroll" tabindex="0" role="region" aria-label="\(visit.text(caption))"><table><caption>\(visit.text(caption))</caption>
            <thead><tr>\(columns.map { heading($0, visit) })</tr></thead><tbody>
            \(body)</tbody></table></div>
            """
    }

    private func heading(_ column: Column, _ visit: Visit) -> Markup {
        let name = visit.text(column.heading)
        guard let sort = column.sort else {
            let shown: Markup = column.kind == .actions ? "<span class=\"unseen\">\(name)</span>" : "\(name)"
            return "<th scope=\"col\" class=\"\(column.kind.rawValue)\">\(shown)</th>"
        }
        let isHere = visit.query["sorter"] == sort
        let isDown = isHere && visit.query["retning"] == "ned"
        let link = visit.query.with("sorter", sort).with("retning", isHere && !isDown ? "ned" : nil).with("side", nil)
        let order: Markup = isHere ? " aria-sort=\"\(isDown ? "descending" : "ascending")\"" : .nothing
        let mark = isHere ? (isDown ? " ▾" : " ▴") : ""
        return """
            <th scope="col" class="\(column.kind.rawValue)"\(order)><a href="\(visit.path + link.query)">\(name)\(mark)</a></th>
            """
    }
}

/// The way to the neighbouring pages of a list, by the field `side`.
struct Pager {
    var page: Int
    var pages: Int
    var total: Int

    func markup(_ visit: Visit) -> Markup {
        let told = visit.text(
            Text(
                "Side \(page) av \(pages) · \(visit.language.number(total)) i alt",
                "Page \(page) of \(pages) · \(visit.language.number(total)) in all"))
        guard pages > 1 else { return "<p class=\"pager\"><span>\(told)</span></p>" }
        func link(_ number: Int, _ label: Text) -> Markup {
            guard (1...pages).contains(number) else { return "<span class=\"off\">\(visit.text(label))</span>" }
            return "<a href=\"\(visit.path + visit.query.with("side", String(number)).query)\">\(visit.text(label))</a>"
        }
        return """
            <nav class="pager" aria-label="\(visit.text(Text("Sider", "Pages")))">\
            \(link(page - 1, .previous))<span>\(told)</span>\(link(page + 1, .next))</nav>
            """
    }
}

/// A search field above a list, with room for the list's own filters; works without script.
enum SearchBar {
    static func markup(_ visit: Visit, label: Text, filters: [Field] = []) -> Markup {
        let kept = ["sorter", "retning", "uke"].filter { visit.query.has($0) }.map {
            "<input type=\"hidden\" name=\"\($0)\" value=\"\(visit.query[$0])\">" as Markup
        }
        return """
            <form class="search" method="get" action="\(visit.path)" role="search">\(kept)
            <div class="field"><label for="sok">\(visit.text(label))</label>
            <input id="sok" name="sok" type="search" value="\(visit.query["sok"])"></div>
            \(filters.map { $0.markup(visit) })
            <button>\(visit.text(Text("Søk", "Search")))</button>
            </form>
            """
    }
}
