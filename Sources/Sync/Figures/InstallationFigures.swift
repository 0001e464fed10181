import Persistence
import Proresult

/// What the rows of all companies tell an operator at one moment. Numbers only: nothing of it names a company or a person.
public struct InstallationFigures: Sendable, Hashable {
    public struct Job: Sendable, Hashable {
        /// Due, and taken by nobody.
        public var due = 0
        /// How long the one that has waited longest has been due.
        public var lag = Duration.zero
        public var running = 0
        public var dead = 0

        public init(due: Int = 0, lag: Duration = .zero, running: Int = 0, dead: Int = 0) {
            (self.due, self.lag, self.running, self.dead) = (due, lag, running, dead)
        }
    }

    public struct Exports: Sendable, Hashable {
        /// Documents that have not come to their end, by state.
        public var documents: [ExportDocument.State: Int] = [:]
        /// How long the oldest has been in doubt.
        public var oldestDoubt = Duration.zero
    }

    /// Confirmed documents whose records are not locked yet.
    public struct Marks: Sendable, Hashable {
        public var waiting = 0
        public var oldest = Duration.zero
        public var dead = 0
    }

    /// The hour's calls that the ERP grants, over all companies that have been told theirs.
    public struct Calls: Sendable, Hashable {
        /// Companies whose gate is closed now.
        public var closedGates = 0
        /// Companies with less than the last 15 %, which are for people alone.
        public var lowBudgets = 0
        /// Per cent, of the company that has least; 100 where none has been told.
        public var lowestBudget = 100
    }

    public var companies: [CompanyStanding: Int] = [:]
    public var jobs: [JobName: Job] = [:]
    public var exports: [JobName: Exports] = [:]
    public var marks = Marks()
    public var alarms: [ExportAlarm.Kind: Int] = [:]
    public var connections: [ConnectionStatus.State: Int] = [:]
    public var shutExports = 0
    public var calls = Calls()

    /// Of an installation without anything in it.
    public init() {}

    static let unsettled: [ExportDocument.State] = [.ready, .sending, .unknown, .needsReview]

    /// Reads them in one transaction. Each statement gives a row for a state or a job, however many companies there are.
    public static func read(in connection: any SQLConnection) throws -> InstallationFigures {
        let now = try connection.now()
        var figures = InstallationFigures()
        for state in CompanyStanding.allCases { figures.companies[state] = 0 }
        for row in try connection.query("SELECT state, count(*) AS n FROM company GROUP BY state ORDER BY state") {
            figures.companies[try row.get("state")] = try row.get("n")
        }
        figures.jobs = try jobs(at: now, in: connection)
        figures.exports = try exports(at: now, in: connection)
        figures.marks = try marks(at: now, in: connection)
        for kind in ExportAlarm.Kind.allCases { figures.alarms[kind] = 0 }
        let alarms = try connection.query(
            "SELECT kind, count(*) AS n FROM export_alarm WHERE cleared_at IS NULL GROUP BY kind ORDER BY kind")
        for row in alarms { figures.alarms[try row.get("kind")] = try row.get("n") }
        for state in ConnectionStatus.State.allCases { figures.connections[state] = 0 }
        let connections = try connection.query(
            "SELECT state, count(*) AS n FROM connection GROUP BY state ORDER BY state")
        for row in connections { figures.connections[try row.get("state")] = try row.get("n") }
        figures.shutExports =
            try connection.first("SELECT count(*) AS n FROM export_shutter WHERE opened_at IS NULL")?.get("n") ?? 0
        figures.calls = try calls(at: now, in: connection)
        return figures
    }

    /// Jobs of companies at rest wait for nothing.
    private static func jobs(at now: Timestamp, in connection: any SQLConnection) throws -> [JobName: Job] {
        var jobs = Dictionary(uniqueKeysWithValues: JobName.allCases.map { ($0, Job()) })
        let rows = try connection.query(
            """
            SELECT name, count(CASE WHEN is_due = 1 THEN 1 END) AS due,
                min(CASE WHEN is_due = 1 THEN next_run_at END) AS oldest,
                count(CASE WHEN lease_until > \(now) THEN 1 END) AS running,
                count(CASE WHEN dead_at IS NOT NULL AND enabled_at IS NOT NULL THEN 1 END) AS dead
            FROM (
                SELECT job.name, job.next_run_at, job.lease_until, job.dead_at, job.enabled_at,
                    CASE WHEN job.enabled_at IS NOT NULL AND job.next_run_at <= \(now) AND job.lease_until <= \(now)
                        THEN 1 ELSE 0 END AS is_due
                FROM job JOIN company ON company.id = job.company_id WHERE company.state = 'active'
            ) AS seen
            GROUP BY name ORDER BY name
            """)
        for row in rows {
            let oldest: Timestamp? = try row.get("oldest")
            jobs[try row.get("name")] = Job(
                due: try row.get("due"), lag: oldest.map { now - $0 } ?? .zero, running: try row.get("running"),
                dead: try row.get("dead"))
        }
        return jobs
    }

    private static func exports(at now: Timestamp, in connection: any SQLConnection) throws -> [JobName: Exports] {
        var exports: [JobName: Exports] = [:]
        for job in JobName.allCases where job.isExport {
            exports[job] = Exports(documents: Dictionary(uniqueKeysWithValues: unsettled.map { ($0, 0) }))
        }
        // The condition stands word for word in the index that serves it.
        let rows = try connection.query(
            """
            SELECT kind, state, count(*) AS n, min(doubtful_at) AS doubtful FROM export_document
            WHERE state IN ('ready', 'sending', 'unknown', 'needsReview')
            GROUP BY kind, state ORDER BY kind, state
            """)
        for row in rows {
            let (kind, state): (JobName, ExportDocument.State) = (try row.get("kind"), try row.get("state"))
            var found = exports[kind] ?? Exports()
            found.documents[state] = try row.get("n")
            if state == .unknown || state == .sending, let doubtful: Timestamp = try row.get("doubtful") {
                found.oldestDoubt = max(found.oldestDoubt, now - doubtful)
            }
            exports[kind] = found
        }
        return exports
    }

    private static func marks(at now: Timestamp, in connection: any SQLConnection) throws -> Marks {
        let row = try connection.first(
            """
            SELECT count(*) AS n, min(created_at) AS oldest, count(dead_at) AS dead FROM outbox WHERE done_at IS NULL
            """)
        guard let row else { return Marks() }
        let oldest: Timestamp? = try row.get("oldest")
        return Marks(
            waiting: try row.get("n"), oldest: oldest.map { now - $0 } ?? .zero, dead: try row.get("dead"))
    }

    private static func calls(at now: Timestamp, in connection: any SQLConnection) throws -> Calls {
        let row = try connection.first(
            """
            SELECT count(CASE WHEN closed_until > \(now) THEN 1 END) AS closed,
                count(CASE WHEN rate_resets_at > \(now) AND rate_remaining * 100 < rate_limit * 15 THEN 1 END) AS low,
                min(CASE WHEN rate_resets_at > \(now) AND rate_limit > 0 THEN rate_remaining * 100 / rate_limit END)
                    AS lowest
            FROM erp_gate
            """)
        guard let row else { return Calls() }
        let lowest: Int? = try row.get("lowest")
        return Calls(closedGates: try row.get("closed"), lowBudgets: try row.get("low"), lowestBudget: lowest ?? 100)
    }
}
