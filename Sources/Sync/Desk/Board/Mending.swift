import Foundation
import Persistence
import Proresult

/// Mends many lines of the board together, in one transaction: all of it, or nothing when one line refuses.
public struct Mending: Sendable {
    public enum Act: Sendable, Hashable {
        /// The workers' numbers in the ERP.
        case link([WorkerID: String])
        /// Another of the ERP's work types for hours, by the project they are on. What had been approved is approved
        /// again as far as the person may.
        case workType([HourEntryID], [ProjectID: ProjectWorkTypeID])
        case wage([WorkerID: NewWage])
        /// The next step of each.
        case approve([HourEntryID])
    }

    public struct NewWage: Sendable, Hashable {
        public var hourlyWage: Decimal
        public var validFrom: CalendarDate
        public init(_ hourlyWage: Decimal, from validFrom: CalendarDate) {
            (self.hourlyWage, self.validFrom) = (hourlyWage, validFrom)
        }
    }

    /// What one line had against it: nothing was changed anywhere.
    public struct Refused: Error, Sendable, Hashable {
        /// Of whom or what, and when: nil where it is not about a single line.
        public var subject: String
        public var date: CalendarDate?
        public var because: ProresultError
    }

    /// How the lines stand that the act was about.
    public struct Outcome: Sendable, Hashable {
        public var ready: Int
        /// Those that still cannot go, and why, the commonest reason first.
        public var stopped: Int
        public var reasons: [Blocker]
        public var all: Int { ready + stopped }
    }

    /// Throws `Refused` for the first line or worker that a rule forbids, and `ProresultError` where the person may not.
    public static func carryOut(
        _ act: Act, by actor: Actor, today: CalendarDate, at now: Timestamp, randomness: Randomness,
        in transaction: CompanyTransaction
    ) throws -> Outcome {
        try checkMay(act, actor)
        let about: (BoardLine) -> Bool
        switch act {
        case .link(let numbers):
            about = { numbers[$0.workerID] != nil }
            for (worker, number) in numbers.sorted(by: { $0.key.text < $1.key.text }) {
                try telling(worker, in: transaction) {
                    _ = try Worker.link(worker, vismaEmployeeNumber: number, in: transaction)
                }
            }
        case .wage(let wages):
            about = { wages[$0.workerID] != nil && $0.job == .hours }
            for (worker, wage) in wages.sorted(by: { $0.key.text < $1.key.text }) {
                try telling(worker, in: transaction) {
                    try Worker.get(worker, in: transaction)
                        .setWage(wage.hourlyWage, validFrom: wage.validFrom, in: transaction)
                }
            }
        case .workType(let ids, let chosen):
            let mended = try changeWorkTypes(
                of: ids, to: chosen, by: actor, today: today, at: now, randomness: randomness, in: transaction)
            about = { mended.contains($0.record.id) && $0.job == .hours }
        case .approve(let ids):
            let wanted = Set(ids.map(\.text))
            about = { wanted.contains($0.record.id) && $0.job == .hours }
            for entry in try entries(ids, in: transaction) {
                try telling(entry, in: transaction) {
                    _ = try HourEntry.approve(entry.id, by: actor, at: now, randomness: randomness, in: transaction)
                }
            }
        }
        return try outcome(about, in: transaction)
    }

    private static func checkMay(_ act: Act, _ actor: Actor) throws {
        let (roles, kind): (Set<Role>, RecordKind) =
            switch act {
            case .link: ([.administrator], .worker)
            case .wage: ([.administrator, .bookkeeper], .wage)
            case .workType: ([.leader, .administrator], .hourEntry)
            case .approve: ([.leader, .administrator], .approval)
            }
        guard roles.contains(actor.role) else { throw ProresultError.notAllowed(kind, username: actor.username) }
    }

    /// By worker and date, so that two who mend the same lines lock them in one order.
    private static func entries(_ ids: [HourEntryID], in transaction: CompanyTransaction) throws -> [HourEntry] {
        let entries = try HourEntry.find(Array(Set(ids)), in: transaction)
        if let missing = Set(ids).subtracting(entries.map(\.id)).min(by: { $0.text < $1.text }) {
            throw ProresultError.notFound(.hourEntry, key: missing.text)
        }
        return entries.sorted { ($0.workerID.text, $0.date, $0.id.text) < ($1.workerID.text, $1.date, $1.id.text) }
    }

    /// Leaves the hours alone on whose project nothing was chosen. Tells which were changed.
    private static func changeWorkTypes(
        of ids: [HourEntryID], to chosen: [ProjectID: ProjectWorkTypeID], by actor: Actor, today: CalendarDate,
        at now: Timestamp, randomness: Randomness, in transaction: CompanyTransaction
    ) throws -> Set<String> {
        let workTypes = try ProjectWorkType.find(Array(Set(chosen.values)), in: transaction)
        let byID = Dictionary(workTypes.map { ($0.id, $0) }) { first, _ in first }
        var mended: Set<String> = []
        for entry in try entries(ids, in: transaction) {
            guard let wanted = chosen[entry.projectID] else { continue }
            guard let workType = byID[wanted] else {
                throw ProresultError.notFound(.projectWorkType, key: wanted.text)
            }
            try telling(entry, in: transaction) {
                // Hours on another of our own would be stopped for the same reason again.
                guard workType.origin == .visma else { throw ProresultError.workTypeClosed(name: workType.name) }
                var draft = HourEntryDraft(entry)
                draft.projectWorkTypeID = wanted
                let edited = try HourEntry.edit(entry.id, to: draft, by: actor, today: today, in: transaction)
                let hadApproval = entry.state == .approved || entry.state == .approvedStep1
                guard hadApproval, edited.state == .registered else { return }
                _ = try HourEntry.approve(entry.id, by: actor, at: now, randomness: randomness, in: transaction)
            }
            mended.insert(entry.id.text)
        }
        return mended
    }

    private static func telling(
        _ worker: WorkerID, on date: CalendarDate? = nil, in transaction: CompanyTransaction, _ body: () throws -> Void
    ) throws {
        do { try body() } catch let broken as ProresultError {
            if case .notFound = broken { throw broken }
            let name = try Worker.find(worker, in: transaction)?.name ?? worker.text
            throw Refused(subject: name, date: date, because: broken)
        }
    }

    private static func telling(
        _ entry: HourEntry, in transaction: CompanyTransaction, _ body: () throws -> Void
    ) throws {
        try telling(entry.workerID, on: entry.date, in: transaction, body)
    }

    private static func outcome(
        _ about: (BoardLine) -> Bool, in transaction: CompanyTransaction
    ) throws -> Outcome {
        let facts = try ERPFacts.stored(in: transaction)
        let lines = try Board.waiting([.hours, .withdrawals], facts: facts, in: transaction).filter(about)
        let held = lines.filter { $0.standing != .ready }
        var counts: [String: (count: Int, blocker: Blocker)] = [:]
        for reason in held.flatMap(\.reasons) {
            counts[reason.code] = ((counts[reason.code]?.count ?? 0) + 1, reason.blocker)
        }
        let reasons = counts.sorted { ($1.value.count, $0.key) < ($0.value.count, $1.key) }.map(\.value.blocker)
        return Outcome(ready: lines.count - held.count, stopped: held.count, reasons: reasons)
    }
}
