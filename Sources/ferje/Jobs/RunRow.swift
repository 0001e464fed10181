import Persistence
import Sync

/// A run as its row tells it: all that is left when another process, or an earlier one, did it.
struct RunRow: Sendable {
    var job: JobName
    var startedBy: String
    var startedAt: Timestamp
    var finishedAt: Timestamp?
    var outcome: String
    var counts: RunCounts
    var requests: Int
    var errorKind: String?
    var error: String?

    init(_ row: SQLRow) throws {
        job = try row.get("job")
        startedBy = try row.get("started_by")
        startedAt = try row.get("started_at")
        finishedAt = try row.get("finished_at")
        outcome = try row.get("outcome")
        counts = RunCounts()
        counts.read = try row.get("read_count")
        counts.created = try row.get("created_count")
        counts.changed = try row.get("changed_count")
        counts.unchanged = try row.get("unchanged_count")
        counts.quarantined = try row.get("quarantined_count")
        counts.sentLines = try row.get("sent_lines")
        counts.documents = try row.get("documents")
        counts.held = try row.get("held_count")
        requests = try row.get("requests")
        errorKind = try row.get("error_kind")
        error = try row.get("error")
    }

    private static let columns = """
        job, started_by, started_at, finished_at, outcome, read_count, created_count, changed_count, unchanged_count,
        quarantined_count, sent_lines, documents, held_count, requests, error_kind, error
        """

    /// The run that was started at or after an instant, once it is over.
    static func finished(
        _ job: JobName, after time: Timestamp, in transaction: CompanyTransaction
    ) throws -> RunRow? {
        try transaction.first(
            """
            SELECT \(raw: columns) FROM run
            WHERE company_id = \(transaction.company) AND job = \(job) AND started_at >= \(time)
                AND outcome IN ('succeeded', 'partly', 'failed')
            ORDER BY started_at DESC, id DESC LIMIT 1
            """
        ).map(RunRow.init)
    }

    static func latest(_ job: JobName, in transaction: CompanyTransaction) throws -> RunRow? {
        try transaction.first(
            """
            SELECT \(raw: columns) FROM run WHERE company_id = \(transaction.company) AND job = \(job)
            ORDER BY started_at DESC, id DESC LIMIT 1
            """
        ).map(RunRow.init)
    }
}
