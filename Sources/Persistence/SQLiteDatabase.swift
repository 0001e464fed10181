import CSQLiteCalls
import Foundation
import GRDB

/// The embedded database: one file, one process, one writer.
///
/// WAL with `synchronous=FULL`: with NORMAL a power cut may forget the last commits, and with them that something has
/// been sent.
public actor SQLiteDatabase: SQLDatabase {
    private nonisolated let thread = BlockingExecutor(label: "sqlite")
    public nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }

    nonisolated let path: String
    let pool: DatabasePool
    private let claim: SQLiteFileClaim
    private let clock: WallClock
    private let bell = Hints()
    private var isClosed = false
    /// The writer's, which is one connection for as long as the database is open. Touched only where the pool lends that
    /// connection, to one at a time.
    private nonisolated(unsafe) let statements = PreparedStatements()
    /// How many rows this process had changed when the planner's statistics were taken.
    var changesInStatistics = 0

    /// Opens or creates the file. Throws `SQLError.inUse` while anyone else has it open, and `SQLError.storage` on a
    /// network file system, for a damaged file, or where nothing can be written.
    ///
    /// After an unclean stop the whole file is checked first, which takes seconds per gigabyte.
    public init(path: String, clock: WallClock) throws {
        _ = Self.countsNoMemory
        let path = try Self.prepareFile(path)
        let claim = try SQLiteFileClaim(databasePath: path)
        pool = try SQLError.translating {
            let pool = try DatabasePool(path: path, configuration: Self.configuration)
            // Here and not in the configuration: GRDB sets NORMAL after that, when it turns WAL on.
            try pool.writeWithoutTransaction { try $0.execute(sql: Self.writerSettings) }
            if claim.wasLeftOpen { try pool.read { try Self.checkIntegrity($0) } }
            return pool
        }
        try claim.markOpen()
        self.path = path
        self.claim = claim
        self.clock = clock
    }

    public func transaction<Result: Sendable>(
        over scope: CompanyScope, _ body: @Sendable (any SQLConnection) throws -> Result
    ) throws -> Result {
        guard !isClosed else { throw SQLError.connectionLost("the database has been closed") }
        let (result, changes) = try SQLError.translating {
            try pool.writeWithoutTransaction { (try run(body, on: $0), $0.totalChangesCount) }
        }
        if changes - changesInStatistics >= Self.muchChanged { takeStatistics() }
        return result
    }

    /// Several at once, and beside the writer: each sees what was committed when it began.
    public nonisolated func read<Result: Sendable>(
        over scope: CompanyScope, _ body: @Sendable (any SQLConnection) throws -> Result
    ) async throws -> Result {
        do {
            return try await pool.read { [clock] database in
                let transaction = SQLiteTransaction(database: database, clock: clock, statements: nil)
                let result = try body(transaction)
                try transaction.failure.check()
                return result
            }
        } catch let error as DatabaseError {
            throw SQLError(error)
        }
    }

    private nonisolated func run<Result>(
        _ body: (any SQLConnection) throws -> Result, on database: Database
    ) throws -> Result {
        let transaction = SQLiteTransaction(database: database, clock: clock, statements: statements)
        try statements.statement("BEGIN IMMEDIATE", in: database).run()
        do {
            let result = try body(transaction)
            try transaction.failure.check()
            try statements.statement("COMMIT", in: database).run()
            if transaction.wantsHint { bell.ring() }
            return result
        } catch {
            // Some failures have ended it already; then there is nothing to roll back.
            _ = try? statements.statement("ROLLBACK", in: database).run()
            throw error
        }
    }

    /// One process: who hints and who waits are both in it.
    public nonisolated func hints() -> Hints { bell }

    public func close() throws {
        guard !isClosed else { return }
        isClosed = true
        takeStatistics(unlessFewerThan: Self.worthStatistics)
        // The file alone is then the whole database. A reading that is still open may hinder it; nothing is lost by that.
        try? pool.writeWithoutTransaction { database in
            statements.forget()
            _ = try database.checkpoint(.truncate)
        }
        try SQLError.translating { try pool.close() }
        try claim.release()
    }

    /// A page of an import touches more than the two megabytes that SQLite keeps by default, and the next touches them
    /// again: here 16 megabytes are kept, and go into the file after as many.
    private static let writerSettings = """
        PRAGMA synchronous = FULL; PRAGMA cache_size = -16000; PRAGMA wal_autocheckpoint = 4000
        """

    /// Once in a process, before its first connection.
    package static let countsNoMemory = ferje_sqlite_counts_no_memory()

    static var configuration: Configuration {
        var configuration = Configuration()
        configuration.label = "ferje"
        configuration.journalMode = .wal
        configuration.foreignKeysEnabled = true
        configuration.busyMode = .timeout(5)
        return configuration
    }

    /// Makes the file readable by its owner only, and gives its one true path so that a symbolic link cannot open it
    /// a second time.
    private static func prepareFile(_ path: String) throws -> String {
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
        if let name = NetworkFileSystem.name(under: folder) {
            throw SQLError.storage("\(path) is on a network file system (\(name)), where SQLite can lose data")
        }
        let file = open(path, O_CREAT | O_RDWR | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw SQLError.storage("cannot open \(path): \(String(cString: strerror(errno)))") }
        Foundation.close(file)
        guard let resolved = realpath(path, nil) else {
            throw SQLError.storage("cannot open \(path): \(String(cString: strerror(errno)))")
        }
        defer { free(resolved) }
        return String(cString: resolved)
    }
}
