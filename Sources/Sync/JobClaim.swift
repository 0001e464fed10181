import Persistence

/// A due job that this process has taken: nobody else runs it, or another job of the same company, until the lease
/// ends.
public struct JobClaim: Sendable {
    public let company: CompanyID
    public let job: JobName
    public let epoch: Int
    public let run: SyncRunID
    let startedAt: Timestamp
    public let startedBy: String
    public let period: String?
    /// Of the preview that a person has seen and asked to have sent.
    public let digest: String?
    /// False when the job is only due to finish documents that are in doubt.
    public let collects: Bool
    /// Failures in a row so far.
    public private(set) var attempts: Int
    /// The job had been given up.
    let wasDead: Bool

    private enum Taken: Sendable {
        case nothingDue
        /// Other loops are at all that is due, or were quicker.
        case lost
        case claim(JobClaim)
        /// Its runs have ended with their process too often: it waits, and another job may have its turn.
        case dead
    }

    /// How many of the jobs that have waited longest are looked at for whose turn it is; four times as many where none of
    /// them can run, as often as it takes.
    private static let inView = 24
    /// As often as others may be quicker before this one looks again after a pause.
    private static let mostLosses = 20

    /// Takes a due job and opens its run. Nil when nothing is due.
    ///
    /// Of the jobs that have waited longest the one whose company was served longest ago: companies take turns, so that one
    /// with much to do keeps another waiting for one run and not for all of its own.
    static func take(
        from database: any SQLDatabase, owner: String, randomness: Randomness, lease: Duration
    ) async throws -> JobClaim? {
        var losses = 0
        while true {
            switch try await takeNext(from: database, owner: owner, randomness: randomness, lease: lease) {
            case .nothingDue: return nil
            case .claim(let claim): return claim
            case .dead: continue
            case .lost:
                losses += 1
                if losses == mostLosses { return nil }
            }
        }
    }

    private static func takeNext(
        from database: any SQLDatabase, owner: String, randomness: Randomness, lease: Duration
    ) async throws -> Taken {
        try await database.transactionAcrossCompanies { connection in
            let now = try connection.now()
            let row: SQLRow
            switch try next(at: now, for: owner, lease: lease, in: connection) {
            case .nothingDue: return .nothingDue
            case .othersAt: return .lost
            case .taken(let taken): row = taken
            }
            let company: CompanyID = try row.get("company_id")
            let job: JobName = try row.get("name")
            let requestedBy: String? = try row.get("requested_by")
            let automaticAt: Timestamp? = try row.get("automatic_at")
            var claim = JobClaim(
                company: company, job: job, epoch: try row.get("epoch"), run: SyncRunID(using: randomness),
                startedAt: now, startedBy: requestedBy ?? "schedule", period: try row.get("requested_period"),
                digest: try row.get("requested_digest"),
                collects: requestedBy != nil || automaticAt != nil, attempts: try row.get("attempts"),
                wasDead: try row.get("dead_at", as: Timestamp?.self) != nil)
            let abandoned = try connection.execute(
                """
                UPDATE run SET outcome = 'abandoned', finished_at = \(now),
                    error_kind = 'abandoned', error_code = 'abandoned', error = \(Self.abandoned)
                WHERE company_id = \(company) AND job = \(job) AND outcome = 'running'
                """)
            if abandoned > 0 {
                // Whoever ran it took the process down or was taken down: that counts, or it could go on for ever.
                claim.attempts += 1
                let transaction = CompanyTransaction(company: company, connection: connection)
                try transaction.noteAttempts(claim.attempts, of: claim, because: Self.abandoned)
                if claim.attempts >= SyncEngine.mostAttempts {
                    let hour = Schedule.nextHourly(after: now, company: company)
                    try transaction.finish(claim, nextRunAt: job.isExport ? hour : nil, ifAutomatic: hour)
                    return .dead
                }
            }
            try connection.execute(
                """
                INSERT INTO run (company_id, id, job, started_by, epoch, started_at, outcome)
                VALUES (\(company), \(claim.run), \(job), \(claim.startedBy), \(claim.epoch), \(now), 'running')
                """)
            return .claim(claim)
        }
    }

