import Persistence

extension SyncSchema {
    /// What guards the exports: alarms about confirmed documents, and the shutter after a restore.
    static let alarms = Migration(
        3, "alarms",
        [
            """
            CREATE TABLE export_audit (
                company_id TEXT NOT NULL REFERENCES company (id),
                job TEXT NOT NULL CHECK (job IN ('hours', 'withdrawals')),
                audited_at BIGINT NOT NULL,
                PRIMARY KEY (company_id, job)
            )
            """,
            """
            CREATE TABLE export_alarm (
                company_id TEXT NOT NULL REFERENCES company (id),
                id TEXT NOT NULL,
                reference TEXT NOT NULL,
                kind TEXT NOT NULL CHECK (kind IN ('missing', 'doubled', 'changed', 'unknownReference')),
                period TEXT NOT NULL,
                erp_number TEXT NOT NULL,
                detail TEXT NOT NULL,
                found_at BIGINT NOT NULL,
                cleared_at BIGINT,
                PRIMARY KEY (company_id, id)
            )
            """,
            """
            CREATE UNIQUE INDEX export_alarm_standing
                ON export_alarm (company_id, reference, kind, erp_number) WHERE cleared_at IS NULL
            """,
            """
            CREATE TABLE installation (
                one BIGINT PRIMARY KEY CHECK (one = 1),
                mark TEXT NOT NULL,
                counter BIGINT NOT NULL,
                timeline TEXT
            )
            """,
            """
            CREATE TABLE export_shutter (
                company_id TEXT PRIMARY KEY REFERENCES company (id),
                shut_at BIGINT NOT NULL,
                because TEXT NOT NULL,
                known_until BIGINT NOT NULL,
                opened_at BIGINT
            )
            """,
        ])
}
