import Persistence

extension ProresultSchema {
    /// Who may come in: passwords, sessions, one-time links, keys of programs, and the count of failed attempts.
    ///
    /// Of every secret only a digest is stored. Passwords stand apart from the people, so that no reading of a user
    /// can carry one along. `sign_in_attempt` has no company: who guesses at a company that does not exist is counted too.
    public static let access = Migration(
        10, "access",
        [
            "ALTER TABLE company ADD COLUMN code TEXT NOT NULL DEFAULT ''",
            "UPDATE company SET code = id",
            "CREATE UNIQUE INDEX company_code ON company (code) WHERE code <> ''",
            "ALTER TABLE app_user ADD COLUMN language TEXT NOT NULL DEFAULT 'nb' CHECK (language IN ('nb', 'en'))",
            """
            CREATE TABLE user_password (
                company_id TEXT NOT NULL,
                user_id TEXT NOT NULL,
                hash TEXT NOT NULL,
                set_at BIGINT NOT NULL,
                PRIMARY KEY (company_id, user_id),
                FOREIGN KEY (company_id, user_id) REFERENCES app_user (company_id, id)
            )
            """,
            """
            CREATE TABLE session (
                company_id TEXT NOT NULL,
                id TEXT NOT NULL UNIQUE,
                user_id TEXT NOT NULL,
                role TEXT NOT NULL,
                created_at BIGINT NOT NULL,
                seen_at BIGINT NOT NULL,
                proved_at BIGINT NOT NULL,
                device TEXT NOT NULL DEFAULT '',
                PRIMARY KEY (company_id, id),
                FOREIGN KEY (company_id, user_id) REFERENCES app_user (company_id, id)
            )
            """,
            "CREATE INDEX session_of_user ON session (company_id, user_id, created_at)",
            """
            CREATE TABLE set_up_secret (
                company_id TEXT PRIMARY KEY REFERENCES company (id),
                digest TEXT NOT NULL UNIQUE,
                expires_at BIGINT NOT NULL
            )
            """,
            """
            CREATE TABLE invitation (
                company_id TEXT NOT NULL,
                user_id TEXT NOT NULL,
                digest TEXT NOT NULL UNIQUE,
                made_by TEXT NOT NULL,
                expires_at BIGINT NOT NULL,
                PRIMARY KEY (company_id, user_id),
                FOREIGN KEY (company_id, user_id) REFERENCES app_user (company_id, id)
            )
            """,
            """
            CREATE TABLE program_key (
                company_id TEXT NOT NULL REFERENCES company (id),
                id TEXT NOT NULL,
                name TEXT NOT NULL CHECK (name <> ''),
                role TEXT NOT NULL CHECK (role IN ('worker', 'leader', 'administrator', 'bookkeeper')),
                digest TEXT NOT NULL UNIQUE,
                user_id TEXT,
                created_at BIGINT NOT NULL,
                expires_at BIGINT NOT NULL,
                last_used_at BIGINT,
                revoked_at BIGINT,
                PRIMARY KEY (company_id, id),
                FOREIGN KEY (company_id, user_id) REFERENCES app_user (company_id, id)
            )
            """,
            """
            CREATE TABLE sign_in_attempt (
                subject TEXT PRIMARY KEY,
                failures BIGINT NOT NULL,
                last_at BIGINT NOT NULL
            )
            """,
        ])
}
