import Persistence

extension SyncSchema {
    /// What an operator asks of all companies at once is found without reading all that was ever sent; and whose turn it
    /// is among companies that wait.
    static let operations = Migration(
        50, "operations",
        [
            "ALTER TABLE job ADD COLUMN claimed_at BIGINT NOT NULL DEFAULT 0",
            """
            CREATE INDEX export_document_unsettled ON export_document (kind, state)
                WHERE state IN ('ready', 'sending', 'unknown', 'needsReview')
            """,
            "CREATE INDEX outbox_open ON outbox (created_at) WHERE done_at IS NULL",
            "CREATE INDEX run_age ON run (started_at)",
        ])
}
