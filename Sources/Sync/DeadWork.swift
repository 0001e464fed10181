import Persistence

/// A job that has failed as often as its kind may. It is tried no sooner than its next hour, where it has one; the mark
/// stands until a run succeeds, or somebody asks for a run and that succeeds.
public struct DeadJob: Sendable, Hashable {
    public var job: JobName
    public var since: Timestamp
    /// How the last run ended.
    public var because: String
}

/// A confirmed document whose records could not be locked, as often as that is tried. It stands in the ERP; only our own
/// shore does not know yet.
public struct DeadMark: Sendable, Hashable {
    public var kind: JobName
    public var reference: DocumentReference
    public var erpNumber: String
    public var since: Timestamp
    public var because: String
}

extension CompanyTransaction {
    public func deadJobs() throws -> [DeadJob] {
        let dead = try query(
            """
            SELECT name, dead_at, dead_because FROM job
            WHERE company_id = \(company) AND dead_at IS NOT NULL AND enabled_at IS NOT NULL ORDER BY name
            """
        ).map { row in
            try DeadJob(job: row.get("name"), since: row.get("dead_at"), because: row.get("dead_because"))
        }
        return JobName.allCases.flatMap { job in dead.filter { $0.job == job } }
    }

    public func deadMarks() throws -> [DeadMark] {
        try query(
            """
            SELECT document.kind AS kind, document.reference AS reference, document.erp_number AS erp_number,
                outbox.dead_at AS dead_at, outbox.failure AS failure
            FROM outbox JOIN export_document document
                ON document.company_id = outbox.company_id AND document.id = outbox.document_id
            WHERE outbox.company_id = \(company) AND outbox.dead_at IS NOT NULL AND outbox.done_at IS NULL
            ORDER BY outbox.dead_at, document.reference
            """
        ).map { row in
            try DeadMark(
                kind: row.get("kind"), reference: row.get("reference"), erpNumber: row.get("erp_number"),
                since: row.get("dead_at"), because: row.get("failure"))
        }
    }

    /// Notes on the job how often it has failed in a row, and whether that makes it dead or alive again.
    func noteAttempts(_ attempts: Int, of claim: JobClaim, because error: String?) throws {
        // Nearly every run is one after which there is nothing to note.
        guard attempts > 0 || claim.attempts > 0 || claim.wasDead else { return }
        let now = try now()
        try execute(
            "UPDATE job SET attempts = \(attempts) WHERE company_id = \(company) AND name = \(claim.job) AND epoch = \(claim.epoch)"
        )
        if attempts == 0 {
            let revived = try execute(
                """
                UPDATE job SET dead_at = NULL, dead_because = NULL
                WHERE company_id = \(company) AND name = \(claim.job) AND epoch = \(claim.epoch)
                    AND dead_at IS NOT NULL
                """)
            if revived == 1 {
                try audit(by: claim.startedBy, "job alive", of: "job", claim.job.rawValue, because: "a run succeeded")
            }
        } else if attempts >= SyncEngine.mostAttempts, let error {
            let known = try first(
                "SELECT dead_at FROM job WHERE company_id = \(company) AND name = \(claim.job) AND dead_at IS NOT NULL")
            let noted = try execute(
                """
                UPDATE job SET dead_at = coalesce(dead_at, \(now)), dead_because = \(error)
                WHERE company_id = \(company) AND name = \(claim.job) AND epoch = \(claim.epoch)
                """)
            if known == nil, noted == 1 {
                try audit(by: claim.startedBy, "job dead", of: "job", claim.job.rawValue, because: error)
            }
        }
    }

    /// A person's wish gives what was given up its attempts again.
    func reviveMarks(of job: JobName) throws {
        guard job.isExport else { return }
        try execute(
            """
            UPDATE outbox SET next_try_at = 0, dead_at = NULL,
                attempts = CASE WHEN dead_at IS NULL THEN attempts ELSE 0 END
            WHERE company_id = \(company) AND done_at IS NULL AND (
                SELECT document.kind FROM export_document document WHERE document.company_id = outbox.company_id
                    AND document.id = outbox.document_id) = \(job)
            """)
    }
}

extension SyncSchema {
    static let deadWork = Migration(
        20, "dead work",
        [
            "ALTER TABLE job ADD COLUMN dead_at BIGINT",
            "ALTER TABLE job ADD COLUMN dead_because TEXT CHECK (dead_at IS NULL OR dead_because IS NOT NULL)",
            "ALTER TABLE outbox ADD COLUMN attempts BIGINT NOT NULL DEFAULT 0",
            "ALTER TABLE outbox ADD COLUMN next_try_at BIGINT NOT NULL DEFAULT 0",
            "ALTER TABLE outbox ADD COLUMN failure TEXT",
            "ALTER TABLE outbox ADD COLUMN dead_at BIGINT CHECK (dead_at IS NULL OR failure IS NOT NULL)",
        ])
}
