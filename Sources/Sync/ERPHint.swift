import Persistence
import Proresult

/// The ERP has told that something changed: a hint to read early, never data. The hourly reading is the truth, so that
/// a hint that is lost, doubled, late or forged changes nothing but when a reading begins.
public enum ERPHint {
    /// The company that a tenant of the ERP belongs to here, if it is connected.
    public static func company(ofTenant texts: Set<String>, in database: any SQLDatabase) async throws -> CompanyID? {
        guard !texts.isEmpty else { return nil }
        return try await database.transactionAcrossCompanies { connection in
            // Two companies of one tenant: whose hint it is cannot be told, so it is nobody's.
            let found = try connection.query(
                """
                SELECT company_id FROM connection WHERE tenant_id IN (\(list: texts.sorted())) AND state = 'connected'
                ORDER BY company_id
                """)
            return try found.count == 1 ? found.first?.get("company_id") : nil
        }
    }

    static let kept = Duration.seconds(7 * 86_400)
    static let shortestPause = Duration.seconds(300)
}

extension CompanyTransaction {
    /// Writes a hint down and brings the next automatic reading of some lists forward; never a run that a person has to
    /// start, and never nearer than five minutes to the last one, however many hints come. False for a hint that is
    /// known already.
    @discardableResult
    public func note(hint digest: String, for jobs: [JobName]) throws -> Bool {
        let now = try now()
        try execute(
            "DELETE FROM erp_hint WHERE company_id = \(company) AND received_at < \(now - ERPHint.kept)")
        let isNew =
            try execute(
                """
                INSERT INTO erp_hint (company_id, digest, received_at) VALUES (\(company), \(digest), \(now))
                ON CONFLICT (company_id, digest) DO NOTHING
                """) == 1
        guard isNew else { return false }
        var moved = 0
        for job in jobs where !job.isExport {
            let last: Timestamp? = try first(
                "SELECT max(started_at) AS at FROM run WHERE company_id = \(company) AND job = \(job)")?.get("at")
            let next = max(now, (last ?? Timestamp(milliseconds: 0)) + ERPHint.shortestPause)
            moved += try execute(
                """
                UPDATE job SET next_run_at = \(next) WHERE company_id = \(company) AND name = \(job)
                    AND enabled_at IS NOT NULL AND automatic_at IS NOT NULL AND next_run_at > \(next)
                """)
        }
        if moved > 0 { try self.hint() }
        return true
    }
}
