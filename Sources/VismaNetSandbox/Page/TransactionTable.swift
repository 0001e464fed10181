/// Documents and their lines as tables.
enum TransactionTable {
    /// One row for each document.
    static func documents(_ documents: [PageDocument], model: PageModel) -> Markup {
        var table = PageTable(
            columns: [
                ("Dokument", .text), ("Beskrivelse", .text), ("Status", .text), ("Periode", .text),
                ("Lagret", .text), ("Linjer", .number), ("Beløp", .number),
            ], empty: "Ingen prosjekttransaksjoner ennå.")
        table.rows = documents.map { document in
            [
                link(document), "\(document.description)", PageLayout.badge(document.status), "\(document.periods)",
                "\(document.created)", "\(document.lines.count)", "\(NorwegianText.amount(document.amount))",
            ]
        }
        return table.render()
    }

    /// One row for each line of the documents, with the document in front.
    static func lines(_ documents: [PageDocument]) -> Markup {
        var table = PageTable(
            columns: [
                ("Dokument", .text), ("Dato", .text), ("Periode", .text), ("Prosjekt", .text), ("Oppgave", .text),
                ("Ansatt", .text), ("Vare", .text), ("Tekst", .text), ("Antall", .number), ("Fakturerbart", .number),
                ("Sats", .number), ("Beløp", .number), ("Debet", .text), ("Kredit", .text), ("Gruppe", .text),
            ], empty: "Ingen linjer.")
        table.rows = documents.flatMap { document in document.lines.map { row($0, of: document) } }
        return table.render()
    }

    private static func row(_ line: PageLine, of document: PageDocument) -> [Markup] {
        [
            link(document), "\(line.date)", "\(line.period)", projectLink(line.project), "\(line.task)",
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
