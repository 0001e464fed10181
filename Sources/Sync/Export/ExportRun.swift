import Persistence
import Proresult

/// One run of an export: settle what is in doubt, collect what can go, send it, lock the sources.
///
/// Collect → freeze → commit `sending` → POST once → settle; no clear answer → `unknown` → reconcile by reference.
public struct ExportRun: Sendable {
    let context: RunContext
    let kind: any ExportedKind

    public struct Result: Sendable {
        public var counts = RunCounts()
        /// What could not go, with its reasons.
        public var held: [ExportCandidate] = []
        /// Why sending stopped before the end.
        public var stopped: ERPError?
        /// When a document in doubt wants to be looked for again.
        public var nextStepAt: Timestamp?
    }

    public init(context: RunContext, settings: SyncSettings) {
        self.context = context
        kind = exportedKind(of: context.job, settings: settings)
    }

    /// `collects` false only finishes what is already frozen: the job was not asked to send anything new.
    /// With the `digest` of a preview exactly what that showed is sent, or `PreviewDiffers` is thrown.
    public func run(period: String?, collects: Bool, expecting digest: String? = nil) async throws -> Result {
        var result = Result()
        if period == nil, digest == nil, let held = try await heldOfQuietHour(collects: collects) {
            result.held = held
            result.counts.held = held.count
            return result
        }
        if let stillShut = try await ReconcileFirst(context: context).runIfShut() {
            try await markSources(&result)
            (result.stopped, result.nextStepAt) = (stillShut.error, stillShut.nextStepAt)
            return result
        }
        try await ConfirmedAudit(context: context).runIfDue()
        let reconciliation = Reconciliation(context: context, kind: kind)
        try await reconciliation.adoptAbandoned()
        try await markSources(&result)
        try await reconciliation.reconcileDue()
        try await markSources(&result)
        try await carry(&result, period: period, collects: collects, expecting: digest)
        result.counts.held = result.held.count
        result.nextStepAt = try await nextStep()
        return result
    }

    /// The hour of nearly every company: nothing is on its way, in doubt or to be looked at, and nothing may go. Told by
    /// one look that writes nothing; nil when there is more to do.
    private func heldOfQuietHour(collects: Bool) async throws -> [ExportCandidate]? {
        try await context.read { transaction in
            guard try transaction.isQuiet(context.job) else { return nil }
            guard collects else { return [] }
            switch try whatWaits(in: transaction) {
            case .mayGo: return nil
            case .nothing: return []
            case .held:
                guard let facts = try context.freshFacts(in: transaction) else { return nil }
                return try kind.board(facts: facts, period: nil, in: transaction).filter { !$0.canGo }
            }
        }
    }

    /// So many rounds of collecting at the most; a record that keeps changing must not keep the run alive.
    private static let mostRounds = 10

    /// Collects and sends until nothing new can go: a return can go as soon as what it returns has gone, and what the
    /// ERP refused shows among what is held.
    private func carry(
        _ result: inout Result, period: String?, collects: Bool, expecting digest: String?
    ) async throws {
        var facts: ERPFacts?
        if collects, let period {
            // A wrong choice is told also when nothing waits.
            let known = try await context.readFacts()
            try known.demandOpen(period)
            facts = known
        }
        let collect = Collect(context: context, kind: kind)
        for round in 0..<Self.mostRounds {
            var frozen = 0
            let waits = collects ? try await context.read { try whatWaits(in: $0) } : .nothing
            if let digest, collects {
                let known = if let facts { facts } else { try await context.readFacts() }
                facts = known
                if round == 0 {
                    (result.held, frozen) = try await collect.run(facts: known, period: period, expecting: digest)
                } else {
                    result.held = try await collect.held(facts: known, period: period)
                }
            } else if waits == .held, facts == nil, let known = try await context.read(context.freshFacts) {
                result.held = try await collect.held(facts: known, period: period)
            } else if waits != .nothing {
                let known = if let facts { facts } else { try await context.readFacts() }
                facts = known
                (result.held, frozen) = try await collect.run(facts: known, period: period)
            } else {
                result.held = []
            }
            result.stopped = try await sendReady()
            try await markSources(&result)
            if frozen == 0 || result.stopped != nil { return }
        }
    }

    private enum Waiting {
        case nothing
        /// Records that cannot go whatever the ERP says, such as hours that nobody has approved: what it said a short while
        /// ago will do to tell why.
        case held
        case mayGo
    }

    private func whatWaits(in transaction: CompanyTransaction) throws -> Waiting {
        if try kind.anyWaits(mayGo: true, in: transaction) { return .mayGo }
        return try kind.anyWaits(mayGo: false, in: transaction) ? .held : .nothing
    }

    /// Sends until nothing is ready; a refused document leaves its halves behind, which are sent in the same run.
    private func sendReady() async throws -> ERPError? {
        let send = Send(context: context, kind: kind)
        var last: ExportDocumentID?
        while let turn = try await send.next(after: last) {
            last = turn.document
            if case .stop(let error) = try await send.send(turn) { return error }
        }
        return nil
    }

    private func markSources(_ result: inout Result) async throws {
        let marked = try await Outbox(context: context, kind: kind).drain()
        result.counts.documents += marked.documents
        result.counts.sentLines += marked.lines
    }

    /// When a document in doubt, or a lock that failed, wants its next look.
    private func nextStep() async throws -> Timestamp? {
        try await context.transaction { transaction in
            try transaction.first(
                """
                SELECT min(at) AS at FROM (
                    SELECT next_step_at AS at FROM export_document
                    WHERE company_id = \(context.company) AND kind = \(context.job) AND state IN ('ready', 'unknown')
                    UNION ALL
                    SELECT outbox.next_try_at AS at FROM outbox
                    JOIN export_document document
                        ON document.company_id = outbox.company_id AND document.id = outbox.document_id
                    WHERE outbox.company_id = \(context.company) AND document.kind = \(context.job)
                        AND outbox.done_at IS NULL AND outbox.dead_at IS NULL
                ) AS waiting
                """)?.get("at", as: Timestamp?.self) ?? nil
        }
    }
}

extension CompanyTransaction {
    /// No document of the kind is under way or in doubt, no record waits for its lock, the exports are open, and the night's
    /// look has been made.
    fileprivate func isQuiet(_ job: JobName) throws -> Bool {
        guard try ExportShutter.standing(in: self) == nil, try !ConfirmedAudit.isDue(job, in: self) else {
            return false
        }
        return try first(
            """
            SELECT 1 AS busy FROM export_document
            WHERE company_id = \(company) AND kind = \(job) AND state IN ('ready', 'sending', 'unknown')
            UNION ALL
            SELECT 1 AS busy FROM outbox JOIN export_document document
                ON document.company_id = outbox.company_id AND document.id = outbox.document_id
            WHERE outbox.company_id = \(company) AND document.kind = \(job) AND outbox.done_at IS NULL
                AND outbox.dead_at IS NULL
            LIMIT 1
            """) == nil
    }
}

/// The period that a person chose cannot take lines. Nothing was collected.
public enum PeriodRefused: Error, Sendable, Hashable {
    case unknown(String)
    case closed(String)

    var fault: RunFault {
        switch self {
        case .unknown: .periodUnknown
        case .closed: .periodClosed
        }
    }

    public func text(_ language: Language) -> String {
        switch (self, language) {
        case (.unknown(let period), .norwegian): "Visma har ingen periode \(Blocker.shown(period))."
        case (.unknown(let period), .english): "Visma has no period \(Blocker.shown(period))."
        case (.closed(let period), _): Blocker.periodClosed(period: period).text(language)
        }
    }
}
