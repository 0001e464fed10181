import Persistence

extension SyncSchema {
    /// When each company is next gone through for what is older than its term, and how that is found.
    static let retention = Migration(
        62, "retention",
        [
            "ALTER TABLE company ADD COLUMN retention_at BIGINT NOT NULL DEFAULT 0",
            "CREATE INDEX company_retention ON company (retention_at)",
            "CREATE INDEX export_document_run ON export_document (company_id, run_id)",
            "CREATE INDEX audit_age ON audit (company_id, at)",
        ])
}
