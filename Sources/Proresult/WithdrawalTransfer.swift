import Foundation
import Persistence

/// What an export needs from withdrawals.
extension Withdrawal {
    /// Kroner per unit without tax, exact: only the line's amount is rounded. The discount is given to the customer, so
    /// it is folded into the sales price and leaves the cost price as it is.
    public func unitPrice(_ price: Price) -> Decimal {
        switch price {
        case .sales: salesPrice * (100 - discountPercent) / 100
        case .cost: costPrice
        }
    }

    /// Everything that is not invoiced, by date.
    public static func waitingForTransfer(in transaction: CompanyTransaction) throws -> [Withdrawal] {
        try rows(
            """
            SELECT \(raw: columnList) FROM withdrawal
            WHERE company_id = \(transaction.company) AND state = 'registered' ORDER BY withdrawal_date, id
            """, in: transaction)
    }

    /// Locks lines while a run carries them. Throws `vanished` when one of them is no longer as it was read.
    public static func hold(_ lines: [Withdrawal], run: String, in transaction: CompanyTransaction) throws {
        let seen = lines.map { ($0.id, $0.version) }
        guard try hold(seen, run: run, in: transaction) else { throw ProresultError.vanished(kind) }
    }

    /// The same by what was seen of them. False when one of them is no longer so; the others are locked then.
    public static func hold(
        _ seen: [(id: WithdrawalID, version: Int)], run: String, in transaction: CompanyTransaction
    ) throws -> Bool {
        try transaction.executeMany(
            """
            UPDATE withdrawal SET transferred_run = $4 WHERE company_id = $1 AND id = $2 AND version = $3
            AND state = 'registered' AND (transferred_run IS NULL OR transferred_run = $4)
            """,
            seen.map { [transaction.company.sqlValue, $0.id.sqlValue, $0.version.sqlValue, run.sqlValue] }
        ) == seen.count
    }

    /// Lets lines go again that were not transferred after all.
    public static func release(_ ids: [WithdrawalID], in transaction: CompanyTransaction) throws {
        try transaction.executeMany(
            """
            UPDATE withdrawal SET transferred_run = NULL WHERE company_id = $1 AND id = $2 AND state = 'registered'
            """, ids.map { [transaction.company.sqlValue, $0.sqlValue] })
    }

    /// Marks lines as invoiced and locks them for good. Repeatable: a line that has the same reference already is left
    /// as it is. Refuses one that went with another reference.
    public static func markInvoiced(
        _ ids: [WithdrawalID], run: String, reference: String, at now: Timestamp,
        in transaction: CompanyTransaction
    ) throws {
        let lines = try find(ids, in: transaction)
        guard lines.count == Set(ids).count else { throw ProresultError.vanished(kind) }
        for line in lines where line.state == .invoiced && line.transferredReference != reference {
            throw ProresultError.transferredElsewhere(kind, reference: line.transferredReference ?? "")
        }
        let waiting = lines.filter { $0.state == .registered }
        let marked = try transaction.executeMany(
            """
            UPDATE withdrawal SET state = 'invoiced', transferred_at = $3, transferred_run = $4,
            transferred_reference = $5 WHERE company_id = $1 AND id = $2 AND state = 'registered'
            """,
            waiting.map {
                [transaction.company.sqlValue, $0.id.sqlValue, now.sqlValue, run.sqlValue, reference.sqlValue]
            })
        guard marked == waiting.count else { throw ProresultError.vanished(kind) }
    }
}
