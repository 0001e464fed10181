import Foundation
import Persistence

/// Lines of goods added up. Returns count as less.
public struct WithdrawalSum: Sendable, Hashable {
    public private(set) var lines = 0
    /// What the customer pays, with discounts, in kroner; each line is rounded to øre by itself, as it is when sent.
    public private(set) var sales: Decimal = 0
    public private(set) var cost: Decimal = 0

    public init() {}

    /// Lines with the same figures are counted by the database, since most goods are taken out in the same few amounts.
    init(where condition: SQL, in transaction: CompanyTransaction) throws {
        let rows = try transaction.query(
            """
            SELECT \(raw: Self.figures), count(*) AS lines FROM withdrawal w WHERE \(sql: condition)
            GROUP BY \(raw: Self.figures)
            """)
        for row in rows { try add(row) }
    }

    static let figures = "w.quantity, w.sales_price, w.cost_price, w.discount_percent"

    mutating func add(_ row: SQLRow) throws {
        let count = try row.get("lines", as: Int.self)
        let quantity = try row.get("quantity", as: Decimal.self)
        let discount = try row.get("discount_percent", as: Decimal.self)
        let price = try row.get("sales_price", as: Decimal.self) * (100 - discount) / 100
        lines += count
        sales += (quantity * price).rounded(toDecimals: 2) * Decimal(count)
        cost += (quantity * (try row.get("cost_price", as: Decimal.self))).rounded(toDecimals: 2) * Decimal(count)
    }
}
