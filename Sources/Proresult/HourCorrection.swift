import Foundation
import Persistence

/// Transferred hours are locked. They are mended by an entry that takes them back and, where needed, one that says
/// what it should have been; both are approved and transferred like others.
extension HourEntry {
    /// The same hours with the sign turned, on the same day, so that the same wage counts. Once per entry.
    @discardableResult
    public static func reverse(
        _ id: HourEntryID, reversalID: HourEntryID, by actor: Actor, at now: Timestamp,
        in transaction: CompanyTransaction
    ) throws -> HourEntry {
        guard actor.role != .worker else { throw ProresultError.notAllowed(kind, username: actor.username) }
        let entry = try lock(id, in: transaction)
        guard entry.state == .transferred else { throw ProresultError.notTransferred }
        guard entry.reversesEntryID == nil else { throw ProresultError.reversalIsFixed }
        guard try reversal(of: id, in: transaction) == nil else { throw ProresultError.alreadyReversed }
        let reversal = HourEntry(
            id: reversalID, workerID: entry.workerID, projectID: entry.projectID,
            projectWorkTypeID: entry.projectWorkTypeID, date: entry.date, total: -entry.total,
            overtime50: -entry.overtime50, overtime100: -entry.overtime100, billableHours: -entry.billableHours,
            comment: entry.comment, internalNote: entry.internalNote, reversesEntryID: id, createdAt: now)
        try insert([reversal], in: transaction)
        return reversal
    }

    /// A new entry in place of one that has been reversed.
    @discardableResult
    public static func correct(
        _ id: HourEntryID, with draft: HourEntryDraft, correctionID: HourEntryID, by actor: Actor,
        today: CalendarDate, at now: Timestamp, in transaction: CompanyTransaction
    ) throws -> HourEntry {
        guard actor.role != .worker else { throw ProresultError.notAllowed(kind, username: actor.username) }
        let entry = try lock(id, in: transaction)
        guard try reversal(of: id, in: transaction) != nil else { throw ProresultError.notReversed }
        guard try corrections(of: id, in: transaction).isEmpty else { throw ProresultError.hasCorrection }
        var correction = HourEntry(
            id: correctionID, workerID: draft.workerID, projectID: draft.projectID,
            projectWorkTypeID: draft.projectWorkTypeID, date: draft.date, total: 0, correctsEntryID: id,
            createdAt: now)
        // As an edit of the first entry: what it keeps from there may be closed by now.
        try correction.fill(from: draft, .person, replacing: entry, by: actor, today: today, in: transaction)
        try insert([correction], in: transaction)
        return correction
    }

    /// Puts transferred hours right in one go: takes them back, unless that was done already, and registers what they
    /// should have been. Both are approved by the person as far as one person can.
    @discardableResult
    public static func putRight(
        _ id: HourEntryID, with draft: HourEntryDraft, by actor: Actor, today: CalendarDate, at now: Timestamp,
        randomness: Randomness, in transaction: CompanyTransaction
    ) throws -> HourEntry {
        if try reversal(of: id, in: transaction) == nil {
            try takeBack(id, by: actor, at: now, randomness: randomness, in: transaction)
        }
        let correction = try correct(
            id, with: draft, correctionID: HourEntryID(using: randomness), by: actor, today: today, at: now,
            in: transaction)
        return try approve(correction.id, by: actor, at: now, randomness: randomness, in: transaction)
    }

    /// Takes transferred hours back without anything in their place.
    @discardableResult
    public static func takeBack(
        _ id: HourEntryID, by actor: Actor, at now: Timestamp, randomness: Randomness,
        in transaction: CompanyTransaction
    ) throws -> HourEntry {
        let reversal = try reverse(
            id, reversalID: HourEntryID(using: randomness), by: actor, at: now, in: transaction)
        return try approve(reversal.id, by: actor, at: now, randomness: randomness, in: transaction)
    }

    public static func reversal(of id: HourEntryID, in transaction: CompanyTransaction) throws -> HourEntry? {
        try rows(
            """
            SELECT \(raw: columnList) FROM hour_entry
            WHERE company_id = \(transaction.company) AND reverses_entry_id = \(id)
            """, in: transaction
        ).first
    }

    public static func corrections(of id: HourEntryID, in transaction: CompanyTransaction) throws -> [HourEntry] {
        try rows(
            """
            SELECT \(raw: columnList) FROM hour_entry
            WHERE company_id = \(transaction.company) AND corrects_entry_id = \(id) ORDER BY created_at, id
            """, in: transaction)
    }
}
