import HTML

/// The frame of every page.
enum PageLayout {
    static let title = "Visma.net – sandkasse"

    static func render(_ heading: String, _ body: Markup) -> String {
        let page: Markup = """
            <!DOCTYPE html>
            <html lang="nb">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>\(heading) · \(title)</title>
            <style>\(PageStyle.css)</style>
            </head>
            <body>
            <header>
            <a class="brand" href="/">\(title)</a>
            <nav aria-label="Hovedmeny"><a href="/page/projects">Prosjekter</a><a href="/page/items">Varer</a>\
            <a href="/page/transactions">Transaksjoner</a></nav>
            </header>
            <main>
            <h1>\(heading)</h1>
            \(body)
            </main>
            <footer>Lokal etterligning for test. Ingenting her er hentet fra eller sendt til Visma.</footer>
            </body>
            </html>

            """
        return page.html
    }

    /// A search field that works without script.
    static func searchForm(path: String, text: String, label: String) -> Markup {
        """
        <form class="search" method="get" action="\(path)" role="search">
        <label for="q">\(label)</label>
        <input id="q" name="q" type="search" value="\(text)"><button>Søk</button>
        </form>
        """
    }

    static func badge(_ status: String) -> Markup {
        "<span class=\"badge \(badgeKind(status))\" title=\"\(status)\">\(NorwegianText.status(status))</span>"
    }

    private static func badgeKind(_ status: String) -> String {
        switch status {
        case "Active", "Released": "good"
        case "Balanced", "Planned", "PendingApproval", "Hold", "OnHold": "waiting"
        default: "over"
        }
    }
}

/// A table that becomes a list of cards on a narrow screen; every cell carries its heading for that.
struct PageTable {
    enum Kind: String {
        case text, number
        /// Short and not to be broken: a date, a number of a record.
        case code
    }

    let columns: [(heading: String, kind: Kind)]
    var rows: [[Markup]] = []
    /// Shown instead of a table without rows.
    let empty: String

    func render() -> Markup {
        guard !rows.isEmpty else { return "<p class=\"empty\">\(empty)</p>" }
        let headings = columns.map { "<th scope=\"col\" class=\"\($0.kind.rawValue)\">\($0.heading)</th>" as Markup }
        let body = rows.map { cells in
            let cells = zip(columns, cells).map { column, cell in
                "<td class=\"\(column.kind.rawValue)\" data-label=\"\(column.heading)\">\(cell)</td>" as Markup
            }
            return "<tr>\(cells)</tr>\n" as Markup
        }
        return """
            <div class="scroll"><table><thead><tr>\(headings)</tr></thead><tbody>
            \(body)</tbody></table></div>
            """
    }
}
