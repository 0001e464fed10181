import Persistence

/// The second half of the harder mode: puts the lines into a document's shell, guarded by the shell's version.
///
/// The shell's number is on stable storage before the lines leave, and never another one is filled. So all who may still be
/// at work on the document (a run that was paused past its lease, a request that lingers on the network) contend for one
/// version of one shell, and the ERP lets only the first of them through.
struct Fill {
    /// Until the next look at a shell whose filling has no clear outcome. The guard makes hurry harmless.
    static let pause = Duration.seconds(30)

    let context: RunContext
    let kind: any ExportedKind

    /// Throws `ERPError` when the way is closed for now; then the document is `unknown` and is looked at again.
    func fill(_ document: ExportDocument, shell: ERPDocument) async throws {
        guard let version = shell.version else {
            try await reconciliation.review(document, because: .noVersion(number: shell.number))
            return
        }
        guard let attempt = try await begin(document, shell) else { return }
        let outcome = await context.connector.fill(
            try document.transaction(), number: shell.number, version: version)
        try await context.noteAnswer("\(outcome)", to: attempt, of: document)
        switch outcome {
        case .done, .stale: try await look(document, shell.number, after: outcome)
        case .refused(let explanation): try await bar(document, shell.number, version, because: explanation)
        case .unknown(let why): try await doubt(document, shell.number, because: why)
        case .notApplied(let error):
            try await doubt(document, shell.number, because: error.message, hint: error.retryAfter)
            throw error
        }
    }

    private var reconciliation: Reconciliation { Reconciliation(context: context, kind: kind) }

    /// Tells the attempt's number; nil when it must not be filled now.
    private func begin(_ document: ExportDocument, _ shell: ERPDocument) async throws -> Int? {
        try await context.transaction(lease: context.timings.leaseForPost) { transaction in
            if let shutter = try ExportShutter.standing(in: transaction) {
                _ = try transaction.move(
                    document, from: [.sending, .unknown], to: .unknown, because: shutter.error.message,
                    by: context.startedBy, setting: DocumentChanges(erpNumber: shell.number))
                return nil
            }
            guard let now = try transaction.document(document.id) else { return nil }
            if let number = now.erpNumber, number != shell.number {
                _ = try transaction.move(
                    document, from: [.sending, .unknown], to: .needsReview,
                    because: ReviewCause.anotherShell(found: shell.number, noted: number).explanation,
                    by: context.startedBy)
                return nil
            }
            let settledFrom =
                try transaction.now() + context.timings.leaseForPost + context.timings.requestLimit
            let begun = try transaction.move(
                document, from: [.sending, .unknown], to: .sending, because: "filling \(shell.number)",
                by: context.startedBy,
                setting: DocumentChanges(
                    newAttempt: true, settledFrom: settledFrom, erpNumber: shell.number, mode: .shell))
            guard begun else { return nil }
            try transaction.noteAttempt(now.attempts + 1, of: document, context: context)
            return now.attempts + 1
        }
    }

    /// Whoever filled it, what stands there counts.
    private func look(_ document: ExportDocument, _ number: String, after outcome: ERPFillOutcome) async throws {
        do {
            guard let found = try await context.connector.document(number: number) else {
                try await doubt(document, number, because: "\(number) cannot be read")
                return
            }
            if found.isEmptyOnHold {
                try await doubt(document, number, because: "\(number) is still empty after \(outcome)")
            } else {
                try await reconciliation.settle(document, found: found, version: found.version)
            }
        } catch let error as ERPError {
            try await doubt(document, number, because: "\(number) was not read back: \(error.message)")
        }
    }

    /// The ERP's no is final only when no lingering request can fill the shell any more: a change of its text makes every
    /// other version stale, and tells people there what it is.
    private func bar(
        _ document: ExportDocument, _ number: String, _ version: String, because explanation: String
    ) async throws {
        let text = "\(document.reference) avvist, kan slettes"
        switch await context.connector.describe(text, number: number, version: version) {
        case .done:
            try await context.transaction { transaction in
                try transaction.reject(document, from: .sending, explanation: explanation, context: context)
            }
        case .stale:
            try await look(document, number, after: .stale)
        case .refused(let why), .unknown(let why):
            try await doubt(document, number, because: "refused (\(explanation)), but its shell is still open: \(why)")
        case .notApplied(let error):
            try await doubt(
                document, number, because: "refused (\(explanation)), but its shell is still open: \(error.message)",
                hint: error.retryAfter)
        }
    }

    private func doubt(
        _ document: ExportDocument, _ number: String, because why: String, hint: Duration? = nil
    ) async throws {
        try await context.transaction { transaction in
            let now = try transaction.now()
            let moved = try transaction.move(
                document, from: [.sending], to: .unknown, because: why, by: context.startedBy,
                setting: DocumentChanges(
                    nextStepAt: now + max(hint ?? Self.pause, Self.pause), doubtfulAt: now,
                    settledFrom: now + context.timings.requestLimit, absentCount: 0, erpNumber: number))
            guard moved else { return }
            try transaction.record([RunItem("document", document.reference.text, .unknown, why)], in: context.run)
        }
    }
}