    private enum Next {
        case nothingDue
        /// Others are at all companies that have something due.
        case othersAt
        /// The job's row.
        case taken(SQLRow)
    }

    /// Of the jobs that have waited longest the one whose company was served longest ago. The company is locked, so that
    /// no other loop takes another of its jobs meanwhile; companies that others are at are passed by.
    ///
    /// In windows along the index `job_in_order`: whether a company is free is asked for those of a window alone, once
    /// each. In one condition with the rest PostgreSQL takes it for rare and asks it for all that is due, at every claim.
    private static func next(
        at now: Timestamp, for owner: String, lease: Duration, in connection: any SQLConnection
    ) throws -> Next {
        var passedBy: Set<CompanyID> = []
        var (after, size) = ((at: Timestamp(milliseconds: 0), company: CompanyID("")), inView)
        while true {
            let window = try connection.query(
                """
                WITH due AS MATERIALIZED (
                        SELECT company_id, name, next_run_at FROM job
                        WHERE enabled_at IS NOT NULL AND next_run_at <= \(now)
                            AND (next_run_at, company_id) > (\(after.at), \(after.company))
                        ORDER BY next_run_at, company_id LIMIT \(raw: String(size))),
                    turn AS MATERIALIZED (
                        SELECT waiting.company_id AS company_id, min(company.state) AS state,
                            max(any_job.lease_until) AS busy_until, max(any_job.claimed_at) AS served_at
                        FROM (SELECT DISTINCT company_id FROM due) waiting
                            CROSS JOIN company CROSS JOIN job any_job
                        WHERE company.id = waiting.company_id AND any_job.company_id = waiting.company_id
                        GROUP BY waiting.company_id)
                SELECT due.company_id, due.name, due.next_run_at,
                    CASE WHEN turn.state = 'active' AND turn.busy_until <= \(now) THEN 1 ELSE 0 END AS free
                FROM due JOIN turn ON turn.company_id = due.company_id
                ORDER BY turn.served_at, due.next_run_at, due.company_id,
                    CASE due.name WHEN 'customers' THEN 1 WHEN 'projects' THEN 2 WHEN 'items' THEN 3
                        WHEN 'hours' THEN 4 ELSE 5 END
                """
            ).map(Due.init(row:))
            for due in window where due.isFree && !passedBy.contains(due.company) {
                let row = try take(due, at: now, for: owner, until: now + lease, in: connection)
                if let row { return .taken(row) }
                passedBy.insert(due.company)
            }
            guard window.count == size, let last = window.max(by: { $0.place < $1.place }) else {
                return passedBy.isEmpty ? .nothingDue : .othersAt
            }
            (after, size) = ((last.at, last.company), size * 4)
        }
    }

    /// Nil where another loop is at the company, or was since the window was read.
    private static func take(
        _ due: Due, at now: Timestamp, for owner: String, until end: Timestamp, in connection: any SQLConnection
    ) throws -> SQLRow? {
        let locked = try connection.first(
            "SELECT id FROM company WHERE id = \(due.company) \(raw: connection.lockingPassingBy("company"))")
        guard locked != nil else { return nil }
        // Asked once more, in a statement that sees what was committed before the company was locked.
        return try connection.first(
            """
            UPDATE job SET lease_owner = \(owner), lease_until = \(end), epoch = epoch + 1, claimed_at = \(now)
            WHERE company_id = \(due.company) AND name = \(due.job) AND enabled_at IS NOT NULL AND next_run_at <= \(now)
                AND lease_until <= \(now) AND NOT EXISTS (
                    SELECT 1 FROM job busy WHERE busy.company_id = job.company_id AND busy.lease_until > \(now))
            RETURNING company_id, name, epoch, requested_by, requested_period, requested_digest, automatic_at,
                attempts, dead_at
            """)
    }

    /// A due job, in the order of the index.
    private struct Due {
        let company: CompanyID
        let job: JobName
        let at: Timestamp
        let isFree: Bool
        var place: (Timestamp, CompanyID) { (at, company) }

