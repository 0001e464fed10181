import Persistence

extension SyncSchema {
    /// The hints that the ERP has sent lately, so that one which comes again is known.
    static let erpHints = Migration(
        37, "hints of the ERP",
        [
            """
            CREATE TABLE erp_hint (
                company_id TEXT NOT NULL REFERENCES company (id),
                digest TEXT NOT NULL,
                received_at BIGINT NOT NULL,
                PRIMARY KEY (company_id, digest)
            )
            """,
            "CREATE INDEX erp_hint_age ON erp_hint (company_id, received_at)",
        ])
}
