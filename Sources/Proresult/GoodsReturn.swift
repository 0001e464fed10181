import Foundation
import Persistence

/// Giving goods back: a line of its own with negative quantity, on the terms of the first.
extension Withdrawal {
    /// `quantity` is what comes back, as a positive number; never more than was taken out less earlier returns. Works
    /// for invoiced lines too, and on closed projects: it is the only way to mend them.
    @discardableResult
    public static func returnGoods(
        of id: WithdrawalID, quantity: Decimal, by workerID: WorkerID, date: CalendarDate, returnID: WithdrawalID,
        externalReference: String? = nil, actor: Actor, today: CalendarDate, at now: Timestamp,
        in transaction: CompanyTransaction
    ) throws -> Withdrawal {
        guard quantity != 0 else { throw ProresultError.quantityZero }
        guard quantity > 0 else { throw ProresultError.negative(kind, field: "quantity") }
        guard quantity.decimals <= 4 else {
            throw ProresultError.tooManyDecimals(kind, field: "quantity", limit: 4)
        }
        guard today.days(to: date) <= 1 else { throw ProresultError.dateInFuture(kind, date) }
        let worker = try Worker.get(workerID, in: transaction)
        guard worker.isActive else { throw ProresultError.inactive(.worker, name: worker.name) }
        try checkOwn(workerID, by: actor, in: transaction)
        // The lock makes two returns of one line wait for each other, so that both count.
        let taken = try lock(id, in: transaction)
        if try !CompanySetting.Rules(in: transaction).seesOthersWithdrawals(actor) {
            try checkOwn(taken.workerID, by: actor, in: transaction)
        }
        guard taken.returnsWithdrawalID == nil else { throw ProresultError.returnOfReturn }
        let left = try taken.leftToReturn(in: transaction)
        guard quantity <= left else { throw ProresultError.returnTooLarge(left: left, unit: taken.unit) }
        var line = taken.asReturn(of: quantity, id: returnID, by: workerID, date: date, at: now)
        line.externalReference = try externalReference.usable(kind, "reference")
        try refuseTaken(line.externalReference, in: transaction)
        try insert([line], in: transaction)
        return line
    }

    /// What was taken out less what came back.
    public func leftToReturn(in transaction: CompanyTransaction) throws -> Decimal {
        try Self.returns(of: id, in: transaction).reduce(quantity) { $0 + $1.quantity }
    }

    /// The returns of a line, the oldest first.
    public static func returns(of id: WithdrawalID, in transaction: CompanyTransaction) throws -> [Withdrawal] {
        try rows(
            """
            SELECT \(raw: columnList) FROM withdrawal
            WHERE company_id = \(transaction.company) AND returns_withdrawal_id = \(id) ORDER BY created_at, id
            """, in: transaction)
    }

    private func asReturn(
        of quantity: Decimal, id: WithdrawalID, by workerID: WorkerID, date: CalendarDate, at now: Timestamp
    ) -> Withdrawal {
        Withdrawal(
            id: id, workerID: workerID, projectID: projectID, itemID: itemID, text: text, date: date,
            quantity: -quantity, unit: unit, salesPrice: salesPrice, costPrice: costPrice,
            discountPercent: discountPercent, isExtraCost: isExtraCost, extraText: extraText,
            returnsWithdrawalID: self.id, createdAt: now)
    }
}