        init(row: SQLRow) throws {
            company = try row.get("company_id")
            job = try row.get("name")
            at = try row.get("next_run_at")
            isFree = try row.get("free", as: Int.self) == 1
        }
    }

    private static let abandoned = "the process that ran it stopped"
}

extension SQLConnection {
    /// When the next job becomes due that is not due yet; nil when none will be by itself.
    func nextDue(after now: Timestamp) throws -> Timestamp? {
        try first(
            """
            SELECT due.next_run_at AS at FROM job due
            WHERE due.enabled_at IS NOT NULL AND due.next_run_at > \(now)
                AND (SELECT company.state FROM company WHERE company.id = due.company_id) = 'active'
            ORDER BY due.next_run_at, due.company_id LIMIT 1
            """)?.get("at")
    }
}

extension CompanyTransaction {
    /// Makes the five jobs of a new company: on, by hand, not due.
    public func createJobs() throws {
        let now = try now()
        for job in JobName.allCases {
            try execute(
                """
                INSERT INTO job (company_id, name, enabled_at) VALUES (\(company), \(job), \(now))
                ON CONFLICT (company_id, name) DO NOTHING
                """)
        }
    }

    /// Switches a job on or off, and its hourly run on or off.
    public func setJob(_ job: JobName, enabled: Bool, automatic: Bool) throws {
        let now = try now()
        let next: Timestamp? = enabled && automatic ? Schedule.nextHourly(after: now, company: company) : nil
        try execute(
            """
            UPDATE job SET enabled_at = CASE WHEN \(enabled ? 1 : 0) = 1 THEN coalesce(enabled_at, \(now)) END,
                automatic_at = CASE WHEN \(automatic ? 1 : 0) = 1 THEN coalesce(automatic_at, \(now)) END,
                next_run_at = \(next)
            WHERE company_id = \(company) AND name = \(job)
            """)
    }

    /// "Run now": the only thing that a button or a command does. With the `digest` of a preview the run sends exactly
    /// what that showed (`Preview.send` asks so). What was given up gets its attempts again. False when the job is
    /// switched off or the company is at rest.
    ///
    /// A job that was taken less than `rest` ago is due when that is over: a button that is pressed without end, or a
    /// program that asks without end, leaves the machine to other companies in between.
    public func requestRun(
        of job: JobName, by person: String, period: String? = nil, expecting digest: String? = nil,
        rest: Duration = .zero
    ) throws -> Bool {
        let now = try now()
        let isOn =
            try execute(
                """
                UPDATE job SET next_run_at = CASE WHEN claimed_at > \(now - rest) AND claimed_at <= \(now)
                        THEN claimed_at + \(rest.milliseconds) ELSE \(now) END, requested_by = \(person), requested_period = \(period),
                    requested_digest = \(digest), attempts = 0
                WHERE company_id = \(company) AND name = \(job) AND enabled_at IS NOT NULL
                    AND EXISTS (SELECT 1 FROM company WHERE company.id = job.company_id AND company.state = 'active')
                """) == 1
        guard isOn else { return false }
        try reviveMarks(of: job)
        try hint()
        return true
    }

    /// Gives the job back and says when it is due again, by hand or by the clock.
    func finish(_ claim: JobClaim, nextRunAt: Timestamp?, ifAutomatic: Timestamp) throws {
        // A request that came while the run was busy is kept: it asked for a run that starts after it.
        let start = claim.startedAt
        try execute(
            """
            UPDATE job SET lease_owner = NULL, lease_until = 0,
                next_run_at = CASE WHEN next_run_at > \(start) AND requested_by IS NOT NULL
                    THEN next_run_at WHEN automatic_at IS NULL THEN \(nextRunAt) ELSE \(ifAutomatic) END,
                requested_by = CASE WHEN next_run_at > \(start) THEN requested_by END,
                requested_period = CASE WHEN next_run_at > \(start) THEN requested_period END,
                requested_digest = CASE WHEN next_run_at > \(start) THEN requested_digest END
            WHERE company_id = \(company) AND name = \(claim.job) AND epoch = \(claim.epoch)
            """)
    }
}
