import Persistence
import Proresult

/// The tables of the link: what is due, what ran, what was sent and what came of it.
public enum SyncSchema {
    public static let migrations = [
        Migration(
            2, "sync",
            [
                """
                CREATE TABLE connection (
                    company_id TEXT PRIMARY KEY REFERENCES company (id),
                    kind TEXT NOT NULL CHECK (kind IN ('service', 'interactive')),
                    state TEXT NOT NULL CHECK (state IN ('connected', 'reconnectRequired', 'disconnected')),
                    tenant_id TEXT,
                    organisation TEXT,
                    grant_sealed TEXT,
                    previous_grant_sealed TEXT,
                    grant_version BIGINT NOT NULL DEFAULT 0,
                    refresh_epoch BIGINT NOT NULL DEFAULT 0,
                    refresh_lease_until BIGINT NOT NULL DEFAULT 0,
                    refresh_started_at BIGINT,
                    changed_at BIGINT NOT NULL
                )
                """,
                """
                CREATE TABLE erp_gate (
                    company_id TEXT PRIMARY KEY REFERENCES company (id),
                    closed_until BIGINT NOT NULL DEFAULT 0,
                    failures BIGINT NOT NULL DEFAULT 0,
                    open_seconds BIGINT NOT NULL DEFAULT 0,
                    rate_limit BIGINT,
                    rate_remaining BIGINT,
                    rate_resets_at BIGINT
                )
                """,
                """
                CREATE TABLE job (
                    company_id TEXT NOT NULL REFERENCES company (id),
                    name TEXT NOT NULL CHECK (name IN ('customers', 'projects', 'items', 'hours', 'withdrawals')),
                    enabled_at BIGINT,
                    automatic_at BIGINT,
                    next_run_at BIGINT,
                    requested_by TEXT,
                    requested_period TEXT,
                    attempts BIGINT NOT NULL DEFAULT 0,
                    lease_owner TEXT,
                    lease_until BIGINT NOT NULL DEFAULT 0,
                    epoch BIGINT NOT NULL DEFAULT 0,
                    PRIMARY KEY (company_id, name)
                )
                """,
                "CREATE INDEX job_due ON job (next_run_at)",
                """
                CREATE TABLE import_cursor (
                    company_id TEXT NOT NULL REFERENCES company (id),
                    resource TEXT NOT NULL CHECK (resource IN ('customers', 'projects', 'tasks', 'items')),
                    erp_time TEXT,
                    full_pass_at BIGINT,
                    largest_page BIGINT NOT NULL DEFAULT 0,
                    PRIMARY KEY (company_id, resource)
                )
                """,
                """
                CREATE TABLE run (
                    company_id TEXT NOT NULL REFERENCES company (id),
                    id TEXT NOT NULL,
                    job TEXT NOT NULL,
                    started_by TEXT NOT NULL,
                    epoch BIGINT NOT NULL,
                    started_at BIGINT NOT NULL,
                    finished_at BIGINT,
                    outcome TEXT NOT NULL CHECK (outcome IN ('running', 'succeeded', 'partly', 'failed', 'abandoned')),
                    read_count BIGINT NOT NULL DEFAULT 0,
                    created_count BIGINT NOT NULL DEFAULT 0,
                    changed_count BIGINT NOT NULL DEFAULT 0,
                    unchanged_count BIGINT NOT NULL DEFAULT 0,
                    quarantined_count BIGINT NOT NULL DEFAULT 0,
                    sent_lines BIGINT NOT NULL DEFAULT 0,
                    documents BIGINT NOT NULL DEFAULT 0,
                    held_count BIGINT NOT NULL DEFAULT 0,
                    requests BIGINT NOT NULL DEFAULT 0,
                    error_kind TEXT,
                    error TEXT,
                    PRIMARY KEY (company_id, id)
                )
                """,
                "CREATE INDEX run_latest ON run (company_id, job, started_at)",
                """
                CREATE TABLE run_item (
                    company_id TEXT NOT NULL,
                    run_id TEXT NOT NULL,
                    position BIGINT NOT NULL,
                    record_kind TEXT NOT NULL,
                    record_number TEXT NOT NULL,
                    happened TEXT NOT NULL,
                    detail TEXT NOT NULL DEFAULT '',
                    PRIMARY KEY (company_id, run_id, position),
                    FOREIGN KEY (company_id, run_id) REFERENCES run (company_id, id)
                )
                """,
                """
                CREATE TABLE export_document (
                    company_id TEXT NOT NULL REFERENCES company (id),
                    id TEXT NOT NULL,
                    kind TEXT NOT NULL CHECK (kind IN ('hours', 'withdrawals')),
                    project_number TEXT NOT NULL,
                    period TEXT NOT NULL,
                    reference TEXT NOT NULL UNIQUE,
                    payload TEXT NOT NULL,
                    payload_sha256 TEXT NOT NULL,
                    state TEXT NOT NULL CHECK (state IN
                        ('ready', 'sending', 'unknown', 'confirmed', 'rejected', 'needsReview', 'voided')),
                    attempts BIGINT NOT NULL DEFAULT 0,
                    doubtful_at BIGINT,
                    settled_from BIGINT,
                    absent_count BIGINT NOT NULL DEFAULT 0,
                    next_step_at BIGINT NOT NULL,
                    epoch BIGINT NOT NULL,
                    erp_number TEXT,
                    erp_version TEXT,
                    erp_job TEXT,
                    explanation TEXT,
                    split_from TEXT,
                    run_id TEXT NOT NULL,
                    created_at BIGINT NOT NULL,
                    changed_at BIGINT NOT NULL,
                    PRIMARY KEY (company_id, id),
                    UNIQUE (company_id, erp_number),
                    CHECK (state <> 'confirmed' OR erp_number IS NOT NULL)
                )
                """,
                "CREATE INDEX export_document_open ON export_document (company_id, kind, state, next_step_at)",
                """
                CREATE TABLE export_line (
                    company_id TEXT NOT NULL,
                    document_id TEXT NOT NULL,
                    position BIGINT NOT NULL,
                    source_kind TEXT NOT NULL CHECK (source_kind IN ('hourEntry', 'withdrawal')),
                    source_id TEXT NOT NULL,
                    source_version BIGINT NOT NULL,
                    part TEXT NOT NULL CHECK (part IN ('ordinary', 'overtime50', 'overtime100', 'goods')),
                    correction BIGINT NOT NULL DEFAULT 0,
                    released_at BIGINT,
                    PRIMARY KEY (company_id, document_id, position),
                    FOREIGN KEY (company_id, document_id) REFERENCES export_document (company_id, id)
                )
                """,
                """
                CREATE UNIQUE INDEX export_line_source
                    ON export_line (company_id, source_kind, source_id, part, correction) WHERE released_at IS NULL
                """,
                """
                CREATE TABLE export_attempt (
                    company_id TEXT NOT NULL,
                    document_id TEXT NOT NULL,
                    number BIGINT NOT NULL,
                    event TEXT NOT NULL CHECK (event IN ('sent', 'answered', 'late')),
                    epoch BIGINT NOT NULL,
                    at BIGINT NOT NULL,
                    request_sha256 TEXT,
                    answer TEXT,
                    PRIMARY KEY (company_id, document_id, number, event),
                    FOREIGN KEY (company_id, document_id) REFERENCES export_document (company_id, id)
                )
                """,
                """
                CREATE TABLE export_rejection (
                    company_id TEXT NOT NULL,
                    source_kind TEXT NOT NULL,
                    source_id TEXT NOT NULL,
                    source_version BIGINT NOT NULL,
                    document_id TEXT NOT NULL,
                    explanation TEXT NOT NULL,
                    rejected_at BIGINT NOT NULL,
                    cleared_at BIGINT,
                    cleared_by TEXT,
                    PRIMARY KEY (company_id, document_id, source_kind, source_id),
                    FOREIGN KEY (company_id, document_id) REFERENCES export_document (company_id, id)
                )
                """,
                """
                CREATE INDEX export_rejection_source
                    ON export_rejection (company_id, source_kind, source_id, source_version)
                """,
                """
                CREATE TABLE outbox (
                    company_id TEXT NOT NULL,
                    document_id TEXT NOT NULL,
                    created_at BIGINT NOT NULL,
                    done_at BIGINT,
                    PRIMARY KEY (company_id, document_id),
                    FOREIGN KEY (company_id, document_id) REFERENCES export_document (company_id, id)
                )
                """,
                "CREATE INDEX outbox_waiting ON outbox (company_id, done_at)",
                """
                CREATE TABLE audit (
                    company_id TEXT NOT NULL REFERENCES company (id),
                    id TEXT NOT NULL,
                    at BIGINT NOT NULL,
                    actor TEXT NOT NULL,
                    action TEXT NOT NULL,
                    subject_kind TEXT NOT NULL,
                    subject_id TEXT NOT NULL,
                    reason TEXT NOT NULL DEFAULT '',
                    before_digest TEXT,
                    after_digest TEXT,
                    PRIMARY KEY (company_id, id)
                )
                """,
                "CREATE INDEX audit_subject ON audit (company_id, subject_kind, subject_id, at)",
            ])
    ]

    /// Every table of the product, in the order of their making.
    public static let all =
        (ProresultSchema.all + migrations + [
            alarms,
            gateShares,
            desk,
            setUpCheck,
            deadWork,
            idleGrants,
            probe,
            pendingConnection,
            erpHints,
            recordHistory,
            brakeRelease,
            operations,
            growth,
            retention,
            nextReady,
            dueInOrder,
            provenToken,
            sharedRunItems,
        ]).sorted { $0.number < $1.number }
}
