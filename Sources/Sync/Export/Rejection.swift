import Persistence

extension CompanyTransaction {
    /// The ERP's no is final for this document: its halves go on, or, where one record is left, the record waits for a
    /// person with the ERP's own words.
    func reject(
        _ document: ExportDocument, from state: ExportDocument.State, explanation: String, context: RunContext
    ) throws {
        if let sent = try self.document(document.id), sent.mode == .shell, sent.erpNumber == nil {
            // It was refused empty: nobody has looked at its lines yet.
            try fallBack(because: explanation, by: context.startedBy)
            _ = try move(
                document, from: [state], to: .ready, because: "the ERP takes no empty document: \(explanation)",
                by: context.startedBy, setting: DocumentChanges(mode: .plain))
            return
        }
        guard try move(document, from: [state], to: .rejected, because: explanation, by: context.startedBy) else {
            return
        }
        let happened: RunItem.Happened
        if try split(document, context: context) {
            happened = .split
        } else {
            happened = .rejected
            let now = try now()
            for source in try sources(of: document.id) {
                try execute(
                    """
                    INSERT INTO export_rejection (company_id, source_kind, source_id, source_version, document_id,
                        explanation, rejected_at)
                    VALUES (\(company), \(source.kind), \(source.id), \(source.version), \(document.id),
                        \(explanation), \(now))
                    """)
            }
            try releaseLines(of: document.id)
        }
        try record([RunItem("document", document.reference.text, happened, explanation)], in: context.run)
    }

    /// The ERP's words when the last answer to a document was a clear no.
    func lastRefusal(of document: ExportDocument) throws -> String? {
        let answer =
            try first(
                """
                SELECT answer FROM export_attempt
                WHERE company_id = \(company) AND document_id = \(document.id) AND event = 'answered'
                ORDER BY number DESC LIMIT 1
                """)?.get("answer", as: String?.self) ?? nil
        guard let answer, answer.hasPrefix(Send.refusedPrefix) else { return nil }
        return String(answer.dropFirst(Send.refusedPrefix.count))
    }
}
