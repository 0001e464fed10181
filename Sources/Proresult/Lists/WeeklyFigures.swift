import Foundation
import Persistence

/// Hours and value of each of the last weeks, by state: the dashboard's chart. Two statements.
///
/// The database counts entries of a week with the same state, wage and figures; multiplying and adding is done here,
/// exactly, with each line rounded to øre as it is when sent.
public struct WeeklyFigures: Sendable {
    public struct Week: Sendable, Hashable {
        public let week: ISOWeek
        public fileprivate(set) var hours = HourSums()
        /// Hours by wage with overtime's addition, in kroner; nothing for hours without a wage.
        public fileprivate(set) var hourValue: [ApprovalState: Decimal] = [:]
        public fileprivate(set) var withdrawals: [WithdrawalState: WithdrawalSum] = [:]
    }

    /// The oldest first; a week without hours is there too.
    public let weeks: [Week]

    /// At most 26 weeks, the last of them the one with `today`.
    public init(weeks count: Int = 12, today: CalendarDate, in transaction: CompanyTransaction) throws {
        guard let last = ISOWeek(containing: today) else {
            weeks = []
            return
        }
        let shown = (0..<min(max(1, count), 26)).reversed().compactMap { last.adding(weeks: -$0) }
        var weeks = shown.map { Week(week: $0) }
        let indexes = Dictionary(shown.enumerated().map { ($1.monday, $0) }) { first, _ in first }
        for (monday, rows) in try Self.hours(shown, in: transaction) {
            guard let index = indexes[monday] else { continue }
            weeks[index].hours = try HourSums(rows)
            for row in rows {
                weeks[index].hourValue[try row.get("state"), default: 0] += try Self.value(of: row)
            }
        }
        for (monday, rows) in try Self.withdrawals(shown, in: transaction) {
            guard let index = indexes[monday] else { continue }
            for row in rows {
                try weeks[index].withdrawals[try row.get("state"), default: WithdrawalSum()].add(row)
            }
        }
        self.weeks = weeks
    }

    private static func hours(
        _ weeks: [ISOWeek], in transaction: CompanyTransaction
    ) throws -> [CalendarDate: [SQLRow]] {
        try byWeek(
            """
            SELECT monday, wage, \(raw: HourSum.columns("h")) FROM (
                SELECT h.state, h.total_hours, h.overtime50, h.overtime100, \(sql: monday("h.work_date", weeks)), (
                    SELECT v.hourly_wage FROM worker_wage v WHERE v.company_id = h.company_id
                        AND v.worker_id = h.worker_id AND v.valid_from <= h.work_date
                    ORDER BY v.valid_from DESC LIMIT 1) AS wage
                FROM hour_entry h WHERE h.company_id = \(transaction.company)
                    AND \(sql: between("h.work_date", weeks))) h
            GROUP BY monday, wage, \(raw: HourSum.groups("h")) ORDER BY monday
            """, in: transaction)
    }

    private static func withdrawals(
        _ weeks: [ISOWeek], in transaction: CompanyTransaction
    ) throws -> [CalendarDate: [SQLRow]] {
        try byWeek(
            """
            SELECT monday, state, \(raw: WithdrawalSum.figures), count(*) AS lines FROM (
                SELECT w.state, \(raw: WithdrawalSum.figures), \(sql: monday("w.withdrawal_date", weeks))
                FROM withdrawal w WHERE w.company_id = \(transaction.company)
                    AND \(sql: between("w.withdrawal_date", weeks))) w
            GROUP BY monday, state, \(raw: WithdrawalSum.figures) ORDER BY monday
            """, in: transaction)
    }

    private static func byWeek(_ sql: SQL, in transaction: CompanyTransaction) throws -> [CalendarDate: [SQLRow]] {
        try Dictionary(grouping: transaction.query(sql)) { try $0.get("monday", as: CalendarDate.self) }
    }

    private static func between(_ column: String, _ weeks: [ISOWeek]) -> SQL {
        "\(raw: column) >= \(weeks.first?.monday) AND \(raw: column) <= \(weeks.last?.sunday)"
    }

    /// Neither database knows the weeks of the other, so they are written out.
    private static func monday(_ column: String, _ weeks: [ISOWeek]) -> SQL {
        let cases = weeks.dropLast().reduce("" as SQL) { sql, week in
            "\(sql: sql) WHEN \(raw: column) <= \(week.sunday) THEN \(week.monday)"
        }
        let otherwise = weeks.last?.monday
        return weeks.count == 1 ? "\(otherwise) AS monday" : "CASE \(sql: cases) ELSE \(otherwise) END AS monday"
    }

    private static func value(of row: SQLRow) throws -> Decimal {
        guard let wage = try row.get("wage", as: Decimal?.self) else { return 0 }
        let total = try row.get("total_hours", as: Decimal.self)
        let (overtime50, overtime100) = try (
            row.get("overtime50", as: Decimal.self), row.get("overtime100", as: Decimal.self)
        )
        let parts: [(HourPart.Part, Decimal)] = [
            (.ordinary, total - overtime50 - overtime100), (.overtime50, overtime50), (.overtime100, overtime100),
        ]
        let value = parts.reduce(Decimal(0)) { $0 + (wage * $1.0.wageFactor * $1.1).rounded(toDecimals: 2) }
        return value * Decimal(try row.get("entries", as: Int.self))
    }
}
