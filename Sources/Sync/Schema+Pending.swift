import Persistence

extension SyncSchema {
    /// A grant that waits for a person to say that it reached the right company.
    static let pendingConnection = Migration(
        32, "pending connection",
        [
            """
            CREATE TABLE connection_pending (
                company_id TEXT PRIMARY KEY REFERENCES company (id),
                id TEXT NOT NULL,
                kind TEXT NOT NULL CHECK (kind IN ('service', 'interactive')),
                tenant_id TEXT,
                organisation_name TEXT NOT NULL,
                organisation_number TEXT,
                grant_sealed TEXT NOT NULL,
                person TEXT NOT NULL,
                expires_at BIGINT NOT NULL,
                CHECK ((kind = 'service') = (tenant_id IS NOT NULL))
            )
            """
        ])
}
