/// Every metric that Ferje shows, with its meaning. What is not in the list is not shown; docs/operations.md, the
/// dashboard and the alert rules are held against it.
public struct Metric: Sendable, Hashable {
    public enum Kind: String, Sendable {
        case counter, gauge, histogram
    }

    public let name: String
    public let kind: Kind
    public let help: String

    public static let all: [Metric] = rows + process

    /// Counted from the rows of all companies: the same in every process of a database.
    static let rows: [Metric] = [
        gauge("ferje_companies", "Companies by state: active, paused, arriving, leaving, moved, deleting."),
        gauge("ferje_jobs_due", "Jobs that are due and that no process has taken, by job."),
        gauge("ferje_job_lag_seconds", "How long the job that has waited longest has been due, by job."),
        gauge("ferje_jobs_running", "Jobs that a process works on now, by job."),
        gauge("ferje_jobs_dead", "Jobs that were given up after five failures in a row, by job."),
        gauge("ferje_documents", "Documents that have not come to their end, by job and state."),
        gauge("ferje_doubt_oldest_seconds", "How long the oldest document has been in doubt, by job."),
        gauge("ferje_marks_waiting", "Confirmed documents whose records are not locked yet."),
        gauge("ferje_marks_oldest_seconds", "How long the oldest of them has waited."),
        gauge("ferje_marks_dead", "Those of them that were given up after twenty attempts."),
        gauge("ferje_alarms", "Standing alarms about documents in Visma, by kind."),
        gauge("ferje_connections", "Connections of companies to Visma, by state."),
        gauge("ferje_exports_shut", "Companies whose exports are shut until Visma has been read."),
        gauge("ferje_gates_closed", "Companies whose calls are held back now, by Visma's wish or after failures."),
        gauge("ferje_rate_budget_low", "Companies with less than 15 % of the hour's calls left."),
        gauge(
            "ferje_rate_budget_lowest_ratio", "What is left of the hour's calls to the company that has least, 0 to 1."),
    ]

    /// Of one process.
    static let process: [Metric] = [
        gauge("ferje_database_up", "1 while the database answers this process."),
        gauge("ferje_schema_version", "The newest migration that the database has."),
        counter("ferje_runs_total", "Runs that have ended, by job, outcome and kind of error."),
        Metric("ferje_run_duration_seconds", .histogram, "How long runs took, by job."),
        counter("ferje_sent_lines_total", "Lines that were sent and confirmed, by job."),
        counter("ferje_retention_rows_total", "Rows that went because they were older than their term, by rule."),
        counter("ferje_leases_lost_total", "Runs that another process took over, by job."),
        counter("ferje_erp_calls_total", "Calls to Visma by method, kind of server and class of answer."),
        counter("ferje_http_requests_total", "Requests to the pages and the API by kind and class of answer."),
    ]

    private init(_ name: String, _ kind: Kind, _ help: String) {
        (self.name, self.kind, self.help) = (name, kind, help)
    }

    private static func gauge(_ name: String, _ help: String) -> Metric { Metric(name, .gauge, help) }
    private static func counter(_ name: String, _ help: String) -> Metric { Metric(name, .counter, help) }

    static let byName = Dictionary(all.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
}
