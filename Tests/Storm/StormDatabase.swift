import Persistence

/// The database as one process sees it: it dies with the process, and its answers may be lost.
struct StormDatabase: SQLDatabase {
    let node: Node
    let world: World

    func transaction<Result: Sendable>(
        over scope: CompanyScope, _ body: @Sendable (any SQLConnection) throws -> Result
    ) async throws -> Result {
        try node.demandAlive()
        if let failure = world.databaseFailure(of: node) { throw failure }
        let notes = TransactionNotes()
        let (node, world, bite) = (node, world, world.bite)
        let result = try await forgetting(notes) {
            try await world.database.transaction(over: scope) { connection in
                try bite?.begin(connection, of: node, notes)
                let result = try body(WatchedConnection(connection: connection, notes: notes, bite: bite, node: node))
                switch world.fate(at: .beforeCommit(notes.notes), of: node) {
                case .crash(let point): throw node.die(at: point)
                case .commitAnswerLost: throw SQLError.commitOutcomeUnknown("the connection went with the COMMIT")
                case .goOn, .pause: break
                }
                if bite == .sentWithoutRecord, notes.notes.contains(where: \.isAttempt) { throw Forgotten(result) }
                return result
            }
        }
        try world.committed(notes.notes, by: node)
        try await world.compareCursors(notes.notes)
        try await goOn(after: notes)
        return result
    }

    /// A reading has no answer to COMMIT that could be lost; else it is struck like a transaction.
    func read<Result: Sendable>(
        over scope: CompanyScope, _ body: @Sendable (any SQLConnection) throws -> Result
    ) async throws -> Result {
        try node.demandAlive()
        if let failure = world.databaseFailure(of: node) { throw failure }
        let notes = TransactionNotes()
        let (node, bite) = (node, world.bite)
        let result = try await world.database.read(over: scope) { connection in
            try body(WatchedConnection(connection: connection, notes: notes, bite: bite, node: node))
        }
        try await goOn(after: notes)
        return result
    }

    private func goOn(after notes: TransactionNotes) async throws {
        switch world.fate(at: .afterCommit(notes.notes), of: node) {
        case .crash(let point): throw node.die(at: point)
        case .commitAnswerLost: throw SQLError.commitOutcomeUnknown("the answer to COMMIT was lost")
        case .pause(let pause):
            await world.pause(node, for: pause)
            try node.demandAlive()
        case .goOn: break
        }
    }

    func hints() async -> Hints { await world.database.hints() }
    func close() async throws {}

    /// A broken store that says "committed" and has forgotten it.
    private struct Forgotten<Result: Sendable>: Error {
        var result: Result
        init(_ result: Result) { self.result = result }
    }

    private func forgetting<Result: Sendable>(
        _ notes: TransactionNotes, _ work: () async throws -> Result
    ) async throws -> Result {
        do {
            return try await work()
        } catch let forgotten as Forgotten<Result> {
            notes.forget()
            return forgotten.result
        }
    }
}

extension TransactionNotes.Note {
    var isAttempt: Bool {
        if case .began = self { true } else { false }
    }
    var isMigration: Bool {
        if case .migrated = self { true } else { false }
    }
}
