import Persistence
import Synchronization

/// A PostgreSQL database for one world after another. Its session stays, and with it the statements that the server has
/// kept; the rows of the beginning lie beside the tables and are put back after each world.
///
/// Worlds that change the schema or replace the database have one of their own.
final class ServerStage: Sendable {
    /// The database's.
    let name: String
    private let database: PostgresDatabase
    private let time = Time()
    /// Such that a row only points at rows of its own table and of those before it.
    private let tables: [String]
    private let visits = Mutex(0)

    /// Rows that are gone stay in the tables' files, since no VACUUM takes them away here.
    private static let mostVisits = 50

    /// The time of whichever world is on it.
    private final class Time: Sendable {
        let clock = Mutex<WallClock?>(nil)
    }

    init(name: String, url: String) async throws {
        self.name = name
        let time = time
        database = try PostgresDatabase(
            url: url, poolSize: 1,
            clock: WallClock { time.clock.withLock { $0?.now } ?? Timestamp(milliseconds: 0) })
        tables = try await database.transactionAcrossCompanies { connection in
            let tables = try Self.inOrder(connection)
            try connection.execute("CREATE SCHEMA beginning")
            for table in tables {
                try connection.execute("CREATE TABLE beginning.\(raw: table) AS TABLE public.\(raw: table)")
            }
            return tables
        }
    }

    func visit(_ clock: WallClock) -> Visit {
        time.clock.withLock { $0 = clock }
        return Visit(database: database)
    }

    /// Puts the rows of the beginning back. False when the stage has seen enough worlds.
    func renew() async throws -> Bool {
        let isWorn = visits.withLock { visits in
            visits += 1
            return visits >= Self.mostVisits
        }
        guard !isWorn else { return false }
        try await database.transactionAcrossCompanies { [tables] connection in
            for table in tables.reversed() { try connection.execute("DELETE FROM public.\(raw: table)") }
            for table in tables {
                try connection.execute("INSERT INTO public.\(raw: table) SELECT * FROM beginning.\(raw: table)")
            }
        }
        return true
    }

    func close() async throws { try await database.close() }

    private static func inOrder(_ connection: any SQLConnection) throws -> [String] {
        var left = try connection.query(
            "SELECT CAST(tablename AS TEXT) AS name FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename"
        ).map { try $0.get("name", as: String.self) }
        let pointers = try connection.query(
            """
            SELECT CAST(CAST(conrelid AS regclass) AS TEXT) AS child, CAST(CAST(confrelid AS regclass) AS TEXT) AS parent
            FROM pg_constraint WHERE contype = 'f' AND conrelid <> confrelid
            """
        ).map { (child: try $0.get("child", as: String.self), parent: try $0.get("parent", as: String.self)) }
        var ordered: [String] = []
        while !left.isEmpty {
            let free = left.filter { name in
                pointers.allSatisfy { $0.child != name || !left.contains($0.parent) }
            }
            guard !free.isEmpty else { throw SQLError.storage("the tables point at each other: \(left)") }
            ordered += free
            left.removeAll { free.contains($0) }
        }
        return ordered
    }

    /// The database as one world has it.
    struct Visit: SQLDatabase {
        fileprivate let database: PostgresDatabase

        func transaction<Result: Sendable>(
            over scope: CompanyScope, _ body: @Sendable (any SQLConnection) throws -> Result
        ) async throws -> Result {
            try await database.transaction(over: scope, body)
        }

        func read<Result: Sendable>(
            over scope: CompanyScope, _ body: @Sendable (any SQLConnection) throws -> Result
        ) async throws -> Result {
            try await database.read(over: scope, body)
        }

        func hints() async -> Hints { await database.hints() }
        /// It stays for the next world.
        func close() async throws {}
    }
}
