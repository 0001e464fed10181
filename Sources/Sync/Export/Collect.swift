import Persistence

/// Puts what can go into documents: one project, one period, one kind, at most 100 lines, the lines of one record
/// always together.
struct Collect {
    static let mostLines = 100

    let context: RunContext
    let kind: any ExportedKind

    /// Freezes everything that can go now; tells what cannot, and how many documents there are of the rest.
    func run(facts: ERPFacts, period: String?) async throws -> (held: [ExportCandidate], documents: Int) {
        try await context.transaction { transaction in
            let board = try kind.board(facts: facts, period: period, in: transaction)
            let batches = Self.batches(of: board.filter(\.canGo))
            let now = try transaction.now()
            for batch in batches { try freeze(batch, at: now, in: transaction) }
            let held = board.filter { !$0.canGo }
            try transaction.record(held: held.count, in: context.run)
            return (held, batches.count)
        }
    }

    static func batches(of candidates: [ExportCandidate]) -> [[ExportCandidate]] {
        var batches: [[ExportCandidate]] = []
        let groups = Dictionary(grouping: candidates) { [$0.projectNumber, $0.period] }
        for (_, group) in groups.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
            var batch: [ExportCandidate] = []
            var lines = 0
            for candidate in group {
                if lines + candidate.lines.count > mostLines, !batch.isEmpty {
                    batches.append(batch)
                    batch = []
                    lines = 0
                }
                batch.append(candidate)
                lines += candidate.lines.count
            }
            batches.append(batch)
        }
        return batches
    }

    private func freeze(
        _ batch: [ExportCandidate], at now: Timestamp, in transaction: CompanyTransaction
    ) throws {
        guard let first = batch.first else { return }
        let id = ExportDocumentID(using: context.randomness)
        let reference = DocumentReference(id)
        let word = kind.kind == .hours ? "timer" : "vareuttak"
        let payload = ProjectTransaction(
            description: "\(reference) Ferje \(word) \(first.period)", project: first.projectNumber,
            period: first.period, lines: batch.flatMap { candidate in wireLines(of: candidate, in: reference) })
        try transaction.insert(
            FrozenDocument(
                id: id, kind: kind.kind, payload: payload,
                sources: batch.flatMap { candidate in
                    candidate.lines.map { line in
                        FrozenDocument.Source(
                            kind: candidate.kind, id: candidate.id, version: candidate.version, part: line.part)
                    }
                }), at: now, context: context)
    }

    private func wireLines(of candidate: ExportCandidate, in reference: DocumentReference) -> [ProjectTransaction.Line]
    {
        candidate.lines.map { line in
            ProjectTransaction.Line(
                date: candidate.date, employee: candidate.employee, item: line.item, quantity: line.quantity,
                billableQuantity: line.billableQuantity, rate: line.rate, task: line.task,
                accountGroup: kind.accounts.group ?? "", debitAccount: kind.accounts.debit ?? "",
                creditAccount: kind.accounts.credit ?? "", debitSubaccount: kind.accounts.debitSubaccount,
                creditSubaccount: kind.accounts.creditSubaccount,
                // The text may be cut to 60 characters (API.md 4.6): the tag must survive.
                description: line.text.prefix(48) + " " + reference.lineTag(source: candidate.id, part: line.part))
        }
    }
}

/// A document that is about to be written for the first time.
struct FrozenDocument {
    struct Source {
        var kind: ExportCandidate.SourceKind
        var id: String
        var version: Int
        var part: ExportCandidate.Line.Part
    }
    var id: ExportDocumentID
    var kind: JobName
    var payload: ProjectTransaction
    var splitFrom: ExportDocumentID?
    /// One for each line of the payload, in its order.
    var sources: [Source]
}

extension CompanyTransaction {
    /// Writes the document and reserves its sources; the unique index refuses a source that another document holds.
    func insert(_ document: FrozenDocument, at now: Timestamp, context: RunContext) throws {
        let text = try document.payload.frozen()
        try execute(
            """
            INSERT INTO export_document (company_id, id, kind, project_number, period, reference, payload,
                payload_sha256, state, next_step_at, epoch, split_from, run_id, created_at, changed_at)
            VALUES (\(company), \(document.id), \(document.kind), \(document.payload.project),
                \(document.payload.period), \(DocumentReference(document.id)), \(text),
                \(ExportDocument.sha256(text)), 'ready', \(now), \(context.epoch), \(document.splitFrom),
                \(context.run), \(now), \(now))
            """)
        try reserve(Array(document.sources.enumerated().map { ($0, $1) }), for: document.id)
        try noteWeeks(of: document.payload, in: document.id)
        try audit(
            by: context.startedBy, "document ready", of: "document", document.id.text,
            because: "\(document.sources.count) lines collected", after: ExportDocument.State.ready.rawValue)
    }

    /// Ties sources to the lines of a document, by their positions.
    func reserve(_ sources: [(position: Int, source: FrozenDocument.Source)], for document: ExportDocumentID) throws {
        try executeMany(
            """
            INSERT INTO export_line (company_id, document_id, position, source_kind, source_id, source_version, part)
            VALUES ($1, $2, $3, $4, $5, $6, $7)
            """,
            sources.map { position, source in
                [
                    company.sqlValue, document.sqlValue, position.sqlValue, source.kind.sqlValue,
                    source.id.sqlValue, source.version.sqlValue, source.part.sqlValue,
                ]
            })
    }
}
