import Foundation
import Persistence

extension HourEntry {
    /// Takes in hours from another system. What says the same changes nothing, in whatever state the entry is by now;
    /// what says something else changes the entry while nobody has approved it.
    public static func deliver(
        _ draft: HourEntryDraft, externalID: String, from caller: String, id: HourEntryID, by actor: Actor,
        today: CalendarDate, at now: Timestamp, in transaction: CompanyTransaction
    ) throws -> (entry: HourEntry, outcome: Delivery.Outcome) {
        let reference = try Delivery.begin(externalID, of: kind, from: caller, in: transaction)
        guard let stored = try find(externalReference: reference, in: transaction) else {
            let entry = try register(
                draft, id: id, externalReference: reference, by: actor, today: today, at: now, in: transaction)
            return (entry, .created)
        }
        guard try !stored.isSaid(by: draft) else { return (stored, .unchanged) }
        return (try revise(stored.id, to: draft, by: actor, today: today, in: transaction), .changed)
    }

    /// As `edit`, but never over an approval: a program must not undo what a leader has said.
    @discardableResult
    public static func revise(
        _ id: HourEntryID, to draft: HourEntryDraft, by actor: Actor, today: CalendarDate,
        in transaction: CompanyTransaction
    ) throws -> HourEntry {
        let stored = try lock(id, in: transaction)
        try stored.refuseLocked()
        guard stored.state == .registered || stored.state == .rejected else { throw ProresultError.approvedDiffers }
        return try edit(id, to: draft, by: actor, today: today, in: transaction)
    }

    /// Whether the entry is what the draft says; what the draft leaves to us is not compared, since it may follow from
    /// something that has changed here.
    private func isSaid(by draft: HourEntryDraft) throws -> Bool {
        var own = HourEntryDraft(self)
        if draft.total == nil, draft.from != nil { own.total = nil }
        if draft.billableHours == nil { own.billableHours = nil }
        var said = draft
        said.comment = try draft.comment.usable(Self.kind, "comment")
        said.internalNote = try draft.internalNote.usable(Self.kind, "internalNote")
        return own == said
    }
}
