import Persistence

/// The runs that are under way, for those who watch: also one that somebody else or the clock started.
public struct RunProgress: Sendable, Hashable {
    public var run: RunRow
    /// Documents that are frozen and still to be sent, of an export.
    public var documentsLeft: Int
    /// False when it ended after the watcher's last look.
    public var isRunning: Bool { run.outcome == .running }

    /// What runs now, and what ended at or after an instant, in the order in which they started.
    public static func read(since time: Timestamp, in transaction: CompanyTransaction) throws -> [RunProgress] {
        try transaction.query(
            """
            SELECT \(raw: RunRow.columns), (
                SELECT count(*) FROM export_document document
                WHERE document.company_id = job.company_id AND document.kind = job.name AND document.state = 'ready'
            ) AS documents_left
            FROM job JOIN run ON run.company_id = job.company_id AND run.id = \(raw: RunRow.latestOfJob)
            WHERE job.company_id = \(transaction.company)
                AND (run.outcome = 'running' OR run.finished_at >= \(time))
            ORDER BY run.started_at, run.id
            """
        ).map { row in try RunProgress(run: RunRow(row), documentsLeft: row.get("documents_left")) }
    }
}

extension RunProgress {
    /// One run, over or not.
    public static func of(_ id: SyncRunID, in transaction: CompanyTransaction) throws -> RunProgress? {
        try RunLog.run(id, in: transaction).flatMap { try of([$0], in: transaction).first }
    }

    /// The same runs with what is left; one statement.
    public static func of(_ runs: [RunRow], in transaction: CompanyTransaction) throws -> [RunProgress] {
        guard runs.contains(where: { $0.outcome == .running }) else {
            return runs.map { RunProgress(run: $0, documentsLeft: 0) }
        }
        let left = try transaction.query(
            """
            SELECT kind, count(*) AS n FROM export_document
            WHERE company_id = \(transaction.company) AND state = 'ready' GROUP BY kind ORDER BY kind
            """
        ).reduce(into: [JobName: Int]()) { left, row in left[try row.get("kind")] = try row.get("n") }
        return runs.map { RunProgress(run: $0, documentsLeft: $0.outcome == .running ? left[$0.job] ?? 0 : 0) }
    }
}

extension RunRow {
    /// The id of the latest run of the job in the row called `job`.
    static let latestOfJob = """
        (SELECT latest.id FROM run latest WHERE latest.company_id = job.company_id AND latest.job = job.name
                ORDER BY latest.started_at DESC, latest.id DESC LIMIT 1)
        """
}

extension CompanyTransaction {
    /// The figures of an export that goes on: one more document is in the ERP.
    func addSent(lines: Int, to run: SyncRunID) throws {
        try execute(
            """
            UPDATE run SET documents = documents + 1, sent_lines = sent_lines + \(lines)
            WHERE company_id = \(company) AND id = \(run) AND outcome = 'running'
            """)
    }

    /// What could not go, as soon as it is known.
    func record(held: Int, in run: SyncRunID) throws {
        try execute("UPDATE run SET held_count = \(held) WHERE company_id = \(company) AND id = \(run)")
    }
}
