import Foundation
import Persistence

/// The hours that wait for a person: step one for every leader, step two for all but the one who did step one.
public struct ApprovalList: Sendable {
    /// What waits of one worker in the chosen week.
    public struct Row: Sendable, Hashable {
        public let workerID: WorkerID
        public let workerName: String
        public let employeeNumber: String
        /// By state: `registered` waits for step one, `approvedStep1` for step two.
        public let hours: HourSums
    }

    public struct Week: Sendable, Hashable {
        public let week: ISOWeek
        public let entries: Int
    }

    /// Every week in which something waits, the oldest first.
    public let weeks: [Week]
    /// Whose rows follow: the one asked for, or the oldest; nil when nothing waits.
    public let week: ISOWeek?
    public let rows: [Row]

    public var entries: Int { weeks.reduce(0) { $0 + $1.entries } }

    /// Three statements. A worker decides nothing, so nothing waits.
    public init(for actor: Actor, week: ISOWeek? = nil, in transaction: CompanyTransaction) throws {
        guard actor.role != .worker else {
            (weeks, self.week, rows) = ([], week, [])
            return
        }
        let steps = try CompanySetting.Rules(in: transaction).approvalSteps
        let waiting = Self.waiting(for: actor, steps: steps, transaction.company)
        let days = try transaction.query(
            """
            SELECT h.work_date, count(*) AS entries FROM hour_entry h WHERE \(sql: waiting)
            GROUP BY h.work_date ORDER BY h.work_date
            """)
        let counted = try days.compactMap { row in
            try ISOWeek(containing: try row.get("work_date")).map { ($0, try row.get("entries", as: Int.self)) }
        }
        let found = Dictionary(counted, uniquingKeysWith: +).map { Week(week: $0, entries: $1) }
        weeks = found.sorted { $0.week < $1.week }
        let chosen = week ?? weeks.first?.week
        self.week = chosen
        rows = try chosen.map { try Self.rows(in: $0, waiting, transaction) } ?? []
    }

    /// The entries themselves, of one worker or all, by day. Two statements.
    public static func entries(
        for actor: Actor, week: ISOWeek, worker: WorkerID? = nil, in transaction: CompanyTransaction
    ) throws -> [HourRow] {
        guard actor.role != .worker else { return [] }
        let steps = try CompanySetting.Rules(in: transaction).approvalSteps
        var conditions = [waiting(for: actor, steps: steps, transaction.company), days(of: week)]
        if let worker { conditions.append("h.worker_id = \(worker)") }
        return try HourRow.rows(
            "",
            """
            WHERE \(sql: conditions.all())
            ORDER BY k.sort_name, h.worker_id, h.work_date, coalesce(h.from_time, ''), h.created_at, h.id
            """, in: transaction)
    }

    private static func waiting(for actor: Actor, steps: Int, _ company: CompanyID) -> SQL {
        let mine: SQL =
            steps == 2
            ? "AND (h.state = 'registered' OR coalesce(\(raw: HourRow.firstApprover), '') <> \(actor.username))" : ""
        return """
            h.company_id = \(company) AND h.state <> 'transferred' AND h.state IN ('registered', 'approvedStep1')
                \(sql: mine)
            """
    }

    private static func days(of week: ISOWeek) -> SQL {
        "h.work_date >= \(week.monday) AND h.work_date <= \(week.sunday)"
    }

    private static func rows(in week: ISOWeek, _ waiting: SQL, _ transaction: CompanyTransaction) throws -> [Row] {
        let worker = "k.sort_name, k.id, k.name, k.employee_number"
        return try transaction.query(
            """
            SELECT \(raw: worker), \(raw: HourSum.columns("h")) FROM hour_entry h
            JOIN worker k ON k.company_id = h.company_id AND k.id = h.worker_id
            WHERE \(sql: waiting) AND \(sql: days(of: week))
            GROUP BY \(raw: worker), \(raw: HourSum.groups("h")) ORDER BY k.sort_name, k.id
            """
        ).grouped { try $0.get("id", as: WorkerID.self) }.map { id, first, rows in
            Row(
                workerID: id, workerName: try first.get("name"), employeeNumber: try first.get("employee_number"),
                hours: try HourSums(rows))
        }
    }
}
