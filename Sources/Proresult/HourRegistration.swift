import Foundation
import Persistence

/// Who says what was worked. A person can choose again and is told at once; a delivery from a file or a program says
/// what was, and what cannot go to Visma is held there with a reason.
public enum HourSource: Sendable {
    case person, delivery
}

/// Registering, changing and deleting hours.
extension HourEntry {
    /// `today` is the day it is where people work. Throws a `ProresultError` for each rule that is broken.
    @discardableResult
    public static func register(
        _ draft: HourEntryDraft, id: HourEntryID, externalReference: String? = nil, from source: HourSource = .person,
        by actor: Actor, today: CalendarDate, at now: Timestamp, in transaction: CompanyTransaction
    ) throws -> HourEntry {
        var entry = HourEntry(
            id: id, externalReference: try externalReference.usable(kind, "reference"), workerID: draft.workerID,
            projectID: draft.projectID, projectWorkTypeID: draft.projectWorkTypeID, date: draft.date, total: 0,
            createdAt: now)
        if let reference = entry.externalReference,
            let holder = try find(externalReference: reference, in: transaction)
        {
            throw ProresultError.taken(kind, field: "reference", value: reference, holder: holder.id.text)
        }
        try entry.fill(from: draft, source, replacing: nil, by: actor, today: today, in: transaction)
        try insert([entry], in: transaction)
        return entry
    }

    /// Changes what was registered; an approval or rejection of the old version falls. An edit that changes nothing
    /// writes nothing, except that a rejected entry goes back to registered.
    @discardableResult
    public static func edit(
        _ id: HourEntryID, to draft: HourEntryDraft, from source: HourSource = .person, by actor: Actor,
        today: CalendarDate, in transaction: CompanyTransaction
    ) throws -> HourEntry {
        let stored = try lock(id, in: transaction)
        try stored.refuseLocked()
        guard stored.reversesEntryID == nil else { throw ProresultError.reversalIsFixed }
        try stored.checkAge(by: actor, today: today, in: transaction)
        var entry = stored
        try entry.fill(from: draft, source, replacing: stored, by: actor, today: today, in: transaction)
        guard entry != stored || stored.state == .rejected else { return stored }
        entry.state = .registered
        entry.version += 1
        try update([entry], in: transaction)
        return entry
    }

    /// Only what was registered or rejected can go, and its decisions with it.
    public static func delete(
        _ id: HourEntryID, by actor: Actor, today: CalendarDate, in transaction: CompanyTransaction
    ) throws {
        let entry = try lock(id, in: transaction)
        try entry.refuseLocked()
        guard entry.state == .registered || entry.state == .rejected else {
            throw ProresultError.deleteOfApproved
        }
        try entry.checkOwn(by: actor, in: transaction)
        try entry.checkAge(by: actor, today: today, in: transaction)
        if let reversed = entry.reversesEntryID, try !corrections(of: reversed, in: transaction).isEmpty {
            throw ProresultError.hasCorrection
        }
        try transaction.execute(
            "DELETE FROM approval WHERE company_id = \(transaction.company) AND hour_entry_id = \(id)")
        try transaction.execute("DELETE FROM hour_entry WHERE company_id = \(transaction.company) AND id = \(id)")
    }

    /// Writes the draft into the entry when all rules hold. What the entry keeps from before may be closed by now.
    mutating func fill(
        from draft: HourEntryDraft, _ source: HourSource, replacing stored: HourEntry?, by actor: Actor,
        today: CalendarDate, in transaction: CompanyTransaction
    ) throws {
        // The lock makes two entries of one worker wait for each other, so that both count in the day's sum.
        let worker = try Worker.lock(draft.workerID, in: transaction)
        guard worker.isActive || stored?.workerID == worker.id else {
            throw ProresultError.inactive(.worker, name: worker.name)
        }
        let project = try Project.get(draft.projectID, in: transaction)
        let workType = try ProjectWorkType.get(draft.projectWorkTypeID, in: transaction)
        if stored?.projectID != project.id || stored?.projectWorkTypeID != workType.id {
            try workType.checkAvailable(on: project, in: transaction)
            if source == .person { try workType.checkReachesVisma(from: project) }
        }
        let figures = try HourFigures(draft, on: project)
        (workerID, projectID, projectWorkTypeID, date) = (worker.id, project.id, workType.id, draft.date)
        (from, to, breakMinutes) = (draft.from, draft.to, draft.breakMinutes)
        (total, overtime50, overtime100) = (figures.total, figures.overtime50, figures.overtime100)
        billableHours = figures.billable
        comment = try draft.comment.usable(Self.kind, "comment")
        internalNote = try draft.internalNote.usable(Self.kind, "internalNote")
        try checkOwn(by: actor, in: transaction)
        if let stored { try stored.checkOwn(by: actor, in: transaction) }
        try checkAge(by: actor, today: today, in: transaction)
        try checkDay(in: transaction)
    }
}

