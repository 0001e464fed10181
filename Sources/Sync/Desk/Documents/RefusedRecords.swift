import Persistence
import Proresult

extension CompanyTransaction {
    /// The records of a document that the ERP refused and that wait for a person because of it.
    public func refusedRecords(of document: ExportDocumentID) throws -> [SourceRecord] {
        try query(
            """
            SELECT source_kind, source_id FROM export_rejection
            WHERE company_id = \(company) AND document_id = \(document) AND cleared_at IS NULL
            ORDER BY source_kind, source_id
            """
        ).map { try SourceRecord($0.get("source_kind"), $0.get("source_id")) }
    }
}
