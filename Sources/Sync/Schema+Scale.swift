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
}
