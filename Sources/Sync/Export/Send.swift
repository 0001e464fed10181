import Foundation
import Persistence

/// Sends one frozen document, once.
///
/// `sending` is on stable storage before the first byte leaves, so that whatever happens next is either known or
/// looked for. Nothing here ever sends again: only `Reconciliation` may put a document back to `ready`.
struct Send {
    /// This many doubtful documents in ten minutes stop sending for the company.
    static let mostDoubtful = 3
    /// How a clear no begins in the record of attempts.
    static let refusedPrefix = "refused: "

    let context: RunContext
    let kind: any ExportedKind

    /// What the run should do after this document.
    enum Next: Sendable, Hashable {
        case goOn
        /// The way is closed for now: leave the rest for later.
        case stop(ERPError)
    }

    /// The document whose turn it is, as it was found.
    enum Turn: Sendable {
        /// `sending` is on stable storage.
        case begun(ExportDocument, counter: Int?)
        /// One of its records has changed: its lines are free again.
        case voided(ExportDocumentID)

        var document: ExportDocumentID {
            switch self {
            case .begun(let document, _): document.id
            case .voided(let document): document
            }
        }
    }

    func send(_ turn: Turn) async throws -> Next {
        guard case .begun(let document, let counter) = turn else { return .goOn }
        if let stopped = try await noteBeside(document, counter: counter) { return .stop(stopped) }
        let outcome = await context.connector.post(try document.transaction(), document.mode)
        switch outcome {
        case .created(let number, let version):
            try await answered(document, "201 \(number)")
            return try await readBack(document, number: number, version: version)
        case .notSent(let error), .notApplied(let error):
            try await answered(document, "not applied: \(error.message)")
            try await putBack(document, error: error)
            return .stop(error)
        case .refused(let explanation):
            try await answered(document, Self.refusedPrefix + explanation)
            try await refused(document, explanation: explanation)
            return .goOn
        case .accepted(let job):
            try await answered(document, "queued as \(job)")
            try await queued(document, job: job)
            return .goOn
        case .unknown(let why):
            try await answered(document, "unknown: \(why)")
            try await doubt(document, because: why)
            return try await tooManyDoubtful() ? .stop(doubtStop) : .goOn
        }
    }

    /// Takes the document that has been ready longest. Steps 2 and 3 of the protocol in one transaction: everything still
    /// as it was frozen, then `sending` on stable storage. Nil when nothing is ready, or only the `last` one again.
    func next(after last: ExportDocumentID?) async throws -> Turn? {
        // Asked here: the database works on threads that know nothing of the task.
        let mustStop = Task.isCancelled || context.isStopping()
        return try await context.transaction(lease: context.timings.leaseForPost) { transaction in
            guard let document = try transaction.nextReady(context.job), document.id != last else { return nil }
            if mustStop { throw CancellationError() }
            // Shut while this run was under way: what it knows may be older than what was sent.
            if let shutter = try ExportShutter.standing(in: transaction) { throw shutter.error }
            guard try transaction.hold(document.id) else {
                if try transaction.move(
                    document, from: [.ready], to: .voided, because: "a record changed after it was collected",
                    by: context.startedBy)
                {
                    try transaction.releaseLines(of: document.id)
                }
                return .voided(document.id)
            }
            let now = try transaction.now()
            let mode = document.attempts == 0 ? try transaction.exportMode() : document.mode
            let isBegun = try transaction.move(
                document, from: [.ready], to: .sending, because: "attempt \(document.attempts + 1)",
                by: context.startedBy,
                setting: DocumentChanges(
                    newAttempt: true, settledFrom: now + context.timings.leaseForPost + context.timings.requestLimit,
                    mode: mode))
            guard isBegun, let begun = try transaction.document(document.id) else {
                throw SQLError.unreadable("\(document.id) is not ready any more")
            }
            try transaction.noteAttempt(begun.attempts, of: begun, context: context)
            return .begun(begun, counter: try transaction.raiseBootCounter())
        }
    }

    /// The mark beside the database must know of the document before the ERP can: otherwise an older database could
    /// take its place unnoticed. Tells why nothing may be sent.
    private func noteBeside(_ document: ExportDocument, counter: Int?) async throws -> ERPError? {
        guard let mark = context.mark, let counter else { return nil }
        do {
            try await mark.reached(counter)
            return nil
        } catch let error as SQLError {
            let stopped = ERPError(
                .askPerson, "nothing can be noted beside the database: \(error)", request: "mark",
                fault: .markUnwritable)
            try await answered(document, "not sent: \(stopped.message)")
            try await putBack(document, error: stopped)
            return stopped
        }
    }

