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
            try PreparedStatement(sql.text, in: database).run(sql.bindings)
        }
    }

    func executeMany(_ text: String, _ rows: [[SQLValue]]) throws -> Int {
        try keepingFailure {
            guard !rows.isEmpty else { return 0 }
            let statement = try PreparedStatement(text, in: database)
            return try rows.reduce(0) { count, row in try count + statement.run(row) }
        }
    }

    func query(_ sql: SQL) throws -> [SQLRow] {
        try keepingFailure {
            try PreparedStatement(sql.text, in: database).rows(sql.bindings)
        }
    }

    func now() throws -> Timestamp { clock.now }

    func hasTable(_ name: String) throws -> Bool {
        try first("SELECT 1 AS yes FROM sqlite_master WHERE type = 'table' AND name = \(name)") != nil
    }

    func hint() throws { wantsHint = true }

    private func keepingFailure<Value>(_ work: () throws -> Value) throws -> Value {
        try failure.keeping { try SQLError.translating(work) }
    }
}
