import Persistence

extension SyncSchema {
    /// What a company's ERP was seen to honour, and how each document is sent because of it.
    static let probe = Migration(
        22, "probe",
        [
            """
            CREATE TABLE erp_probe (
                company_id TEXT PRIMARY KEY REFERENCES company (id),
                probed_at BIGINT NOT NULL,
                probed_by TEXT NOT NULL,
                empty_accepted BIGINT NOT NULL CHECK (empty_accepted IN (0, 1)),
                refusal TEXT,
                hold_honoured BIGINT CHECK (hold_honoured IN (0, 1)),
                version_enforced BIGINT CHECK (version_enforced IN (0, 1)),
                text_length BIGINT,
                listed_after BIGINT,
                page_sizes TEXT NOT NULL,
                left_behind TEXT,
                fell_back_at BIGINT,
                fell_back_because TEXT,
                CHECK (fell_back_at IS NULL OR fell_back_because IS NOT NULL)
            )
            """,
            """
            ALTER TABLE export_document ADD COLUMN mode TEXT NOT NULL DEFAULT 'plain'
                CHECK (mode IN ('plain', 'shell'))
            """,
        ])
}
