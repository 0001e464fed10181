import Foundation
import Persistence

/// Approving and rejecting: `registered → (approvedStep1 →) approved`, and `rejected` from each of them.
extension HourEntry {
    /// Approves the next step. `step`, when given, must be that one, so that two people who press the same button do
    /// not do two steps. With two steps a second person does the second.
    @discardableResult
    public static func approve(
        _ id: HourEntryID, step: Int? = nil, by actor: Actor, comment: String = "", at now: Timestamp,
        randomness: Randomness, in transaction: CompanyTransaction
    ) throws -> HourEntry {
        try checkMayDecide(actor)
        var entry = try lock(id, in: transaction)
        let steps = try CompanySetting.Rules(in: transaction).approvalSteps
        let next = try entry.nextStep()
        if let step, step != next { throw ProresultError.wrongStep(expected: next) }
        if next == 2, steps == 2, try entry.firstApprover(in: transaction) == actor.username {
            throw ProresultError.sameApprover(username: actor.username)
        }
        entry.state = next < steps ? .approvedStep1 : .approved
        let decision = try entry.decision(
            .approved, step: next, by: actor, comment: comment, at: now, randomness: randomness)
        try update([entry], in: transaction)
        try Approval.insert([decision], in: transaction)
        return entry
    }

    /// Sends the entry back with a reason. What is transferred or on its way cannot be sent back.
    @discardableResult
    public static func reject(
        _ id: HourEntryID, by actor: Actor, comment: String, at now: Timestamp, randomness: Randomness,
        in transaction: CompanyTransaction
    ) throws -> HourEntry {
        try checkMayDecide(actor)
        var entry = try lock(id, in: transaction)
        try entry.refuseLocked()
        guard entry.state != .rejected else { throw ProresultError.illegalMove(from: .rejected, to: .rejected) }
        let comment = try comment.usable(.approval, "comment", .required)
        let step = entry.state == .registered ? 1 : 2
        entry.state = .rejected
        let decision = try entry.decision(
            .rejected, step: step, by: actor, comment: comment, at: now, randomness: randomness)
        try update([entry], in: transaction)
        try Approval.insert([decision], in: transaction)
        return entry
    }

    /// Approves the next step of all a worker's entries in the week, Monday to Sunday, that holds a date. Entries that
    /// are done, rejected, or wait for another person are left as they are. Returns what was approved.
    @discardableResult
    public static func approveWeek(
        of workerID: WorkerID, containing date: CalendarDate, by actor: Actor, at now: Timestamp,
        randomness: Randomness, in transaction: CompanyTransaction
    ) throws -> [HourEntry] {
        try checkMayDecide(actor)
        guard let week = date.week else { return [] }
        var approved: [HourEntry] = []
        for entry in try of(workerID, from: week.lowerBound, to: week.upperBound, in: transaction) {
            guard entry.state == .registered || entry.state == .approvedStep1 else { continue }
            do {
                approved.append(
                    try approve(entry.id, by: actor, at: now, randomness: randomness, in: transaction))
            } catch ProresultError.sameApprover {
                continue
            }
        }
        return approved
    }

    /// All steps that are left, by one and the same: for entries that were approved where they come from.
    static func approveAllSteps(
        _ id: HourEntryID, by actor: Actor, at now: Timestamp, randomness: Randomness,
        in transaction: CompanyTransaction
    ) throws -> HourEntry {
        var entry = try lock(id, in: transaction)
        let steps = try CompanySetting.Rules(in: transaction).approvalSteps
        let next = try entry.nextStep()
        entry.state = .approved
        let decisions = try (next...max(next, steps)).map {
            try entry.decision(.approved, step: $0, by: actor, comment: "", at: now, randomness: randomness)
        }
        try update([entry], in: transaction)
        try Approval.insert(decisions, in: transaction)
        return entry
    }

    private static func checkMayDecide(_ actor: Actor) throws {
        guard actor.role != .worker else { throw ProresultError.notAllowed(.approval, username: actor.username) }
    }

    private func nextStep() throws -> Int {
        switch state {
        case .registered: return 1
        case .approvedStep1: return 2
        case .transferred: throw ProresultError.locked(Self.kind)
        case .approved, .rejected: throw ProresultError.illegalMove(from: state, to: .approved)
        }
    }

    private func firstApprover(in transaction: CompanyTransaction) throws -> String? {
        try Approval.of(id, in: transaction).last {
            $0.entryVersion == version && $0.step == 1 && $0.decision == .approved
        }?.decidedBy
    }

    private func decision(
        _ decision: ApprovalDecision, step: Int, by actor: Actor, comment: String, at now: Timestamp,
        randomness: Randomness
    ) throws -> Approval {
        Approval(
            id: ApprovalID(using: randomness), hourEntryID: id, entryVersion: version, step: step,
            decision: decision, decidedBy: actor.username, decidedAt: now,
            comment: try comment.usable(.approval, "comment"))
    }
}

extension Approval {
    /// The decisions about an entry, the oldest first.
    public static func of(_ id: HourEntryID, in transaction: CompanyTransaction) throws -> [Approval] {
        try rows(
            """
            SELECT \(raw: columnList) FROM approval
            WHERE company_id = \(transaction.company) AND hour_entry_id = \(id) ORDER BY decided_at, step, id
            """, in: transaction)
    }
}

extension CalendarDate {
    /// Monday to Sunday; nil at the edge of the supported years.
    public var week: ClosedRange<CalendarDate>? {
        guard let aMonday = CalendarDate(year: 2024, month: 1, day: 1) else { return nil }
        let weekday = (aMonday.days(to: self) % 7 + 7) % 7
        guard let monday = adding(days: -weekday), let sunday = adding(days: 6 - weekday) else { return nil }
        return monday...sunday
    }
}
