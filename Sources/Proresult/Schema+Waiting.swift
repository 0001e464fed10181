import Persistence

extension ProresultSchema {
    /// What waits stays few while what was transferred grows with the years, so it has indexes of its own. Their conditions
    /// stand word for word in the statements that they serve: SQLite asks for that.
    static let waiting = Migration(
        60, "waiting records",
        [
            """
            CREATE INDEX hour_entry_open ON hour_entry (company_id, work_date, worker_id, id)
                WHERE state <> 'transferred'
            """,
            """
            CREATE INDEX hour_entry_worker_open ON hour_entry (company_id, worker_id, state, total_hours)
                WHERE state <> 'transferred'
            """,
            "DROP INDEX hour_entry_waiting",
            "DROP INDEX hour_entry_worker_state",
            """
            CREATE INDEX withdrawal_open ON withdrawal (company_id, withdrawal_date, id) WHERE state = 'registered'
            """,
            "DROP INDEX withdrawal_waiting",
            // An entry that is deleted is looked for among those that correct another.
            """
            CREATE INDEX hour_entry_corrects ON hour_entry (company_id, corrects_entry_id)
                WHERE corrects_entry_id IS NOT NULL
            """,
            "DROP INDEX withdrawal_returns",
            """
            CREATE INDEX withdrawal_returned ON withdrawal (company_id, returns_withdrawal_id)
                WHERE returns_withdrawal_id IS NOT NULL
            """,
            "CREATE INDEX sign_in_attempt_age ON sign_in_attempt (last_at)",
        ])
}
