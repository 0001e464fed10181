import Persistence
import Synchronization

/// A database that writes down the statements that reach it through this value: how many there were, and each different
/// text once with the values that came first.
public final class RecordedDatabase: SQLDatabase {
    private let database: any SQLDatabase
    private let book = StatementBook()

    public init(_ database: any SQLDatabase) { self.database = database }

    /// How many statements the body takes: a page must not need more of them because there are more rows.
    public func counting(_ body: () async throws -> Void) async rethrows -> Int {
        let before = book.count
        try await body()
        return book.count - before
    }

    /// Every statement so far, each text once.
    public var statements: [SQL] { book.statements }

    public func transaction<Result: Sendable>(
        over scope: CompanyScope, _ body: @Sendable (any SQLConnection) throws -> Result
    ) async throws -> Result {
        try await database.transaction(over: scope) { [book] in try book.keeping($0, body) }
    }

    public func read<Result: Sendable>(
        over scope: CompanyScope, _ body: @Sendable (any SQLConnection) throws -> Result
    ) async throws -> Result {
        try await database.read(over: scope) { [book] in try book.keeping($0, body) }
    }

    public func hints() async -> Hints { await database.hints() }

    /// Whoever lent the database closes it.
    public func close() async throws {}
}

private final class StatementBook: Sendable {
    private struct State {
        var count = 0
        var texts: [String: SQL] = [:]
    }

    private let state = Mutex(State())

    var count: Int { state.withLock { $0.count } }
    var statements: [SQL] { state.withLock { $0.texts.values.sorted { $0.text < $1.text } } }

    func keeping<Result>(
        _ connection: any SQLConnection, _ body: (any SQLConnection) throws -> Result
    ) throws -> Result {
        let counting = CountingConnection(connection)
        defer {
            state.withLock { state in
                state.count += counting.statements.count
                for statement in counting.statements where state.texts[statement.text] == nil {
                    state.texts[statement.text] = statement
                }
            }
        }
        return try body(counting)
    }
}
