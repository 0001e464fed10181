import Persistence

/// The row of `erp_gate`. A company whose ERP has never failed and never told a quota has none.
struct GateRow: Sendable {
    static let shortestPause = 30
    static let longestPause = 600

    var closedUntil = Timestamp(milliseconds: 0)
    /// In a row.
    var failures = 0
    /// How long the breaker's last pause was; doubles while the failures go on, and is 0 when nothing is wrong.
    var openSeconds = 0
    var window: QuotaWindow?

    /// The breaker is open: one read at a time finds out whether the ERP is back.
    var isBroken: Bool { openSeconds > 0 }

    /// The hour that is counted now, unless a call of it is held already.
    func openWindow(besides held: Timestamp?, at now: Timestamp) -> QuotaWindow? {
        window.flatMap { $0.resetsAt > now && $0.resetsAt != held ? $0 : nil }
    }

    static func read(in transaction: CompanyTransaction) throws -> GateRow {
        let row = try transaction.first(
            """
            SELECT closed_until, failures, open_seconds, rate_limit, rate_remaining, rate_resets_at,
                \(raw: Lane.allCases.map(\.column).joined(separator: ", "))
            FROM erp_gate WHERE company_id = \(transaction.company)
            """)
        guard let row else { return GateRow() }
        var gate = GateRow(
            closedUntil: try row.get("closed_until"), failures: try row.get("failures"),
            openSeconds: try row.get("open_seconds"))
        let (limit, remaining): (Int?, Int?) = (try row.get("rate_limit"), try row.get("rate_remaining"))
        if let limit, let remaining, let resetsAt: Timestamp = try row.get("rate_resets_at") {
            let lent = try Lane.allCases.map { ($0, try row.get($0.column, as: Int.self)) }
            gate.window = QuotaWindow(
                limit: limit, remaining: remaining, resetsAt: resetsAt, lent: Dictionary(uniqueKeysWithValues: lent))
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

    /// Counts a failure. `most` in a row, or `isTooMany`, open the breaker; while it is open each one doubles the pause.
    static func countFailure(
        mostInARow most: Int, isTooMany: Bool, in transaction: CompanyTransaction
    ) throws -> (failures: Int, openSeconds: Int) {
        let row = try transaction.first(
            """
            INSERT INTO erp_gate (company_id, failures) VALUES (\(transaction.company), 1)
            ON CONFLICT (company_id) DO UPDATE SET failures = erp_gate.failures + 1
            RETURNING failures, open_seconds
            """)
        let failures: Int = try row?.get("failures") ?? 0
        let before: Int = try row?.get("open_seconds") ?? 0
        guard failures >= most || isTooMany || before > 0 else { return (failures, 0) }
        let pause = before == 0 ? shortestPause : min(before * 2, longestPause)
        try transaction.execute(
            "UPDATE erp_gate SET open_seconds = \(pause) WHERE company_id = \(transaction.company)")
        try close(until: try transaction.now() + .seconds(pause), in: transaction)
        return (failures, pause)
    }

    /// The condition lets one probe through; the others wait for what it finds out.
    static func takeProbe(of row: GateRow, now: Timestamp, in transaction: CompanyTransaction) throws -> Bool {
        try transaction.execute(
            """
            UPDATE erp_gate SET closed_until = \(now + .seconds(row.openSeconds))
            WHERE company_id = \(transaction.company) AND closed_until = \(row.closedUntil)
            """) == 1
    }

    /// Closes the breaker, so that calls go again; a gate that a 429 has closed stays closed.
    static func recover(in transaction: CompanyTransaction) throws {
        try transaction.execute(
            """
            UPDATE erp_gate SET failures = 0, open_seconds = 0,
                closed_until = CASE WHEN open_seconds > 0 THEN 0 ELSE closed_until END
            WHERE company_id = \(transaction.company) AND failures > 0
            """)
    }

    /// What an answer told. A new window starts all counts anew; within a window the number only falls, because an
    /// answer may have overtaken another, and because calls that are lent but not made are not news.
    static func write(_ window: QuotaWindow, now: Timestamp, in transaction: CompanyTransaction) throws {
        let isNew = try transaction.execute(
            """
            INSERT INTO erp_gate (company_id, rate_limit, rate_remaining, rate_resets_at)
            VALUES (\(transaction.company), \(window.limit), \(window.remaining), \(window.resetsAt))
            ON CONFLICT (company_id) DO UPDATE SET rate_limit = excluded.rate_limit,
                rate_remaining = excluded.rate_remaining, rate_resets_at = excluded.rate_resets_at,
                \(raw: Lane.allCases.map { "\($0.column) = 0" }.joined(separator: ", "))
            WHERE erp_gate.rate_resets_at IS NULL OR erp_gate.rate_resets_at <= \(now)
            """)
        guard isNew == 0 else { return }
        try transaction.execute(
            """
            UPDATE erp_gate SET rate_remaining = \(window.remaining)
            WHERE company_id = \(transaction.company) AND rate_remaining > \(window.remaining)
            """)
    }

    /// False when another process was quicker: the row must be read again.
    static func lend(
        _ calls: Int, to lane: Lane, of window: QuotaWindow, in transaction: CompanyTransaction
    ) throws -> Bool {
        try transaction.execute(
            """
            UPDATE erp_gate SET rate_remaining = rate_remaining - \(calls),
                \(raw: lane.column) = \(raw: lane.column) + \(calls)
            WHERE company_id = \(transaction.company) AND rate_resets_at = \(window.resetsAt)
                AND rate_remaining = \(window.remaining) AND \(raw: lane.column) = \(window.lent[lane, default: 0])
            """) == 1
    }
}
