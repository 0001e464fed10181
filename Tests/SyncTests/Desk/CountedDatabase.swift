import Persistence
import Synchronization

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

    func transactionAcrossCompanies<Result: Sendable>(
        _ body: @Sendable (any SQLConnection) throws -> Result
    ) async throws -> Result {
        try await database.transactionAcrossCompanies { [counter] in
            try body(Connection(connection: $0, counter: counter))
        }
    }

    func readAcrossCompanies<Result: Sendable>(
        _ body: @Sendable (any SQLConnection) throws -> Result
    ) async throws -> Result {
        try await database.readAcrossCompanies { [counter] in try body(Connection(connection: $0, counter: counter)) }
    }

    func close() async throws {}

    private final class Counter: Sendable {
        let count = Mutex(0)
        func add() { count.withLock { $0 += 1 } }
    }

    private struct Connection: SQLConnection {
        let connection: any SQLConnection
        let counter: Counter

        func execute(_ sql: SQL) throws -> Int {
            counter.add()
            return try connection.execute(sql)
        }
        func query(_ sql: SQL) throws -> [SQLRow] {
            counter.add()
            return try connection.query(sql)
        }
        func executeMany(_ text: String, _ rows: [[SQLValue]]) throws -> Int {
            counter.add()
            return try connection.executeMany(text, rows)
        }
        func now() throws -> Timestamp { try connection.now() }
    }
}
