import Foundation
import Persistence

/// A worker's hourly wage from a day on, in kroner. The history is kept: an entry of March must not change its price
/// because the wage was raised in April.
public struct Wage: Hashable, Sendable {
    public var workerID: WorkerID
    public var validFrom: CalendarDate
    public var hourlyWage: Decimal

    public init(workerID: WorkerID, validFrom: CalendarDate, hourlyWage: Decimal) {
        self.workerID = workerID
        self.validFrom = validFrom
        self.hourlyWage = hourlyWage
    }

    init(row: SQLRow) throws {
        workerID = try row.get("worker_id")
        validFrom = try row.get("valid_from")
        hourlyWage = try row.get("hourly_wage")
    }
}

extension Wage {
    /// Every worker's wages, the oldest first.
    public static func all(
        in transaction: CompanyTransaction
    ) throws -> [WorkerID: [(validFrom: CalendarDate, wage: Decimal)]] {
        let wages = try transaction.query(
            """
            SELECT worker_id, valid_from, hourly_wage FROM worker_wage
            WHERE company_id = \(transaction.company) ORDER BY worker_id, valid_from
            """
        ).map(Wage.init(row:))
        return Dictionary(grouping: wages, by: \.workerID).mapValues { wages in
            wages.map { ($0.validFrom, $0.hourlyWage) }
        }
    }

    static func check(_ wage: Decimal) throws {
        guard wage > 0 else { throw ProresultError.notPositive(.wage, field: "hourlyWage") }
        guard wage.decimals <= 2 else { throw ProresultError.tooManyDecimals(.wage, field: "hourlyWage", limit: 2) }
    }
}

extension Worker {
    /// Sets the wage from a day on, in place of one that was set for the same day.
    public func setWage(_ wage: Decimal, validFrom: CalendarDate, in transaction: CompanyTransaction) throws {
        try Wage.check(wage)
        try transaction.execute(
            """
            INSERT INTO worker_wage (company_id, worker_id, valid_from, hourly_wage)
            VALUES (\(transaction.company), \(id), \(validFrom), \(wage))
            ON CONFLICT (company_id, worker_id, valid_from) DO UPDATE SET hourly_wage = excluded.hourly_wage
            """)
    }

    /// The wage that is valid on a day; nil when none is.
    public func wage(on date: CalendarDate, in transaction: CompanyTransaction) throws -> Decimal? {
        try transaction.first(
            """
            SELECT hourly_wage FROM worker_wage
            WHERE company_id = \(transaction.company) AND worker_id = \(id) AND valid_from <= \(date)
            ORDER BY valid_from DESC LIMIT 1
            """
        )?.get("hourly_wage")
    }

    /// The oldest first.
    public func wages(in transaction: CompanyTransaction) throws -> [Wage] {
        try transaction.query(
            """
            SELECT worker_id, valid_from, hourly_wage FROM worker_wage
            WHERE company_id = \(transaction.company) AND worker_id = \(id) ORDER BY valid_from
            """
        ).map(Wage.init(row:))
    }
}
