import Persistence

extension CompanyTransaction {
    /// What is about to be sent, committed before its first byte leaves.
    func noteAttempt(_ number: Int, of document: ExportDocument, context: RunContext) throws {
        try execute(
            """
            INSERT INTO export_attempt (company_id, document_id, number, event, epoch, at, request_sha256)
            VALUES (\(company), \(document.id), \(number), 'sent', \(context.epoch), \(now()),
                \(ExportDocument.sha256(document.payload)))
            """)
    }
}

extension RunContext {
    /// Kept even when the lease is lost meanwhile: a late answer is evidence, not a state.
    func noteAnswer(_ answer: String, to number: Int, of document: ExportDocument) async throws {
        try await database.transaction(company: company) { transaction in
            let owned = try transaction.first(
                "SELECT 1 AS owned FROM job WHERE company_id = \(company) AND name = \(job) AND epoch = \(epoch)")
            try transaction.execute(
                """
                INSERT INTO export_attempt (company_id, document_id, number, event, epoch, at, answer)
                VALUES (\(company), \(document.id), \(number), \(owned == nil ? "late" : "answered"), \(epoch),
                    \(transaction.now()), \(String(answer.prefix(500))))
                """)
        }
    }
}
