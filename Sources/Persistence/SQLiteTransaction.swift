import GRDB

/// The connection that a transaction's body gets on SQLite.
package final class SQLiteTransaction: SQLConnection {
    private let database: Database
    private let clock: WallClock
    private let statements: PreparedStatements?
    private let isReading: Bool
    package private(set) var failure = FirstFailure()
    package private(set) var wantsHint = false

    /// `statements` are those of a connection that is always the same; `isReading` refuses to write on it.
    package init(database: Database, clock: WallClock, statements: PreparedStatements?, isReading: Bool = false) {
        self.database = database
        self.clock = clock
        self.statements = statements
        self.isReading = isReading
    }

    package func execute(_ sql: SQL) throws -> Int {
        try keepingFailure {
            try statement(sql.text).run(sql.bindings)
        }
    }

    package func executeMany(_ text: String, _ rows: [[SQLValue]]) throws -> Int {
        try keepingFailure {
            guard !rows.isEmpty else { return 0 }
            let statement = try statement(text)
            return try rows.reduce(0) { count, row in try count + statement.run(row) }
        }
    }

    package func query(_ sql: SQL) throws -> [SQLRow] {
        try keepingFailure {
            try statement(sql.text).rows(sql.bindings)
        }
    }

    package func now() throws -> Timestamp { clock.now }

    package func columnNames(of table: String) throws -> Set<String> {
        Set(try query("SELECT name FROM pragma_table_info(\(table))").map { try $0.get("name") })
    }

    package func hint() throws { wantsHint = true }

    private func statement(_ text: String) throws -> PreparedStatement {
        let statement =
            try statements?.statement(text, in: database)
            ?? PreparedStatement(database.cachedStatement(sql: text), in: database)
        guard !isReading || statement.isReadOnly else { throw SQLError.statement("a reading cannot write: \(text)") }
        return statement
    }

    private func keepingFailure<Value>(_ work: () throws -> Value) throws -> Value {
        try failure.keeping { try SQLError.translating(work) }
    }
}
