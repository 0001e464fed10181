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

    func send(_ document: ExportDocument) async throws -> Next {
        guard case .begun(let mode, let counter) = try await begin(document) else { return .goOn }
        if let stopped = try await noteBeside(document, counter: counter) { return .stop(stopped) }
        let payload = try document.transaction()
        let outcome = await context.connector.post(payload, mode)
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

    /// Steps 2 and 3 of the protocol: everything still as it was frozen, then `sending` on stable storage.
    private func begin(_ document: ExportDocument) async throws -> Begun {
        try await context.transaction(lease: context.timings.leaseForPost) { transaction in
            // Shut while this run was under way: what it knows may be older than what was sent.
            if let shutter = try ExportShutter.standing(in: transaction) { throw shutter.error }
            guard try transaction.sourcesAreUnchanged(document) else {
                if try transaction.move(
                    document, from: [.ready], to: .voided, because: "a record changed after it was collected",
                    by: context.startedBy)
                {
                    try transaction.releaseLines(of: document.id)
                }
                return .notAsItWas
            }
            let now = try transaction.now()
            let mode = document.attempts == 0 ? try transaction.exportMode() : document.mode
            let begun = try transaction.move(
                document, from: [.ready], to: .sending, because: "attempt \(document.attempts + 1)",
                by: context.startedBy,
                setting: DocumentChanges(
                    newAttempt: true, settledFrom: now + context.timings.leaseForPost + context.timings.requestLimit,
                    mode: mode))
            guard begun else { return .notAsItWas }
            try transaction.noteAttempt(document.attempts + 1, of: document, context: context)
            return .begun(mode: mode, counter: try transaction.raiseBootCounter())
        }
    }

    private enum Begun {
        case notAsItWas
        case begun(mode: ExportMode, counter: Int?)
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
        try await context.noteAnswer(answer, to: document.attempts + 1, of: document)
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
            // What it is now, after its first attempt.
            let sent = try await context.transaction { try $0.document(document.id) } ?? document
            try await Reconciliation(context: context, kind: kind).settle(sent, found: found, version: version)
            return .goOn
        } catch let error as ERPError {
            return .stop(error)
        }
    }

    private func putBack(_ document: ExportDocument, error: ERPError) async throws {
        try await context.transaction { transaction in
            let wait = Backoff.delay(afterFailures: document.attempts + 1, hint: error.retryAfter)
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
    /// True while every record of a document still is what was frozen: same version, still approved.
    func sourcesAreUnchanged(_ document: ExportDocument) throws -> Bool {
        let changed = try first(
            """
            SELECT line.source_id AS source_id FROM export_line line
            LEFT JOIN hour_entry entry ON line.source_kind = 'hourEntry' AND entry.company_id = line.company_id
                AND entry.id = line.source_id AND entry.version = line.source_version AND entry.state = 'approved'
            LEFT JOIN withdrawal ON line.source_kind = 'withdrawal' AND withdrawal.company_id = line.company_id
                AND withdrawal.id = line.source_id AND withdrawal.version = line.source_version
                AND withdrawal.state = 'registered'
            WHERE line.company_id = \(company) AND line.document_id = \(document.id)
                AND entry.id IS NULL AND withdrawal.id IS NULL
            """)
        return changed == nil
    }
}
