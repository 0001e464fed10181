import Persistence

extension SyncSchema {
    /// Runs, documents and marks are found among those of many years. What is still to be done has indexes of its own,
    /// which stay small; and no index is kept that another serves as well.
    static let growth = Migration(
        61, "growth",
        [
            "CREATE INDEX run_running ON run (company_id, job) WHERE outcome = 'running'",
            "CREATE INDEX run_newest ON run (company_id, started_at, id)",
            "CREATE INDEX run_newest_of_job ON run (company_id, job, started_at, id)",
            "DROP INDEX run_started",
            "DROP INDEX run_latest",
            "DROP INDEX run_age",
            "CREATE INDEX export_document_period ON export_document (company_id, period, kind, state)",
            "CREATE INDEX export_document_created ON export_document (company_id, created_at)",
            "CREATE INDEX export_document_number ON export_document (company_id, upper(erp_number))",
            """
            CREATE INDEX export_rejection_standing ON export_rejection (company_id, source_kind)
                WHERE cleared_at IS NULL
            """,
            "CREATE INDEX outbox_undone ON outbox (company_id, created_at) WHERE done_at IS NULL",
            "DROP INDEX outbox_waiting",
        ])
}
