import Persistence

/// Puts what can go into documents: one project, one period, one kind, at most 100 lines, the lines of one record
/// always together.
struct Collect {
    static let mostLines = 100

    let context: RunContext
    let kind: any ExportedKind

    /// Freezes everything that can go now; tells what cannot, and how many documents there are of the rest. With the
    /// digest of a preview it freezes exactly what that showed, or throws `PreviewDiffers` and freezes nothing.
    func run(
        facts: ERPFacts, period: String?, expecting digest: String? = nil
    ) async throws -> (held: [ExportCandidate], documents: Int) {
        let collected = try await context.transaction { transaction -> Collected in
            let board = try kind.board(facts: facts, period: period, in: transaction)
            let (ready, held) = (board.filter(\.canGo), board.filter { !$0.canGo })
            try transaction.record(held: held.count, in: context.run)
            if let digest, let differs = try differs(from: digest, ready, in: transaction) {
                try transaction.record(differs.items(kind.sourceKind), in: context.run)
                return .differs(differs)
            }
            let batches = Self.batches(of: ready)
            let now = try transaction.now()
            for batch in batches { try freeze(batch, at: now, in: transaction) }
            return .frozen(held: held, documents: batches.count)
        }
        switch collected {
        case .frozen(let held, let documents): return (held, documents)
        case .differs(let differs): throw differs
        }
    }

    private enum Collected: Sendable {
        case frozen(held: [ExportCandidate], documents: Int)
        case differs(PreviewDiffers)
    }

    private func differs(
        from digest: String, _ ready: [ExportCandidate], in transaction: CompanyTransaction
    ) throws -> PreviewDiffers? {
        try PreviewDiffers(
            digest, now: ready.map { try PreviewRecord($0, accounts: kind.accounts) },
            seen: PreviewRecord.requested(kind.kind, in: transaction))
    }

    /// What cannot go, freezing nothing: after a preview was sent, which is sent once.
    func held(facts: ERPFacts, period: String?) async throws -> [ExportCandidate] {
        try await context.transaction { transaction in
            try kind.board(facts: facts, period: period, in: transaction).filter { !$0.canGo }
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
            period: first.period, lines: batch.flatMap { $0.wireLines(kind.accounts, in: reference) })
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

}

extension ExportCandidate {
    /// The lines as they will stand in the ERP; without a reference they carry no tag yet.
    func wireLines(_ accounts: ExportAccounts, in reference: DocumentReference?) -> [ProjectTransaction.Line] {
        lines.map { line in
            let tag = reference.map { " " + $0.lineTag(source: id, part: line.part) } ?? ""
            return ProjectTransaction.Line(
                date: date, employee: employee, item: line.item, quantity: line.quantity,
                billableQuantity: line.billableQuantity, rate: line.rate, task: line.task,
                accountGroup: accounts.group ?? "", debitAccount: accounts.debit ?? "",
                creditAccount: accounts.credit ?? "", debitSubaccount: accounts.debitSubaccount,
                creditSubaccount: accounts.creditSubaccount,
                // The text may be cut to 60 characters (API.md 4.6): the tag must survive.
                description: line.text.prefix(48) + tag)
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
