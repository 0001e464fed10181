import HTML

/// Documents and their lines as tables.
enum TransactionTable {
    /// One row for each document.
    static func documents(_ documents: [PageDocument], model: PageModel) -> Markup {
        var table = PageTable(
            columns: [
                ("Dokument", .code), ("Beskrivelse", .text), ("Status", .text), ("Periode", .code),
                ("Lagret", .code), ("Linjer", .number), ("Beløp", .number),
            ], empty: "Ingen prosjekttransaksjoner ennå.")
        table.rows = documents.map { document in
            [
                link(document), "\(document.description)", PageLayout.badge(document.status), "\(document.periods)",
                "\(document.created)", "\(document.lines.count)", "\(NorwegianText.amount(document.amount))",
            ]
        }
        return table.render()
    }

    /// One row for each line. The document is named in front where lines of several stand together.
    static func lines(_ documents: [PageDocument], namingDocument: Bool) -> Markup {
        let first: [(heading: String, kind: PageTable.Kind)] = namingDocument ? [("Dokument", .code)] : []
        var table = PageTable(columns: first + lineColumns, empty: "Ingen linjer.")
        table.rows = documents.flatMap { document in
            document.lines.map { (namingDocument ? [link(document)] : []) + cells($0) }
        }
        return table.render()
    }

    private static let lineColumns: [(heading: String, kind: PageTable.Kind)] = [
        ("Dato", .code), ("Periode", .code), ("Prosjekt", .code), ("Oppgave", .code), ("Ansatt", .text),
        ("Vare", .code), ("Tekst", .text), ("Antall", .number), ("Fakturerbart", .number), ("Sats", .number),
        ("Beløp", .number), ("Debet", .code), ("Kredit", .code), ("Gruppe", .code),
    ]

    private static func cells(_ line: PageLine) -> [Markup] {
        [
            "\(line.date)", "\(line.period)", projectLink(line.project), "\(line.task)",
            "\(joined(line.employeeNumber, line.employeeName))", "\(line.itemNumber)", "\(line.description)",
            "\(joined(NorwegianText.quantity(line.quantity), line.unit))",
            "\(NorwegianText.quantity(line.billableQuantity))", "\(NorwegianText.amount(line.rate))",
            "\(NorwegianText.amount(line.amount))", "\(joined(line.debitAccount, line.debitSubaccount))",
            "\(joined(line.creditAccount, line.creditSubaccount))", "\(line.accountGroup)",
        ]
    }

    static func link(_ document: PageDocument) -> Markup {
        "<a href=\"/page/transactions/\(Markup.urlPart(document.id))\">\(document.refNbr)</a>"
    }

    private static func joined(_ first: String, _ second: String) -> String {
        [first, second].filter { !$0.isEmpty }.joined(separator: " ")
    }
}
