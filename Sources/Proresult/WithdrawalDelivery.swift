import Foundation
import Persistence

extension Withdrawal {
    /// Takes in goods taken out from another system: as with hours, the same again changes nothing.
    public static func deliver(
        _ draft: WithdrawalDraft, externalID: String, from caller: String, id: WithdrawalID, by actor: Actor,
        today: CalendarDate, at now: Timestamp, in transaction: CompanyTransaction
    ) throws -> (line: Withdrawal, outcome: Delivery.Outcome) {
        let reference = try Delivery.begin(externalID, of: kind, from: caller, in: transaction)
        guard let stored = try find(externalReference: reference, in: transaction) else {
            let line = try register(
                draft, id: id, externalReference: reference, by: actor, today: today, at: now, in: transaction)
            return (line, .created)
        }
        guard try !stored.isSaid(by: draft) else { return (stored, .unchanged) }
        return (try edit(stored.id, to: draft, by: actor, today: today, in: transaction), .changed)
    }

    /// The same for goods that come back. A return has its terms from its line, so another quantity, day or worker
    /// under the same number is refused.
    public static func deliverReturn(
        of id: WithdrawalID, quantity: Decimal, by workerID: WorkerID, date: CalendarDate, externalID: String,
        from caller: String, returnID: WithdrawalID, actor: Actor, today: CalendarDate, at now: Timestamp,
        in transaction: CompanyTransaction
    ) throws -> (line: Withdrawal, outcome: Delivery.Outcome) {
        let reference = try Delivery.begin(externalID, of: kind, from: caller, in: transaction)
        guard let stored = try find(externalReference: reference, in: transaction) else {
            let line = try returnGoods(
                of: id, quantity: quantity, by: workerID, date: date, returnID: returnID,
                externalReference: reference, actor: actor, today: today, at: now, in: transaction)
            return (line, .created)
        }
        let isSame =
            (stored.returnsWithdrawalID, stored.quantity, stored.date, stored.workerID)
            == (id, -quantity, date, workerID)
        guard isSame else { throw ProresultError.returnIsFixed }
        return (stored, .unchanged)
    }

    /// What the draft leaves to the item is not compared: the item may have another price by now.
    private func isSaid(by draft: WithdrawalDraft) throws -> Bool {
        var own = WithdrawalDraft(self)
        if draft.text == nil { own.text = nil }
        if draft.unit == nil { own.unit = nil }
        if draft.salesPrice == nil { own.salesPrice = nil }
        if draft.costPrice == nil { own.costPrice = nil }
        var said = draft
        said.text = try draft.text?.usable(Self.kind, "text")
        said.unit = try draft.unit?.usable(Self.kind, "unit")
        said.extraText = try draft.extraText.usable(Self.kind, "extraText")
        said.note = try draft.note.usable(Self.kind, "note")
        return returnsWithdrawalID == nil && own == said
    }
}
