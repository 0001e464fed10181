import Foundation
import Persistence

/// The databases that every suite of rules runs on:
/// `@Test(arguments: TestDatabaseKind.allCases) func ruleName(kind: TestDatabaseKind) async throws`.
public enum TestDatabaseKind: String, CaseIterable, Sendable {
    case sqlite, postgres
}

/// Opens a fresh database with the migrations applied, and removes it after the body.
public func withDatabase<Answer>(
    _ kind: TestDatabaseKind, clock: WallClock = .frozen, migrations: [Migration] = [],
    _ body: (any SQLDatabase) async throws -> Answer
) async throws -> Answer {
    try await withDatabaseAddress(kind, migrations: migrations) { address in
        let database = try address.open(clock: clock)
        do {
            let answer = try await body(database)
            try await database.close()
            return answer
        } catch {
            try? await database.close()
            throw error
        }
    }
}

/// Each holds four files or more. Foundation's `Process` reads past its list of open files and may take the process down
/// when there are more than about 1,350 of them.
private let sqlitePlaces = Places(64)

/// A place for one database with the migrations applied, for tests that open it more than once: as after a restart, or as two nodes would
/// (PostgreSQL only). What was opened must be closed by the body.
public func withDatabaseAddress<Answer>(
    _ kind: TestDatabaseKind, migrations: [Migration] = [],
    _ body: (TestDatabaseAddress) async throws -> Answer
) async throws -> Answer {
    switch kind {
    case .sqlite:
        try await sqlitePlaces.lend {
            try await withTemporaryFolder { folder in
                let address = TestDatabaseAddress.sqlite(path: folder.appending(path: "test.sqlite").path)
                if !migrations.isEmpty {
                    let database = try address.open()
                    _ = try await database.migrate(migrations)
                    try await database.close()
                }
                return try await body(address)
            }
        }
    case .postgres:
        try await PostgresForTests.withDatabase(migrations: migrations) { try await body(.postgres(url: $0)) }
    }
}

public enum TestDatabaseAddress: Sendable {
    case sqlite(path: String)
    case postgres(url: String)

    public func open(clock: WallClock = .frozen) throws -> any SQLDatabase {
        switch self {
        case .sqlite(let path): try SQLiteDatabase(path: path, clock: clock)
        case .postgres(let url): try PostgresDatabase(url: url, clock: clock)
        }
    }
}

/// A folder of its own that is gone after the body.
public func withTemporaryFolder<Answer>(_ body: (URL) async throws -> Answer) async throws -> Answer {
    let folder = FileManager.default.temporaryDirectory.appending(path: "ferje-test-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try await body(folder)
}
