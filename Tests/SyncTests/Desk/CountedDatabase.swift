import Persistence
import Synchronization
import TestSupport

/// Counts the statements that reach a database: a page must not need more of them because there are more rows.
final class CountedDatabase: SQLDatabase {
    private let database: any SQLDatabase
    private let counter = Counter()

    init(_ database: any SQLDatabase) { self.database = database }

    var statements: Int { counter.count.withLock { $0 } }

    /// How many statements the body takes.
    func counting(_ body: () async throws -> Void) async rethrows -> Int {
        let before = statements
        try await body()
        return statements - before
    }

    func transaction<Result: Sendable>(
        over scope: CompanyScope, _ body: @Sendable (any SQLConnection) throws -> Result
    ) async throws -> Result {
        try await database.transaction(over: scope) { [counter] in try counter.add(through: $0, body) }
    }

    func read<Result: Sendable>(
        over scope: CompanyScope, _ body: @Sendable (any SQLConnection) throws -> Result
    ) async throws -> Result {
        try await database.read(over: scope) { [counter] in try counter.add(through: $0, body) }
    }

    func hints() async -> Hints { await database.hints() }

    func close() async throws {}

    private final class Counter: Sendable {
        let count = Mutex(0)

        func add<Result>(
            through connection: any SQLConnection, _ body: (any SQLConnection) throws -> Result
        ) throws -> Result {
            let counting = CountingConnection(connection)
            defer { count.withLock { $0 += counting.statements.count } }
            return try body(counting)
        }
    }
}
