import Foundation
import Persistence

/// A worker's own week at a glance: seven days with what was registered on them. One statement.
public struct WorkerWeek: Sendable {
    public struct Day: Sendable, Hashable {
        public let date: CalendarDate
        public let rows: [HourRow]

        /// What counts: all but the rejected.
        public var total: Decimal { rows.filter { $0.entry.state != .rejected }.reduce(0) { $0 + $1.entry.total } }
    }

    public let week: ISOWeek
    public let days: [Day]

    public var rows: [HourRow] { days.flatMap(\.rows) }
    public var total: Decimal { days.reduce(0) { $0 + $1.total } }

    public init(of worker: WorkerID, _ week: ISOWeek, in transaction: CompanyTransaction) throws {
        self.week = week
        let rows = try HourRow.rows(
            "",
            """
            WHERE h.company_id = \(transaction.company) AND h.worker_id = \(worker)
                AND h.work_date >= \(week.monday) AND h.work_date <= \(week.sunday)
            ORDER BY h.work_date, coalesce(h.from_time, ''), h.created_at, h.id
            """, in: transaction)
        days = (0..<7).compactMap { week.monday.adding(days: $0) }.map { date in
            Day(date: date, rows: rows.filter { $0.entry.date == date })
        }
    }
}

extension HourRow {
    /// The entries of the last day before a date on which the worker registered anything: what *copy yesterday* copies.
    /// On a Monday that is Friday. Reversals and rejected entries are not worth a copy; those that are not
    /// `isChoosable` cannot be registered again as they stand.
    public static func lastDay(
        of worker: WorkerID, before date: CalendarDate, in transaction: CompanyTransaction
    ) throws -> [HourRow] {
        // Not IS NULL: SQLite would take the index of that pointer for the rarest of all, and nearly all rows are without it.
        let worthCopying = "h.state <> 'rejected' AND coalesce(h.reverses_entry_id, '') = ''"
        return try rows(
            "",
            """
            WHERE h.company_id = \(transaction.company) AND h.worker_id = \(worker) AND \(raw: worthCopying)
                AND h.work_date = (
                    SELECT h.work_date FROM hour_entry h
                    WHERE h.company_id = \(transaction.company) AND h.worker_id = \(worker)
                        AND h.work_date < \(date) AND \(raw: worthCopying)
                    ORDER BY h.work_date DESC LIMIT 1)
            ORDER BY coalesce(h.from_time, ''), h.created_at, h.id
            """, in: transaction)
    }
}
