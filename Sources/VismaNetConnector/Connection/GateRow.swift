import Persistence

/// The row of `erp_gate`. A company whose ERP has never failed and never told a quota has none.
struct GateRow: Sendable {
    static let shortestPause = 30
    static let longestPause = 600

    var closedUntil = Timestamp(milliseconds: 0)
    /// In a row.
    var failures = 0
    /// How long the last pause was; doubles while the failures go on.
    var openSeconds = 0
    var window: QuotaWindow?

    static func read(in transaction: CompanyTransaction) throws -> GateRow {
        let row = try transaction.first(
            """
            SELECT closed_until, failures, open_seconds, rate_limit, rate_remaining, rate_resets_at
            FROM erp_gate WHERE company_id = \(transaction.company)
            """)
        guard let row else { return GateRow() }
        var gate = GateRow(
            closedUntil: try row.get("closed_until"), failures: try row.get("failures"),
            openSeconds: try row.get("open_seconds"))
        let (limit, remaining): (Int?, Int?) = (try row.get("rate_limit"), try row.get("rate_remaining"))
        if let limit, let remaining, let resetsAt: Timestamp = try row.get("rate_resets_at") {
            gate.window = QuotaWindow(limit: limit, remaining: remaining, resetsAt: resetsAt)
        }
        return gate
    }

    /// Later only: a shorter wait told by another answer does not open the gate.
    static func close(until time: Timestamp, in transaction: CompanyTransaction) throws {
        try transaction.execute(
            """
            INSERT INTO erp_gate (company_id, closed_until) VALUES (\(transaction.company), \(time))
            ON CONFLICT (company_id) DO UPDATE SET closed_until = excluded.closed_until
            WHERE erp_gate.closed_until < excluded.closed_until
            """)
    }

    /// Tells how many there were in a row. From `most` on each of them closes the gate for twice as long.
    static func countFailure(in transaction: CompanyTransaction, pauseAt most: Int) throws -> Int {
        let row = try transaction.first(
            """
            INSERT INTO erp_gate (company_id, failures) VALUES (\(transaction.company), 1)
            ON CONFLICT (company_id) DO UPDATE SET failures = erp_gate.failures + 1
            RETURNING failures, open_seconds
            """)
        let failures: Int = try row?.get("failures") ?? 0
        guard failures >= most else { return failures }
        let before: Int = try row?.get("open_seconds") ?? 0
        let pause = before == 0 ? shortestPause : min(before * 2, longestPause)
        try transaction.execute(
            "UPDATE erp_gate SET open_seconds = \(pause) WHERE company_id = \(transaction.company)")
        try close(until: try transaction.now() + .seconds(pause), in: transaction)
        return failures
    }

    /// Opens a breaker; a gate that a 429 has closed stays closed.
    static func recover(in transaction: CompanyTransaction) throws {
        try transaction.execute(
            """
            UPDATE erp_gate SET failures = 0, open_seconds = 0,
                closed_until = CASE WHEN open_seconds > 0 THEN 0 ELSE closed_until END
            WHERE company_id = \(transaction.company) AND failures > 0
            """)
    }

    /// Within one window the number only falls: an answer that overtook another may tell an older one.
    static func write(_ window: QuotaWindow, now: Timestamp, in transaction: CompanyTransaction) throws {
        try transaction.execute(
            """
            INSERT INTO erp_gate (company_id, rate_limit, rate_remaining, rate_resets_at)
            VALUES (\(transaction.company), \(window.limit), \(window.remaining), \(window.resetsAt))
            ON CONFLICT (company_id) DO UPDATE SET rate_limit = excluded.rate_limit,
                rate_remaining = excluded.rate_remaining, rate_resets_at = excluded.rate_resets_at
            WHERE erp_gate.rate_resets_at IS NULL OR erp_gate.rate_resets_at <= \(now)
                OR erp_gate.rate_remaining > excluded.rate_remaining
            """)
    }
}

/// One hour of calls, as the answers' headers tell it.
struct QuotaWindow: Sendable, Hashable {
    var limit: Int
    var remaining: Int
    var resetsAt: Timestamp

    /// A new window, or at least a slice of 20 calls (1 % of a small quota) less than what is known.
    func isWorthWriting(over known: QuotaWindow?, now: Timestamp) -> Bool {
        guard let known, known.resetsAt > now, known.limit == limit else { return true }
        return known.remaining - remaining >= min(20, max(1, limit / 100))
    }
}
