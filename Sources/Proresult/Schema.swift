import Persistence

/// The tables of our own shore. Every table carries the company, in its key and in its foreign keys, so that no row
/// can point at another company's.
///
/// One text for SQLite and PostgreSQL: TEXT and BIGINT only. Times are milliseconds UTC, dates `yyyy-mm-dd`, money and
/// quantities exact decimal text, and a nullable time says both whether and when.
public enum ProresultSchema {
    /// All tables of this shore, in the order of their making.
    public static let all = migrations + [access, lists, users, withdrawalSearch, companyState, waiting]

    public static let migrations = [
        Migration(
            1, "proresult",
            [
                """
                CREATE TABLE company (
                    id TEXT PRIMARY KEY,
                    name TEXT NOT NULL CHECK (name <> ''),
                    created_at BIGINT NOT NULL
                )
                """,
                """
                CREATE TABLE setting (
                    company_id TEXT NOT NULL REFERENCES company (id),
                    key TEXT NOT NULL,
                    value TEXT NOT NULL,
                    PRIMARY KEY (company_id, key)
                )
                """,
                """
                CREATE TABLE app_user (
                    company_id TEXT NOT NULL REFERENCES company (id),
                    id TEXT NOT NULL,
                    username TEXT NOT NULL CHECK (username <> ''),
                    name TEXT NOT NULL CHECK (name <> ''),
                    role TEXT NOT NULL CHECK (role IN ('worker', 'leader', 'administrator', 'bookkeeper')),
                    disabled_at BIGINT,
                    PRIMARY KEY (company_id, id),
                    UNIQUE (company_id, username)
                )
                """,
                """
                CREATE TABLE worker (
                    company_id TEXT NOT NULL REFERENCES company (id),
                    id TEXT NOT NULL,
                    employee_number TEXT NOT NULL CHECK (employee_number <> ''),
                    username TEXT NOT NULL CHECK (username <> ''),
                    name TEXT NOT NULL CHECK (name <> ''),
                    email TEXT,
                    phone TEXT,
                    role TEXT NOT NULL DEFAULT 'worker'
                        CHECK (role IN ('worker', 'leader', 'administrator', 'bookkeeper')),
                    inactive_at BIGINT,
                    visma_employee_number TEXT CHECK (visma_employee_number <> ''),
                    PRIMARY KEY (company_id, id),
                    UNIQUE (company_id, employee_number),
                    UNIQUE (company_id, username)
                )
                """,
                """
                CREATE UNIQUE INDEX worker_visma_employee_number
                    ON worker (company_id, visma_employee_number) WHERE visma_employee_number IS NOT NULL
                """,
                """
                CREATE TABLE worker_wage (
                    company_id TEXT NOT NULL,
                    worker_id TEXT NOT NULL,
                    valid_from TEXT NOT NULL,
                    hourly_wage TEXT NOT NULL,
                    PRIMARY KEY (company_id, worker_id, valid_from),
                    FOREIGN KEY (company_id, worker_id) REFERENCES worker (company_id, id)
                )
                """,
                """
                CREATE TABLE customer (
                    company_id TEXT NOT NULL REFERENCES company (id),
                    id TEXT NOT NULL,
                    number TEXT NOT NULL CHECK (number <> ''),
                    name TEXT NOT NULL,
                    address TEXT,
                    postal_code TEXT,
                    city TEXT,
                    delivery_address TEXT,
                    delivery_postal_code TEXT,
                    delivery_city TEXT,
                    inactive_at BIGINT,
                    erp_id TEXT,
                    erp_number TEXT,
                    erp_modified_at TEXT,
                    erp_missing_passes BIGINT NOT NULL DEFAULT 0,
                    erp_deleted_at BIGINT,
                    PRIMARY KEY (company_id, id),
                    UNIQUE (company_id, number)
                )
                """,
                "CREATE UNIQUE INDEX customer_erp_id ON customer (company_id, erp_id) WHERE erp_id IS NOT NULL",
                """
                CREATE TABLE project (
                    company_id TEXT NOT NULL REFERENCES company (id),
                    id TEXT NOT NULL,
                    number TEXT NOT NULL CHECK (number <> ''),
                    name TEXT NOT NULL,
                    address TEXT,
                    postal_code TEXT,
                    city TEXT,
                    start_date TEXT,
                    customer_id TEXT,
                    manager_worker_id TEXT,
                    parent_project_id TEXT,
                    kind TEXT NOT NULL DEFAULT 'ordinary' CHECK (kind IN ('ordinary', 'absence')),
                    billing_mode TEXT NOT NULL DEFAULT 'timeAndMaterials'
                        CHECK (billing_mode IN ('fixedPrice', 'timeAndMaterials', 'internal')),
                    state TEXT NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'closed')),
                    closed_at BIGINT,
                    closed_by TEXT CHECK (closed_by IN ('user', 'visma')),
                    closed_by_name TEXT,
                    reopened_at BIGINT,
                    reopened_by TEXT CHECK (reopened_by IN ('user', 'visma')),
                    reopened_by_name TEXT,
                    erp_id TEXT,
                    erp_number TEXT,
                    erp_modified_at TEXT,
                    erp_state TEXT CHECK (erp_state IN ('active', 'suspended', 'closed')),
                    erp_customer_number TEXT,
                    erp_manager_number TEXT,
                    erp_missing_passes BIGINT NOT NULL DEFAULT 0,
                    erp_deleted_at BIGINT,
                    PRIMARY KEY (company_id, id),
                    UNIQUE (company_id, number),
                    CHECK (state = 'active' OR (closed_at IS NOT NULL AND closed_by IS NOT NULL)),
                    FOREIGN KEY (company_id, customer_id) REFERENCES customer (company_id, id),
                    FOREIGN KEY (company_id, manager_worker_id) REFERENCES worker (company_id, id),
                    FOREIGN KEY (company_id, parent_project_id) REFERENCES project (company_id, id)
                )
                """,
                "CREATE UNIQUE INDEX project_erp_id ON project (company_id, erp_id) WHERE erp_id IS NOT NULL",
                """
                CREATE TABLE work_type (
                    company_id TEXT NOT NULL REFERENCES company (id),
                    id TEXT NOT NULL,
                    number TEXT NOT NULL CHECK (number <> ''),
                    name TEXT NOT NULL,
                    inactive_at BIGINT,
                    PRIMARY KEY (company_id, id),
                    UNIQUE (company_id, number)
                )
                """,
                """
                CREATE TABLE project_work_type (
                    company_id TEXT NOT NULL,
                    id TEXT NOT NULL,
                    project_id TEXT NOT NULL,
                    origin TEXT NOT NULL CHECK (origin IN ('proresult', 'visma')),
                    work_type_id TEXT,
                    visma_task_id TEXT,
                    name TEXT NOT NULL,
                    closed_at BIGINT,
                    erp_id TEXT,
                    erp_modified_at TEXT,
                    erp_missing_passes BIGINT NOT NULL DEFAULT 0,
                    erp_deleted_at BIGINT,
                    PRIMARY KEY (company_id, id),
                    UNIQUE (company_id, project_id, visma_task_id),
                    UNIQUE (company_id, project_id, work_type_id),
                    UNIQUE (company_id, project_id, id),
                    CHECK ((origin = 'visma') = (visma_task_id IS NOT NULL)),
                    CHECK ((origin = 'proresult') = (work_type_id IS NOT NULL)),
                    FOREIGN KEY (company_id, project_id) REFERENCES project (company_id, id),
                    FOREIGN KEY (company_id, work_type_id) REFERENCES work_type (company_id, id)
                )
                """,
                """
                CREATE UNIQUE INDEX project_work_type_erp_id
                    ON project_work_type (company_id, erp_id) WHERE erp_id IS NOT NULL
                """,
                """
                CREATE TABLE item_group (
                    company_id TEXT NOT NULL REFERENCES company (id),
                    id TEXT NOT NULL,
                    parent_id TEXT,
                    name TEXT NOT NULL CHECK (name <> ''),
                    PRIMARY KEY (company_id, id),
                    FOREIGN KEY (company_id, parent_id) REFERENCES item_group (company_id, id)
                )
                """,
                "CREATE UNIQUE INDEX item_group_name ON item_group (company_id, coalesce(parent_id, ''), name)",
                """
                CREATE TABLE item (
                    company_id TEXT NOT NULL REFERENCES company (id),
                    id TEXT NOT NULL,
                    number TEXT NOT NULL CHECK (number <> ''),
                    name TEXT NOT NULL,
                    unit TEXT NOT NULL DEFAULT '',
                    sales_price TEXT NOT NULL DEFAULT '0',
                    cost_price TEXT NOT NULL DEFAULT '0',
                    item_group_id TEXT NOT NULL,
                    moved_by_user_at BIGINT,
                    inactive_at BIGINT,
                    erp_id TEXT,
                    erp_number TEXT,
                    erp_modified_at TEXT,
                    erp_missing_passes BIGINT NOT NULL DEFAULT 0,
                    erp_deleted_at BIGINT,
                    PRIMARY KEY (company_id, id),
                    UNIQUE (company_id, number),
                    FOREIGN KEY (company_id, item_group_id) REFERENCES item_group (company_id, id)
                )
                """,
                "CREATE UNIQUE INDEX item_erp_id ON item (company_id, erp_id) WHERE erp_id IS NOT NULL",
                """
                CREATE TABLE hour_entry (
                    company_id TEXT NOT NULL REFERENCES company (id),
                    id TEXT NOT NULL,
                    external_reference TEXT,
                    worker_id TEXT NOT NULL,
                    project_id TEXT NOT NULL,
                    project_work_type_id TEXT NOT NULL,
                    work_date TEXT NOT NULL,
                    from_time TEXT,
                    to_time TEXT,
                    break_minutes BIGINT NOT NULL DEFAULT 0 CHECK (break_minutes >= 0),
                    total_hours TEXT NOT NULL,
                    overtime50 TEXT NOT NULL DEFAULT '0',
                    overtime100 TEXT NOT NULL DEFAULT '0',
                    billable_hours TEXT NOT NULL,
                    comment TEXT NOT NULL DEFAULT '',
                    internal_note TEXT NOT NULL DEFAULT '',
                    state TEXT NOT NULL
                        CHECK (state IN ('registered', 'approvedStep1', 'approved', 'rejected', 'transferred')),
                    version BIGINT NOT NULL DEFAULT 1,
                    reverses_entry_id TEXT,
                    corrects_entry_id TEXT,
                    transferred_at BIGINT,
                    transferred_run TEXT,
                    transferred_reference TEXT,
                    created_at BIGINT NOT NULL,
                    PRIMARY KEY (company_id, id),
                    UNIQUE (company_id, external_reference),
                    UNIQUE (company_id, reverses_entry_id),
                    CHECK ((state = 'transferred') = (transferred_reference IS NOT NULL)),
                    FOREIGN KEY (company_id, worker_id) REFERENCES worker (company_id, id),
                    FOREIGN KEY (company_id, project_id) REFERENCES project (company_id, id),
                    FOREIGN KEY (company_id, project_id, project_work_type_id)
                        REFERENCES project_work_type (company_id, project_id, id),
                    FOREIGN KEY (company_id, reverses_entry_id) REFERENCES hour_entry (company_id, id),
                    FOREIGN KEY (company_id, corrects_entry_id) REFERENCES hour_entry (company_id, id)
                )
                """,
                "CREATE INDEX hour_entry_waiting ON hour_entry (company_id, state, work_date, id)",
                "CREATE INDEX hour_entry_worker_day ON hour_entry (company_id, worker_id, work_date)",
                """
                CREATE TABLE approval (
                    company_id TEXT NOT NULL,
                    id TEXT NOT NULL,
                    hour_entry_id TEXT NOT NULL,
                    entry_version BIGINT NOT NULL,
                    step BIGINT NOT NULL CHECK (step IN (1, 2)),
                    decision TEXT NOT NULL CHECK (decision IN ('approved', 'rejected')),
                    decided_by TEXT NOT NULL,
                    decided_at BIGINT NOT NULL,
                    comment TEXT NOT NULL DEFAULT '',
                    PRIMARY KEY (company_id, id),
                    FOREIGN KEY (company_id, hour_entry_id) REFERENCES hour_entry (company_id, id)
                )
                """,
                "CREATE INDEX approval_entry ON approval (company_id, hour_entry_id, decided_at)",
                """
                CREATE TABLE withdrawal (
                    company_id TEXT NOT NULL REFERENCES company (id),
                    id TEXT NOT NULL,
                    external_reference TEXT,
                    worker_id TEXT NOT NULL,
                    project_id TEXT NOT NULL,
                    item_id TEXT,
                    text TEXT NOT NULL,
                    withdrawal_date TEXT NOT NULL,
                    quantity TEXT NOT NULL,
                    unit TEXT NOT NULL DEFAULT '',
                    sales_price TEXT NOT NULL,
                    cost_price TEXT NOT NULL,
                    discount_percent TEXT NOT NULL DEFAULT '0',
                    is_extra_cost BIGINT NOT NULL DEFAULT 0 CHECK (is_extra_cost IN (0, 1)),
                    extra_text TEXT NOT NULL DEFAULT '',
                    note TEXT NOT NULL DEFAULT '',
                    state TEXT NOT NULL CHECK (state IN ('registered', 'invoiced')),
                    version BIGINT NOT NULL DEFAULT 1,
                    returns_withdrawal_id TEXT,
                    transferred_at BIGINT,
                    transferred_run TEXT,
                    transferred_reference TEXT,
                    created_at BIGINT NOT NULL,
                    PRIMARY KEY (company_id, id),
                    UNIQUE (company_id, external_reference),
                    CHECK ((state = 'invoiced') = (transferred_reference IS NOT NULL)),
                    FOREIGN KEY (company_id, worker_id) REFERENCES worker (company_id, id),
                    FOREIGN KEY (company_id, project_id) REFERENCES project (company_id, id),
                    FOREIGN KEY (company_id, item_id) REFERENCES item (company_id, id),
                    FOREIGN KEY (company_id, returns_withdrawal_id) REFERENCES withdrawal (company_id, id)
                )
                """,
                "CREATE INDEX withdrawal_waiting ON withdrawal (company_id, state, withdrawal_date, id)",
                "CREATE INDEX withdrawal_returns ON withdrawal (company_id, returns_withdrawal_id)",
            ])
    ]
}
