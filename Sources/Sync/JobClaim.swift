import Persistence

/// A due job that this process has taken: nobody else runs it, or another job of the same company, until the lease
/// ends.
public struct JobClaim: Sendable {
    public let company: CompanyID
    public let job: JobName
    public let epoch: Int
    public let run: SyncRunID
    public let startedBy: String
    public let period: String?
    /// Of the preview that a person has seen and asked to have sent.
    public let digest: String?
    /// False when the job is only due to finish documents that are in doubt.
    public let collects: Bool
    public let attempts: Int

    /// Takes the job that has waited longest, and opens its run. Nil when nothing is due.
    static func take(
        from database: any SQLDatabase, owner: String, randomness: Randomness, lease: Duration
    ) async throws -> JobClaim? {
        try await database.transactionAcrossCompanies { connection in
            let now = try connection.now()
            // The condition stands twice: between choosing and taking, another node may have taken it.
            let row = try connection.first(
                """
                UPDATE job SET lease_owner = \(owner), lease_until = \(now + lease), epoch = epoch + 1
                WHERE enabled_at IS NOT NULL AND next_run_at <= \(now) AND lease_until <= \(now)
                    AND (company_id, name) IN (
                        SELECT due.company_id, due.name FROM job due
                        WHERE due.enabled_at IS NOT NULL AND due.next_run_at <= \(now) AND due.lease_until <= \(now)
                            AND NOT EXISTS (
                                SELECT 1 FROM job busy
                                WHERE busy.company_id = due.company_id AND busy.lease_until > \(now))
                        ORDER BY due.next_run_at, due.company_id,
                            CASE due.name WHEN 'customers' THEN 1 WHEN 'projects' THEN 2 WHEN 'items' THEN 3
                                WHEN 'hours' THEN 4 ELSE 5 END
                        LIMIT 1)
                RETURNING company_id, name, epoch, requested_by, requested_period, requested_digest, automatic_at,
                    attempts
                """)
            guard let row else { return nil }
            let company: CompanyID = try row.get("company_id")
            let job: JobName = try row.get("name")
            let requestedBy: String? = try row.get("requested_by")
            let automaticAt: Timestamp? = try row.get("automatic_at")
            let claim = JobClaim(
                company: company, job: job, epoch: try row.get("epoch"), run: SyncRunID(using: randomness),
                startedBy: requestedBy ?? "schedule", period: try row.get("requested_period"),
                digest: try row.get("requested_digest"),
                collects: requestedBy != nil || automaticAt != nil, attempts: try row.get("attempts"))
            try connection.execute(
                """
                UPDATE run SET outcome = 'abandoned', finished_at = \(now),
                    error_kind = 'abandoned', error_code = 'abandoned', error = 'the process that ran it stopped'
                WHERE company_id = \(company) AND job = \(job) AND outcome = 'running'
                """)
            try connection.execute(
                """
                INSERT INTO run (company_id, id, job, started_by, epoch, started_at, outcome)
                VALUES (\(company), \(claim.run), \(job), \(claim.startedBy), \(claim.epoch), \(now), 'running')
                """)
            return claim
        }
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

    /// "Run now": the only thing that a button or a command does. False when the job is switched off.
    /// With the `digest` of a preview the run sends exactly what that showed (`Preview.send` asks so).
    public func requestRun(
        of job: JobName, by person: String, period: String? = nil, expecting digest: String? = nil
    ) throws -> Bool {
        try execute(
            """
            UPDATE job SET next_run_at = \(now()), requested_by = \(person), requested_period = \(period),
                requested_digest = \(digest)
            WHERE company_id = \(company) AND name = \(job) AND enabled_at IS NOT NULL
            """) == 1
    }

    /// Gives the job back and says when it is due again.
    func finish(_ claim: JobClaim, attempts: Int, nextRunAt: Timestamp?) throws {
        // A request that came while the run was busy is kept: it asked for a run that starts after it.
        try execute(
            """
            UPDATE job SET lease_owner = NULL, lease_until = 0, attempts = \(attempts),
                next_run_at = CASE WHEN next_run_at > (SELECT started_at FROM run
                        WHERE run.company_id = job.company_id AND run.id = \(claim.run)) AND requested_by IS NOT NULL
                    THEN next_run_at ELSE \(nextRunAt) END,
                requested_by = CASE WHEN next_run_at > (SELECT started_at FROM run
                        WHERE run.company_id = job.company_id AND run.id = \(claim.run))
                    THEN requested_by END,
                requested_period = CASE WHEN next_run_at > (SELECT started_at FROM run
                        WHERE run.company_id = job.company_id AND run.id = \(claim.run))
                    THEN requested_period END,
                requested_digest = CASE WHEN next_run_at > (SELECT started_at FROM run
                        WHERE run.company_id = job.company_id AND run.id = \(claim.run))
                    THEN requested_digest END
            WHERE company_id = \(company) AND name = \(claim.job) AND epoch = \(claim.epoch)
            """)
    }
}
