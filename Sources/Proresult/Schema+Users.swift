import Persistence

extension ProresultSchema {
    /// What the list of users shows, searches and orders by.
    public static let users = Migration(
        33, "users",
        [
            "ALTER TABLE user_password ADD COLUMN signed_in_at BIGINT",
            "ALTER TABLE app_user ADD COLUMN search_text TEXT NOT NULL DEFAULT ''",
            "ALTER TABLE app_user ADD COLUMN sort_name TEXT NOT NULL DEFAULT ''",
            """
            UPDATE app_user SET search_text = \(folded("name || ' ' || username")), sort_name = \(alphabetical("name"))
            """,
            "CREATE INDEX app_user_by_name ON app_user (company_id, sort_name, id, disabled_at)",
        ])
}
