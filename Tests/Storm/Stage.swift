import Foundation
import GRDB
import GRDBSQLite
import Persistence

/// SQLite in memory for one world after another. Each begins at the rows of the same file without a copy of it, and finds
/// the statements of the worlds before it prepared: both together would take longer than a small world itself.
///
/// The transaction that holds all of a world is begun here and never committed. The rest is SQLite's as ever: the product's
/// statements, its constraints, and its own undoing of what failed.
final class Stage: Sendable {
    private let queue: DatabaseQueue
    /// Touched only where the queue lends the connection, to one at a time.
    private nonisolated(unsafe) let statements = PreparedStatements()

    init(copyOf file: String) throws {
        _ = SQLiteDatabase.countsNoMemory
        var configuration = Configuration()
        // The world's transaction is open whenever GRDB looks.
        configuration.allowsUnsafeTransactions = true
        queue = try DatabaseQueue(configuration: configuration)
        let original = try DatabaseQueue(path: file)
        try original.backup(to: queue)
        try original.close()
        try with { try $1.statement("BEGIN", in: $0).run() }
    }

    func with<Result: Sendable>(_ body: (Database, PreparedStatements) throws -> Result) throws -> Result {
        try SQLError.translating { try queue.writeWithoutTransaction { try body($0, statements) } }
    }

    /// What the world did is gone.
    func undo() throws {
        try with { database, statements in
            try statements.statement("ROLLBACK", in: database).run()
            try statements.statement("BEGIN", in: database).run()
        }
    }

    /// The rows as they are now, for another stage. GRDB's own way refuses a database that is being written to.
    func copy(to file: String) throws {
        let bytes = try with { database, _ in
            var size: sqlite3_int64 = 0
            guard let start = sqlite3_serialize(database.sqliteConnection, "main", &size, 0) else {
                throw SQLError.storage("the database cannot be copied")
            }
            defer { sqlite3_free(start) }
            return Data(bytes: start, count: Int(size))
        }
        try bytes.write(to: URL(fileURLWithPath: file))
    }
}
