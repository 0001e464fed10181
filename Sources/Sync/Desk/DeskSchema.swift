import Persistence

extension SyncSchema {
    /// What the pages show without asking the ERP: what it last said, what a person has seen, and where a sent record
    /// went.
    static let desk = Migration(
        13, "desk",
        [
            """
            CREATE TABLE erp_reading (
                company_id TEXT NOT NULL REFERENCES company (id),
                kind TEXT NOT NULL
                    CHECK (kind IN ('periods', 'accounts', 'employees', 'subaccounts', 'accountGroups')),
                read_at BIGINT NOT NULL,
                PRIMARY KEY (company_id, kind)
            )
            """,
            """
            CREATE TABLE erp_fact (
                company_id TEXT NOT NULL,
                kind TEXT NOT NULL,
                number TEXT NOT NULL,
                name TEXT NOT NULL,
                detail TEXT,
                state TEXT NOT NULL CHECK (state IN ('usable', 'inactive', 'closed')),
                PRIMARY KEY (company_id, kind, number),
                FOREIGN KEY (company_id, kind) REFERENCES erp_reading (company_id, kind),
                CHECK (kind <> 'periods' OR detail IS NOT NULL),
                CHECK (kind = 'periods' OR state <> 'closed')
            )
            """,
            "ALTER TABLE job ADD COLUMN requested_digest TEXT",
            """
            CREATE TABLE requested_record (
                company_id TEXT NOT NULL,
                job TEXT NOT NULL,
                source_id TEXT NOT NULL,
                digest TEXT NOT NULL,
                label TEXT NOT NULL,
                PRIMARY KEY (company_id, job, source_id),
                FOREIGN KEY (company_id, job) REFERENCES job (company_id, name)
            )
            """,
            """
            CREATE TABLE export_week (
                company_id TEXT NOT NULL,
                document_id TEXT NOT NULL,
                week_start TEXT NOT NULL,
                quantity TEXT NOT NULL,
                amount TEXT NOT NULL,
                PRIMARY KEY (company_id, document_id, week_start),
                FOREIGN KEY (company_id, document_id) REFERENCES export_document (company_id, id)
            )
            """,
            "CREATE INDEX export_week_start ON export_week (company_id, week_start)",
            "CREATE INDEX export_line_record ON export_line (company_id, source_kind, source_id)",
            "CREATE INDEX export_document_changed ON export_document (company_id, state, changed_at)",
            "CREATE INDEX run_started ON run (company_id, started_at)",
            "ALTER TABLE run ADD COLUMN error_code TEXT",
        ])
}
