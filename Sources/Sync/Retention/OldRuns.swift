import Persistence

/// Runs that ended long ago, with what they did to each record.
struct OldRuns {
    let limits: RetentionLimits
    /// Rows of one transaction.
    let most: Int

    func deleteSome(in transaction: CompanyTransaction) throws -> Int {
        let company = transaction.company
        let runs = try transaction.query(
            """
            SELECT run.id AS id FROM run WHERE run.company_id = \(company) AND run.started_at < \(limits.runs)
                AND run.outcome <> 'running'
                AND NOT EXISTS (
                    SELECT 1 FROM export_document document
                    WHERE document.company_id = run.company_id AND document.run_id = run.id)
                AND run.started_at < (
                    SELECT max(last.started_at) FROM run last
                    WHERE last.company_id = run.company_id AND last.job = run.job)
            ORDER BY run.started_at LIMIT \(max(most / 10, 1))
            """
        ).map { try $0.get("id", as: SyncRunID.self) }
        guard !runs.isEmpty else { return 0 }
        // A first import told of every record: its rows go over several transactions, and then the run itself.
        let items = try transaction.execute(
            """
            DELETE FROM run_item WHERE company_id = \(company) AND (run_id, position) IN (
                SELECT run_id, position FROM run_item WHERE company_id = \(company) AND run_id IN (\(list: runs))
                LIMIT \(most))
            """)
        guard items < most else { return items }
        return items
            + (try transaction.execute("DELETE FROM run WHERE company_id = \(company) AND id IN (\(list: runs))"))
    }
}
