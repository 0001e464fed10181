import GRDB

/// The connection that a transaction's body gets on SQLite.
final class SQLiteTransaction: SQLConnection {
    private let database: Database
    private let clock: WallClock
    private(set) var failure = FirstFailure()
    private(set) var wantsHint = false

    init(database: Database, clock: WallClock) {
        self.database = database
        self.clock = clock
    }

    func execute(_ sql: SQL) throws -> Int {
        try keepingFailure {
            let statement = try database.cachedStatement(sql: sql.text)
            return try run(statement, sql.bindings)
        }
    }

    func executeMany(_ text: String, _ rows: [[SQLValue]]) throws -> Int {
        try keepingFailure {
            guard !rows.isEmpty else { return 0 }
            let statement = try database.cachedStatement(sql: text)
            return try rows.reduce(0) { count, row in try count + run(statement, row) }
        }
    }

    func query(_ sql: SQL) throws -> [SQLRow] {
        try keepingFailure {
            let statement = try database.cachedStatement(sql: sql.text)
            let columns = SQLRow.positions(statement.columnNames)
            let cursor = try Row.fetchCursor(statement, arguments: try arguments(sql.bindings))
            var rows: [SQLRow] = []
            while let row = try cursor.next() {
                rows.append(SQLRow(columns: columns, values: try row.databaseValues.map(SQLValue.init(stored:))))
            }
            return rows
        }
    }

    func now() throws -> Timestamp { clock.now }

    func hasTable(_ name: String) throws -> Bool {
        try first("SELECT 1 AS yes FROM sqlite_master WHERE type = 'table' AND name = \(name)") != nil
    }

    func hint() throws { wantsHint = true }

    private func run(_ statement: Statement, _ bindings: [SQLValue]) throws -> Int {
        let before = database.totalChangesCount
        try statement.execute(arguments: try arguments(bindings))
        // SQLite keeps the last count when a statement changes no rows by nature, such as CREATE TABLE.
        return database.totalChangesCount == before ? 0 : database.changesCount
    }

    /// `$1` is a *named* parameter to SQLite, so that values are bound by name: `$2` may stand before `$1` in the text.
    private func arguments(_ bindings: [SQLValue]) throws -> StatementArguments {
        var named: [String: (any DatabaseValueConvertible)?] = Dictionary(minimumCapacity: bindings.count)
        for (index, value) in bindings.enumerated() {
            try value.refuseNUL()
            named[String(index + 1)] = value.databaseValue
        }
        return StatementArguments(named)
    }

    private func keepingFailure<Value>(_ work: () throws -> Value) throws -> Value {
        try failure.keeping { try SQLError.translating(work) }
    }
}

extension SQLValue {
    fileprivate var databaseValue: DatabaseValue {
        switch self {
        case .null: .null
        case .integer(let number): number.databaseValue
        case .text(let text): text.databaseValue
        }
    }

    fileprivate init(stored value: DatabaseValue) throws {
        switch value.storage {
        case .null: self = .null
        case .int64(let number): self = .integer(number)
        case .string(let text): self = .text(text)
        case .double: throw SQLError.unreadable("the answer has a floating-point number")
        case .blob: throw SQLError.unreadable("the answer has bytes")
        }
    }
}
