import Persistence
import Proresult

/// Locks the sources of confirmed documents. Set to a value, so that a crash between confirming and locking, or between
/// locking and noting it, only means that it is done once more.
struct Outbox {
    let context: RunContext
    let kind: any ExportedKind

    /// Does what is waiting; tells how many documents and lines were locked.
    func drain() async throws -> (documents: Int, lines: Int) {
        try await context.transaction { transaction in
            var marked = (documents: 0, lines: 0)
            for row in try waiting(in: transaction) {
                let document: ExportDocumentID = try row.get("id")
                guard try lock(document, reference: row.get("erp_number"), in: transaction) else { continue }
                marked.documents += 1
                marked.lines += try lines(of: document, in: transaction)
            }
            return marked
        }
    }

    private func waiting(in transaction: CompanyTransaction) throws -> [SQLRow] {
        try transaction.query(
            """
            SELECT document.id AS id, document.erp_number AS erp_number FROM outbox
            JOIN export_document document
                ON document.company_id = outbox.company_id AND document.id = outbox.document_id
            WHERE outbox.company_id = \(context.company) AND outbox.done_at IS NULL AND document.kind = \(context.job)
            ORDER BY outbox.created_at, document.id
            """)
    }

    /// A rule of our own shore that says no must not stop the other documents; it is told in every run until somebody
    /// mends it.
    private func lock(
        _ document: ExportDocumentID, reference: String, in transaction: CompanyTransaction
    ) throws -> Bool {
        do {
            try kind.markTransferred(
                transaction.sources(of: document).map(\.id), run: context.run.text, reference: reference,
                in: transaction)
        } catch let refusal as ProresultError {
            try transaction.record(
                [RunItem("document", reference, .warned, "confirmed, but not locked here: \(refusal.english)")],
                in: context.run)
            return false
        }
        try transaction.execute(
            """
            UPDATE outbox SET done_at = \(transaction.now())
            WHERE company_id = \(context.company) AND document_id = \(document)
            """)
        return true
    }

    private func lines(of document: ExportDocumentID, in transaction: CompanyTransaction) throws -> Int {
        try transaction.first(
            """
            SELECT count(*) AS n FROM export_line
            WHERE company_id = \(context.company) AND document_id = \(document)
            """)?.get("n", as: Int.self) ?? 0
    }
}
