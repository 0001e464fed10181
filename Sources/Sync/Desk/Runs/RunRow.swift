import Persistence
import Proresult

/// A run as its row tells it: what has been done so far while it runs, and all that is left of it afterwards.
public struct RunRow: Sendable, Hashable {
    public enum Outcome: String, SQLConvertible, CaseIterable {
        case running, succeeded, partly, failed
        /// The process that ran it stopped.
        case abandoned
    }

    public var id: SyncRunID
    public var job: JobName
    /// `schedule`, or the person or command that asked for it.
    public var startedBy: String
    public var startedAt: Timestamp
    public var finishedAt: Timestamp?
    public var outcome: Outcome
    public var counts: RunCounts
    /// Calls to the ERP; told at the end.
    public var requests: Int
    /// The kind of trouble, sorted by what happens next.
    public var errorKind: String?
    /// Which trouble it was; nil when all went well.
    public var fault: RunFault?
    /// The original text.
    public var error: String?

    init(_ row: SQLRow) throws {
        id = try row.get("run_id")
        job = try row.get("job")
        startedBy = try row.get("started_by")
        startedAt = try row.get("started_at")
        finishedAt = try row.get("finished_at")
        outcome = try row.get("outcome")
        counts = try RunCounts(row)
        requests = try row.get("requests")
        errorKind = try row.get("error_kind")
        error = try row.get("error")
        let code: String? = try row.get("error_code")
        fault = code.flatMap(RunFault.init) ?? errorKind.map(RunFault.init(kind:))
    }

    /// Of a table or join in which the run's is called `run`.
    static let columns = """
        run.id AS run_id, run.job AS job, run.started_by AS started_by, run.started_at AS started_at,
            run.finished_at AS finished_at, run.outcome AS outcome, \(RunCounts.columns), run.requests AS requests,
            run.error_kind AS error_kind, run.error_code AS error_code, run.error AS error
        """

    /// The run that was started at or after an instant, once it is over.
    public static func finished(
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

    public static func latest(_ job: JobName, in transaction: CompanyTransaction) throws -> RunRow? {
        try transaction.first(
            """
            SELECT \(raw: columns) FROM run WHERE company_id = \(transaction.company) AND job = \(job)
            ORDER BY started_at DESC, id DESC LIMIT 1
            """
        ).map(RunRow.init)
    }
}

extension RunCounts {
    static let columns = """
        run.read_count AS read_count, run.created_count AS created_count, run.changed_count AS changed_count,
            run.unchanged_count AS unchanged_count, run.quarantined_count AS quarantined_count,
            run.sent_lines AS sent_lines, run.documents AS documents, run.held_count AS held_count
        """

    init(_ row: SQLRow) throws {
        read = try row.get("read_count")
        created = try row.get("created_count")
        changed = try row.get("changed_count")
        unchanged = try row.get("unchanged_count")
        quarantined = try row.get("quarantined_count")
        sentLines = try row.get("sent_lines")
        documents = try row.get("documents")
        held = try row.get("held_count")
    }
}

extension JobName {
    /// What people call the job.
    public var title: Text {
        switch self {
        case .customers: Text("Kunder", "Customers")
        case .projects: Text("Prosjekt", "Projects")
        case .items: Text("Varer", "Items")
        case .hours: Text("Timer", "Hours")
        case .withdrawals: Text("Vareuttak", "Withdrawals")
        }
    }
}