extension HourEntry {
    /// Throws for an entry that is transferred, or on its way.
    func refuseLocked() throws {
        if state == .transferred { throw ProresultError.locked(Self.kind) }
        if transferredRun != nil { throw ProresultError.beingTransferred(Self.kind) }
    }

    /// A worker registers for oneself; others may for everybody.
    func checkOwn(by actor: Actor, in transaction: CompanyTransaction) throws {
        guard actor.role == .worker else { return }
        guard try Worker.get(workerID, in: transaction).username == actor.username.lowercased() else {
            throw ProresultError.notAllowed(Self.kind, username: actor.username)
        }
    }

    /// Not later than tomorrow, since a night shift may be written before midnight; for a worker not too long ago.
    func checkAge(by actor: Actor, today: CalendarDate, in transaction: CompanyTransaction) throws {
        guard today.days(to: date) <= 1 else { throw ProresultError.dateInFuture(Self.kind, date) }
        guard actor.role == .worker,
            let daysBack = try CompanySetting.Rules(in: transaction).maxDaysBack
        else { return }
        guard date.days(to: today) <= daysBack else { throw ProresultError.dateTooOld(date, daysBack: daysBack) }
    }

    /// At most 24 hours a day, in all the worker's entries that are not rejected. A reversal counts as less.
    func checkDay(in transaction: CompanyTransaction) throws {
        let others = try transaction.query(
            """
            SELECT total_hours FROM hour_entry WHERE company_id = \(transaction.company)
            AND worker_id = \(workerID) AND work_date = \(date) AND state <> 'rejected' AND id <> \(id)
            """)
        let sum = try others.reduce(total) { sum, row in sum + (try row.get("total_hours", as: Decimal.self)) }
        guard sum <= 24 else { throw ProresultError.moreThan24HoursOnDay(date: date, total: sum) }
    }
}

extension HourEntry {
    public static func find(externalReference: String, in transaction: CompanyTransaction) throws -> HourEntry? {
        try rows(
            """
            SELECT \(raw: columnList) FROM hour_entry
            WHERE company_id = \(transaction.company) AND external_reference = \(externalReference)
            """, in: transaction
        ).first
    }

    /// A worker's entries from one day to another, both counted, by date.
    public static func of(
        _ workerID: WorkerID, from first: CalendarDate, to last: CalendarDate, in transaction: CompanyTransaction
    ) throws -> [HourEntry] {
        try rows(
            """
            SELECT \(raw: columnList) FROM hour_entry WHERE company_id = \(transaction.company)
            AND worker_id = \(workerID) AND work_date >= \(first) AND work_date <= \(last) ORDER BY work_date, id
            """, in: transaction)
    }

    /// Everybody's entries from one day to another, both counted, by date; of some states when given.
    public static func all(
        from first: CalendarDate, to last: CalendarDate, states: [ApprovalState] = ApprovalState.allCases,
        in transaction: CompanyTransaction
    ) throws -> [HourEntry] {
        try rows(
            """
            SELECT \(raw: columnList) FROM hour_entry WHERE company_id = \(transaction.company)
            AND state IN (\(list: states)) AND work_date >= \(first) AND work_date <= \(last) ORDER BY work_date, id
            """, in: transaction)
    }
}
