import CoreMetrics
import Logging
import Persistence
import Proresult

/// Deletes what is older than its term: every night, company after company, in short transactions with other work between
/// them. Each transaction is whole by itself, so that a process may die between any two.
public struct Retention: Sendable {
    private let database: any SQLDatabase
    private let terms: RetentionTerms
    private let rules: [RetentionRule]
    private let most: Int
    private let logger: Logger
    private let metrics: any MetricsFactory

    /// After so long without a sign of life a company is another process's.
    static let patience = Duration.seconds(600)
    /// Rows of one transaction, more or less.
    public static let mostRows = 1000

    /// - Parameter deletesAudit: false where the database's role may not touch the audit trail.
    public init(
        database: any SQLDatabase, terms: RetentionTerms, deletesAudit: Bool, most: Int = Self.mostRows,
        logger: Logger, metrics: any MetricsFactory = MetricsSystem.factory
    ) {
        self.database = database
        self.terms = terms
        rules = RetentionRule.allCases.filter { deletesAudit || $0 != .audit }
        self.most = most
        self.logger = logger
        self.metrics = metrics
    }

    /// Takes the company whose night came first and goes through it to its end. False when no company's night has come.
    /// Throws `CancellationError` where the task has been cancelled: thousands of companies may be due.
    public func runNext() async throws -> Bool {
        try Task.checkCancellation()
        let due = try await database.readAcrossCompanies { connection in
            try connection.first(
                """
                SELECT id FROM company WHERE retention_at <= \(connection.now()) AND state IN ('active', 'paused')
                ORDER BY retention_at, id LIMIT 1
                """)?.get("id", as: CompanyID.self)
        }
        guard let company = due else { return false }
        let isMine = try await database.transaction(company: company) { transaction in
            let now = try transaction.now()
            return try transaction.execute(
                """
                UPDATE company SET retention_at = \(now + Self.patience)
                WHERE id = \(company) AND retention_at <= \(now) AND state IN ('active', 'paused')
                """) == 1
        }
        if isMine { _ = try await run(company) }
        return true
    }

    /// Goes through a company now, and tells how many rows went by each rule. Nothing goes of a company that is on its way
    /// to or from another database.
    @discardableResult
    public func run(_ company: CompanyID) async throws -> [RetentionRule: Int] {
        var deleted: [RetentionRule: Int] = [:]
        for rule in rules {
            try Task.checkCancellation()
            var rows = 0
            while let some = try await deleteSome(rule, of: company), some > 0 {
                rows += some
                try Task.checkCancellation()
            }
            guard rows > 0 else { continue }
            deleted[rule] = rows
            Counter(label: "ferje_retention_rows_total", dimensions: [("rule", rule.rawValue)], factory: metrics)
                .increment(by: rows)
            logger.notice(
                "deleted what is older than its term",
                metadata: ["company": "\(company)", "rule": "\(rule.rawValue)", "rows": "\(rows)"])
        }
        try await database.transaction(company: company) { transaction in
            let night = Schedule.lastNightly(before: try transaction.now() + .seconds(86_400), company: company)
            _ = try transaction.execute("UPDATE company SET retention_at = \(night) WHERE id = \(company)")
        }
        return deleted
    }

    /// Nil when the company's state does not allow it; the same statement is the sign of life.
    private func deleteSome(_ rule: RetentionRule, of company: CompanyID) async throws -> Int? {
        try await database.transaction(company: company) { [terms, most] transaction in
            let now = try transaction.now()
            let isOpen = try transaction.execute(
                """
                UPDATE company SET retention_at = \(now + Self.patience)
                WHERE id = \(company) AND state IN ('active', 'paused')
                """)
            guard isOpen == 1, let limits = RetentionLimits(terms, at: now) else { return nil }
            return try rule.deleteSome(most, before: limits, in: transaction)
        }
    }
}
