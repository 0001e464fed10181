import Logging
import Persistence
import Proresult

/// Locks the sources of confirmed documents. Set to a value, so that a crash between confirming and locking, or between
/// locking and noting it, only means that it is done once more.
struct Outbox {
    /// After so many failures a mark is given up until somebody asks for a run.
    static let mostAttempts = 20

    let context: RunContext
    let kind: any ExportedKind

    private struct Mark: Sendable {
        var document: ExportDocumentID
        var erpNumber: String
        var attempts: Int
    }

    /// Does what is waiting, each in a transaction of its own, so that one that fails takes no other with it; tells how
    /// many documents and lines were locked.
    func drain() async throws -> (documents: Int, lines: Int) {
        var marked = (documents: 0, lines: 0)
        for mark in try await context.transaction({ try waiting(in: $0) }) {
            do {
                marked.lines += try await context.transaction { try lock(mark, in: $0) }
                marked.documents += 1
            } catch let refusal as ProresultError {
                try await failed(mark, because: refusal.english)
            } catch SQLError.constraint(_, let why), SQLError.unreadable(let why), SQLError.statement(let why) {
                try await failed(mark, because: why)
            }
        }
        return marked
    }

    private func waiting(in transaction: CompanyTransaction) throws -> [Mark] {
        try transaction.query(
            """
            SELECT document.id AS id, document.erp_number AS erp_number, outbox.attempts AS attempts FROM outbox
            JOIN export_document document
                ON document.company_id = outbox.company_id AND document.id = outbox.document_id
            WHERE outbox.company_id = \(context.company) AND outbox.done_at IS NULL AND outbox.dead_at IS NULL
                AND outbox.next_try_at <= \(transaction.now()) AND document.kind = \(context.job)
            ORDER BY outbox.created_at, document.id
            """
        ).map { row in
            try Mark(document: row.get("id"), erpNumber: row.get("erp_number"), attempts: row.get("attempts"))
        }
    }

    /// Tells how many lines the document has.
    private func lock(_ mark: Mark, in transaction: CompanyTransaction) throws -> Int {
        try kind.markTransferred(
            transaction.sources(of: mark.document).map(\.id), run: context.run.text, reference: mark.erpNumber,
            in: transaction)
        try transaction.execute(
            """
            UPDATE outbox SET done_at = \(transaction.now())
            WHERE company_id = \(context.company) AND document_id = \(mark.document)
            """)
        return try transaction.first(
            """
            SELECT count(*) AS n FROM export_line
            WHERE company_id = \(context.company) AND document_id = \(mark.document)
            """)?.get("n", as: Int.self) ?? 0
    }

    /// A rule of our own shore said no. It is told and tried again later, until it is given up.
    private func failed(_ mark: Mark, because why: String) async throws {
        try await context.transaction { transaction in
            let now = try transaction.now()
            let attempts = mark.attempts + 1
            let dead = attempts >= Self.mostAttempts ? now : nil
            try transaction.execute(
                """
                UPDATE outbox SET attempts = \(attempts), failure = \(why), dead_at = \(dead),
                    next_try_at = \(now + Backoff.delay(afterFailures: attempts, hint: nil))
                WHERE company_id = \(context.company) AND document_id = \(mark.document) AND done_at IS NULL
                """)
            try transaction.record(
                [RunItem("document", mark.erpNumber, .warned, "confirmed, but not locked here: \(why)")],
                in: context.run)
            guard dead != nil else { return }
            try transaction.audit(
                by: context.startedBy, "mark dead", of: "document", mark.document.text, because: why)
        }
        context.logger.error(
            "a confirmed document is not locked here", metadata: ["document": "\(mark.erpNumber)", "why": "\(why)"])
    }
}
