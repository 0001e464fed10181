import Persistence

/// Follows a document that the ERP queued instead of answering, until the queued call is over.
struct QueuedCall {
    /// Between two looks.
    static let pause = Duration.seconds(30)

    let context: RunContext
    let reconciliation: Reconciliation

    func follow(_ document: ExportDocument, job: String) async throws {
        switch try await context.connector.queuedCall(job) {
        case .pending:
            try await wait(document, job: job)
        case .created(let number):
            guard let found = try await context.connector.document(number: number) else {
                try await over(document, because: "queued call gave \(number), which cannot be read", number: number)
                return
            }
            try await reconciliation.settle(document, found: found, version: found.version)
        case .refused(let explanation):
            try await refused(document, explanation: explanation)
        case .failed(let why):
            try await over(document, because: "queued call: \(why)")
        case .vanished:
            // It may have run, and may still run until its limit: `settled_from` keeps that time.
            try await move(document, because: "the queued call is not known any more") { _ in DocumentChanges() }
        }
    }

    private func wait(_ document: ExportDocument, job: String) async throws {
        try await move(document, because: "the ERP has not run it yet") { now in
            DocumentChanges(nextStepAt: now + Self.pause, erpJob: job)
        }
    }

    /// The call is over: nothing can arrive any more but what a request may take.
    private func over(_ document: ExportDocument, because why: String, number: String? = nil) async throws {
        let timings = context.timings
        try await move(document, because: why) { now in
            let settledFrom = now + timings.requestLimit
            return DocumentChanges(
                nextStepAt: settledFrom + timings.settle, settledFrom: settledFrom, erpNumber: number)
        }
    }

    private func refused(_ document: ExportDocument, explanation: String) async throws {
        let listed = try await reconciliation.list(for: document)
        guard document.attempts == 1, reconciliation.matches(of: document, in: listed).isEmpty else {
            try await over(document, because: "refused in the queue: \(explanation)")
            return
        }
        try await context.transaction { transaction in
            try transaction.reject(document, from: .unknown, explanation: explanation, context: context)
        }
    }

    private func move(
        _ document: ExportDocument, because why: String, _ changes: @escaping @Sendable (Timestamp) -> DocumentChanges
    ) async throws {
        try await context.transaction { transaction in
            _ = try transaction.move(
                document, from: [.unknown], to: .unknown, because: why, by: context.startedBy,
                setting: changes(try transaction.now()))
        }
    }
}
