import Foundation
import HTML

/// What the lines of some documents put on each account.
struct AccountSums {
    struct Sum {
        var debit: Decimal = 0
        var credit: Decimal = 0
        var balance: Decimal { debit - credit }
    }

    private(set) var sums: [String: Sum] = [:]

    /// A line without an account on one side counts on the other side only.
    init(_ documents: [PageDocument]) {
        for line in documents.flatMap(\.lines) {
            if !line.debitAccount.isEmpty { sums[line.debitAccount, default: Sum()].debit += line.amount }
            if !line.creditAccount.isEmpty { sums[line.creditAccount, default: Sum()].credit += line.amount }
        }
    }

    func render(companies: [CompanyRecords]) -> Markup {
        let texts = Dictionary(
            companies.flatMap(\.accounts).map { ($0.accountCD, $0.description) },
            uniquingKeysWith: { first, _ in first })
        var table = PageTable(
            columns: [
                ("Konto", .text), ("Navn", .text), ("Debet", .number), ("Kredit", .number), ("Saldo", .number),
            ], empty: "Ingenting er bokført.")
        table.rows = sums.sorted { $0.key < $1.key }.map { account, sum in
            [
                "\(account)", "\(texts[account] ?? "")", "\(NorwegianText.amount(sum.debit))",
                "\(NorwegianText.amount(sum.credit))", "\(NorwegianText.amount(sum.balance))",
            ]
        }
        return table.render()
    }
}
