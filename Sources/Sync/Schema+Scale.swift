import Persistence

extension SyncSchema {
    /// The next document to send is found without looking at those behind it.
    static let nextReady = Migration(
        70, "next ready document",
        [
            """
            CREATE INDEX export_document_ready
                ON export_document (company_id, kind, created_at, project_number, period, id) WHERE state = 'ready'
            """
        ])

    /// The due jobs come in the order in which they are looked at, also when hundreds of companies share a minute.
    static let dueInOrder = Migration(
        71, "due jobs in order",
        [
            "CREATE INDEX job_in_order ON job (next_run_at, company_id)",
            "DROP INDEX job_due",
        ])

    /// Which access token has been seen to reach the right organisation, so that each process need not ask.
    static let provenToken = Migration(
        72, "proven token", ["ALTER TABLE connection ADD COLUMN proven_version BIGINT"])
}
