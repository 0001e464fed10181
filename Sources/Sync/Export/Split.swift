import Persistence

extension CompanyTransaction {
    /// Replaces a refused document by two halves, each a new document with a reference of its own, so that the bad
    /// record ends up alone and the good ones go on. False when the document holds one record only.
    func split(_ document: ExportDocument, context: RunContext) throws -> Bool {
        let payload = try document.transaction()
        let rows = try query(
            """
            SELECT position, source_kind, source_id, source_version, part FROM export_line
            WHERE company_id = \(company) AND document_id = \(document.id) ORDER BY position
            """)
        let sources = try rows.map { row in
            try FrozenDocument.Source(
                kind: row.get("source_kind"), id: row.get("source_id"), version: row.get("source_version"),
                part: row.get("part"))
        }
        guard sources.count == payload.lines.count else {
            throw SQLError.unreadable("document \(document.id) has \(sources.count) sources for its lines")
        }
        var order: [String] = []
        for source in sources where order.last != source.id { order.append(source.id) }
        guard order.count > 1 else { return false }
        try releaseLines(of: document.id)
        let firstHalf = Set(order.prefix(order.count / 2))
        for half in [true, false] {
            let pairs = zip(sources, payload.lines).filter { firstHalf.contains($0.0.id) == half }
            let id = ExportDocumentID(using: context.randomness)
            let reference = DocumentReference(id)
            let lines = pairs.map { source, line in
                var line = line
                let text = line.description.split(separator: " ").dropLast().joined(separator: " ")
                line.description = text + " " + reference.lineTag(source: source.id, part: source.part)
                return line
            }
            let words = payload.description.split(separator: " ").dropFirst().joined(separator: " ")
            try insert(
                FrozenDocument(
                    id: id, kind: document.kind,
                    payload: ProjectTransaction(
                        description: "\(reference) \(words)", project: payload.project,
                        period: payload.period, lines: lines), splitFrom: document.id, sources: pairs.map(\.0)),
                at: now(), context: context)
        }
        return true
    }
}
