import Foundation
import HTML
import Persistence
import Proresult

/// What a line says, and in words why it cannot be changed.
enum WithdrawalFacts {
    static func markup(_ visit: Visit, _ row: WithdrawalRow, showsCost: Bool) -> Markup {
        let (line, language) = (row.withdrawal, visit.language)
        var facts: [(Text, Markup)] = [
            (Text("Slag", "Kind"), WithdrawalCells.kind(visit, row)), (.status, WithdrawalCells.state(visit, line)),
            (Text("Vare", "Item"), "\(row.itemNumber ?? visit.text(.freeTextItem))"),
            (.quantity, WithdrawalCells.quantity(visit, row)), (.workDate, "\(language.date(line.date))"),
            (Text("Prosjekt", "Project"), "\(row.projectNumber) \(row.projectName)"),
            (Text("Arbeider", "Worker"), "\(row.workerName)"), (.salesPrice, "\(language.money(line.salesPrice))"),
        ]
        if line.discountPercent != 0 { facts.append((.discount, "\(language.quantity(line.discountPercent))")) }
        facts.append((Text("Sum", "Sum"), "\(language.money(row.amount(.sales)))"))
        if showsCost { facts.append((.costPrice, "\(language.money(line.costPrice))")) }
        if line.isExtraCost { facts.append((.extraCost, "\(line.extraText.isEmpty ? "✓" : line.extraText)")) }
        if !line.note.isEmpty { facts.append((Text("Merknad", "Note"), "\(line.note)")) }
        if let first = line.returnsWithdrawalID, let date = row.originalDate {
            let told = Text("Uttaket \(language.date(date))", "The withdrawal of \(language.date(date))")
            let path = visit.path.hasPrefix("/min/") ? "/min/vareuttak/" : "/vareuttak/"
            facts.append((Text("Retur av", "Return of"), "<a href=\"\(path)\(first.text)\">\(visit.text(told))</a>"))
        }
        return Facts.markup(visit, facts)
    }

    static func notice(_ visit: Visit, _ row: WithdrawalRow) -> Markup {
        let line = row.withdrawal
        let told: Text? =
            line.state == .invoiced
            ? (row.isReturn ? .invoicedReturnIsLocked : .invoicedIsLocked)
            : line.isOnItsWay ? .onItsWay : row.returned != 0 ? .hasReturns : nil
        if let told { return "<p class=\"notice waiting\">\(visit.text(told))</p>" }
        return row.isReturn ? "<p class=\"notice waiting\">\(visit.text(.returnIsFixed))</p>" : .nothing
    }

    static func returns(_ visit: Visit, _ rows: [WithdrawalRow], at path: String) -> Markup {
        guard !rows.isEmpty else { return .nothing }
        var table = DataTable(
            [
                .init(.workDate, .code), .init(Text("Vare", "Item")), .init(.quantity, .number),
                .init(Text("Arbeider", "Worker")), .init(.status),
            ], caption: Text("Returer av linjen", "Returns of the line"), empty: .nothing)
        for row in rows {
            table.add([
                "\(visit.language.date(row.withdrawal.date))", WithdrawalCells.goods(visit, row, at: path),
                WithdrawalCells.quantity(visit, row), "\(row.workerName)",
                WithdrawalCells.state(visit, row.withdrawal),
            ])
        }
        return "<h2>\(visit.text(Text("Returer", "Returns")))</h2>\(table.markup(visit))"
    }
}
