import Persistence

extension SyncSchema {
    /// What the set-up check found, and what a person allowed because of it.
    static let setUpCheck = Migration(
        14, "set-up check",
        [
            """
            CREATE TABLE setup_check (
                company_id TEXT PRIMARY KEY REFERENCES company (id),
                id TEXT NOT NULL,
                state TEXT NOT NULL CHECK (state IN ('requested', 'running', 'done', 'failed', 'cancelled')),
                started_by TEXT NOT NULL,
                started_at BIGINT NOT NULL,
                changed_at BIGINT NOT NULL,
                error TEXT,
                error_code TEXT,
                CHECK (state <> 'failed' OR error IS NOT NULL)
            )
            """,
            """
            CREATE TABLE setup_check_list (
                company_id TEXT NOT NULL REFERENCES setup_check (company_id),
                resource TEXT NOT NULL CHECK (resource IN ('customers', 'projects', 'items')),
                read_count BIGINT NOT NULL,
                total_count BIGINT,
                created_count BIGINT NOT NULL,
                linked_count BIGINT NOT NULL,
                unreadable_count BIGINT NOT NULL,
                finished_at BIGINT,
                PRIMARY KEY (company_id, resource)
            )
            """,
            """
            CREATE TABLE setup_check_row (
                company_id TEXT NOT NULL,
                resource TEXT NOT NULL,
                number TEXT NOT NULL,
                finding TEXT NOT NULL
                    CHECK (finding IN ('otherName', 'reopened', 'overwritten', 'same', 'created')),
                erp_name TEXT NOT NULL,
                own_id TEXT,
                own_name TEXT,
                changes TEXT NOT NULL,
                PRIMARY KEY (company_id, resource, number),
                FOREIGN KEY (company_id, resource) REFERENCES setup_check_list (company_id, resource),
                CHECK ((finding = 'created') = (own_id IS NULL))
            )
            """,
            "CREATE INDEX setup_check_row_finding ON setup_check_row (company_id, resource, finding, number)",
            """
            CREATE TABLE import_permission (
                company_id TEXT NOT NULL REFERENCES company (id),
                resource TEXT NOT NULL CHECK (resource IN ('customers', 'projects', 'items')),
                number TEXT NOT NULL,
                allowed_by TEXT NOT NULL,
                allowed_at BIGINT NOT NULL,
                PRIMARY KEY (company_id, resource, number)
            )
            """,
        ])
}