    private func answered(_ document: ExportDocument, _ answer: String) async throws {
        try await context.noteAnswer(answer, to: document.attempts, of: document)
    }

    /// Step 6: confirmed only when the ERP shows what we sent; a shell is filled first.
    private func readBack(_ document: ExportDocument, number: String, version: String?) async throws -> Next {
        let found: ERPDocument?
        do {
            found = try await context.connector.document(number: number)
        } catch let error as ERPError {
            try await doubt(document, because: "\(number) was not read back: \(error.message)", number: number)
            return .goOn
        }
        guard let found else {
            try await doubt(document, because: "\(number) was given but cannot be read", number: number)
            return .goOn
        }
        do {
            try await Reconciliation(context: context, kind: kind).settle(document, found: found, version: version)
            return .goOn
        } catch let error as ERPError {
            return .stop(error)
        }
    }

    private func putBack(_ document: ExportDocument, error: ERPError) async throws {
        try await context.transaction { transaction in
            let wait = Backoff.delay(afterFailures: document.attempts, hint: error.retryAfter)
            _ = try transaction.move(
                document, from: [.sending], to: .ready, because: error.message, by: context.startedBy,
                setting: DocumentChanges(nextStepAt: try transaction.now() + wait))
        }
    }

    /// A clear no counts only when no earlier attempt is in doubt and one clean search shows no document.
    private func refused(_ document: ExportDocument, explanation: String) async throws {
        guard document.doubtfulAt == nil else {
            try await doubt(document, because: "refused after an unknown attempt: \(explanation)")
            return
        }
        do {
            let reconciliation = Reconciliation(context: context, kind: kind)
            let listed = try await reconciliation.list(for: document)
            guard reconciliation.matches(of: document, in: listed).isEmpty else {
                try await reconciliation.conclude(document, listed: listed)
                return
            }
            try await context.transaction { transaction in
                try transaction.reject(document, from: .sending, explanation: explanation, context: context)
            }
        } catch let error as ERPError {
            try await doubt(document, because: "refused (\(explanation)), but the search failed: \(error.message)")
        }
    }

    private func doubt(_ document: ExportDocument, because why: String, number: String? = nil) async throws {
        try await context.transaction { transaction in
            let now = try transaction.now()
            let settledFrom = now + context.timings.requestLimit
            _ = try transaction.move(
                document, from: [.sending], to: .unknown, because: why, by: context.startedBy,
                setting: DocumentChanges(
                    nextStepAt: number == nil ? settledFrom + context.timings.settle : now + .seconds(30),
                    doubtfulAt: now, settledFrom: settledFrom, absentCount: 0, erpNumber: number))
            try transaction.record([RunItem("document", document.reference.text, .unknown, why)], in: context.run)
        }
    }

    /// Until the queued call is over the document may turn up at any time.
    private func queued(_ document: ExportDocument, job: String) async throws {
        try await context.transaction { transaction in
            let now = try transaction.now()
            _ = try transaction.move(
                document, from: [.sending], to: .unknown, because: "the ERP queued it", by: context.startedBy,
                setting: DocumentChanges(
                    nextStepAt: now + QueuedCall.pause, doubtfulAt: now,
                    settledFrom: now + context.timings.queuedLimit, absentCount: 0, erpJob: job))
            try transaction.record(
                [RunItem("document", document.reference.text, .unknown, "the ERP queued it")], in: context.run)
        }
    }

    private func tooManyDoubtful() async throws -> Bool {
        try await context.database.transaction(company: context.company) { transaction in
            let since = try transaction.now() - .seconds(600)
            let count =
                try transaction.first(
                    """
                    SELECT count(*) AS n FROM export_document
                    WHERE company_id = \(context.company) AND state = 'unknown' AND doubtful_at >= \(since)
                    """)?.get("n", as: Int.self) ?? 0
            return count > Self.mostDoubtful
        }
    }

    private var doubtStop: ERPError {
        ERPError(
            .tryLater(after: .seconds(600)), "more than \(Self.mostDoubtful) documents have an unknown outcome",
            request: "POST project transaction", fault: .manyInDoubt)
    }
}

extension CompanyTransaction {
    fileprivate func nextReady(_ kind: JobName) throws -> ExportDocument? {
        try first(
            """
            SELECT \(raw: ExportDocument.columns) FROM export_document
            WHERE company_id = \(company) AND kind = \(kind) AND state = 'ready' AND next_step_at <= \(now())
            ORDER BY created_at, project_number, period, id LIMIT 1
            """
        ).map(ExportDocument.init)
    }
}
