import Persistence

/// The database of a world that leaves no trace: its transactions are savepoints of one that is never committed.
struct Rehearsal: SQLDatabase {
    let stage: Stage
    let clock: WallClock
    private let bell = Hints()

    init(on stage: Stage, clock: WallClock) {
        self.stage = stage
        self.clock = clock
    }

    func transaction<Result: Sendable>(
        over scope: CompanyScope, _ body: @Sendable (any SQLConnection) throws -> Result
    ) async throws -> Result {
        try stage.with { database, statements in
            let transaction = SQLiteTransaction(database: database, clock: clock, statements: statements)
            try statements.statement("SAVEPOINT work", in: database).run()
            do {
                let result = try body(transaction)
                try transaction.failure.check()
                try statements.statement("RELEASE work", in: database).run()
                if transaction.wantsHint { bell.ring() }
                return result
            } catch {
                try statements.statement("ROLLBACK TO work", in: database).run()
                try statements.statement("RELEASE work", in: database).run()
                throw error
            }
        }
    }

    func read<Result: Sendable>(
        over scope: CompanyScope, _ body: @Sendable (any SQLConnection) throws -> Result
    ) async throws -> Result {
        try stage.with { database, statements in
            let transaction = SQLiteTransaction(
                database: database, clock: clock, statements: statements, isReading: true)
            let result = try body(transaction)
            try transaction.failure.check()
            return result
        }
    }

    func hints() async -> Hints { bell }

    /// The next world begins where this one did.
    func close() async throws { try stage.undo() }
}
