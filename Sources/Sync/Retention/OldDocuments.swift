import Persistence

/// Documents of years that need not be kept any more, with their lines, attempts and all else that hangs on them.
struct OldDocuments {
    let limits: RetentionLimits
    /// Rows of one transaction, more or less: a document goes as a whole.
    let most: Int

    private static let parts = ["export_line", "export_attempt", "export_rejection", "export_week", "outbox"]
    /// Lines with their attempts and weeks.
    private static let rowsOfOne = 120

    func deleteSome(in transaction: CompanyTransaction) throws -> Int {
        let company = transaction.company
        let documents = try transaction.query(
            """
            SELECT document.id AS id FROM export_document document
            WHERE document.company_id = \(company) AND document.period < \(limits.period)
                AND document.state IN ('confirmed', 'rejected', 'voided')
                AND NOT EXISTS (
                    SELECT 1 FROM outbox WHERE outbox.company_id = document.company_id
                        AND outbox.document_id = document.id AND outbox.done_at IS NULL)
                AND NOT EXISTS (
                    SELECT 1 FROM export_line line JOIN hour_entry entry
                        ON entry.company_id = line.company_id AND entry.id = line.source_id
                    WHERE line.company_id = document.company_id AND line.document_id = document.id
                        AND line.source_kind = 'hourEntry' AND entry.state <> 'transferred')
                AND NOT EXISTS (
                    SELECT 1 FROM export_line line JOIN withdrawal
                        ON withdrawal.company_id = line.company_id AND withdrawal.id = line.source_id
                    WHERE line.company_id = document.company_id AND line.document_id = document.id
                        AND line.source_kind = 'withdrawal' AND withdrawal.state = 'registered')
                AND NOT EXISTS (
                    SELECT 1 FROM export_alarm alarm WHERE alarm.company_id = document.company_id
                        AND alarm.reference = document.reference AND alarm.cleared_at IS NULL)
                AND NOT EXISTS (
                    SELECT 1 FROM erp_fact fact WHERE fact.company_id = document.company_id
                        AND fact.kind = 'periods' AND fact.number = document.period AND fact.state <> 'closed')
            ORDER BY document.period, document.id LIMIT \(max(most / Self.rowsOfOne, 1))
            """
        ).map { try $0.get("id", as: ExportDocumentID.self) }
        guard !documents.isEmpty else { return 0 }
        var deleted = 0
        for table in Self.parts {
            deleted += try transaction.execute(
                "DELETE FROM \(raw: table) WHERE company_id = \(company) AND document_id IN (\(list: documents))")
        }
        return deleted
            + (try transaction.execute(
                "DELETE FROM export_document WHERE company_id = \(company) AND id IN (\(list: documents))"))
    }
}
