import Foundation
import Testing
import TestSupport

@testable import Persistence

/// A backup is taken beside whoever works with the file, and takes the file's place only as a whole.
@Suite struct SQLiteBackupTests {
    @Test func aBackupIsTakenWhileAnotherHasTheFileOpen() async throws {
        try await withFile { path, folder in
            let database = try await Self.filled(path, "first")
            let copy = folder.appending(path: "copy.sqlite").path
            try await SQLiteDatabase.backup(of: path, to: copy)
            // The owner goes on, and the copy is as it was.
            _ = try await database.transactionAcrossCompanies {
                try $0.execute("INSERT INTO thing (id) VALUES ('later')")
            }
            try await database.close()
            #expect(try await Self.things(in: copy) == ["first"])
            #expect(try await Self.things(in: path) == ["first", "later"])
            let mode = try FileManager.default.attributesOfItem(atPath: copy)[.posixPermissions] as? Int
            #expect(mode == 0o600)
        }
    }

    @Test func nothingIsBackedUpOverTheDatabaseItself() async throws {
        try await withFile { path, _ in
            try await Self.filled(path, "first").close()
            await #expect(throws: SQLError.storage("a backup cannot replace the database itself")) {
                try await SQLiteDatabase.backup(of: path, to: path)
            }
            #expect(try await Self.things(in: path) == ["first"])
        }
    }

    @Test func aRestoreKeepsTheOldAndLeavesNothingOfItsLog() async throws {
        try await withFile { path, folder in
            let copy = folder.appending(path: "copy.sqlite").path
            let database = try await Self.filled(path, "first")
            try await database.backup(to: copy)
            _ = try await database.transactionAcrossCompanies {
                try $0.execute("INSERT INTO thing (id) VALUES ('later')")
            }
            try await database.close()
            try await Self.crash(path, adding: "newest")
            let aside = path + ".old"
            try await SQLiteDatabase.restore(path, from: copy, keepingOldAs: aside) { fresh in
                let database = try SQLiteDatabase(path: fresh, clock: .frozen)
                _ = try await database.transactionAcrossCompanies {
                    try $0.execute("INSERT INTO thing (id) VALUES ('prepared')")
                }
                try await database.close()
            }
            #expect(try await Self.things(in: path) == ["first", "prepared"])
            #expect(try await Self.things(in: aside) == ["first", "later", "newest"])
            #expect(try await Self.things(in: copy) == ["first"])
            let left = try FileManager.default.contentsOfDirectory(atPath: folder.path)
            #expect(left.filter { $0.contains(".restored") || $0.contains(".partial") } == [])
        }
    }

    @Test func aRestoreThatIsRefusedChangesNothing() async throws {
        try await withFile { path, folder in
            try await Self.filled(path, "first").close()
            let copy = folder.appending(path: "copy.sqlite").path
            try await SQLiteDatabase.backup(of: path, to: copy)
            await #expect(throws: CancellationError.self) {
                try await SQLiteDatabase.restore(path, from: copy, keepingOldAs: path + ".old") { _ in
                    throw CancellationError()
                }
            }
            let garbage = folder.appending(path: "garbage.sqlite")
            try Data(repeating: 0x5A, count: 20_000).write(to: garbage)
            await #expect(throws: SQLError.self) {
                try await SQLiteDatabase.restore(path, from: garbage.path, keepingOldAs: path + ".old") { _ in }
            }
            let open = try SQLiteDatabase(path: path, clock: .frozen)
            await #expect(throws: SQLError.inUse("\(path) is open in another process, or twice in this one")) {
                try await SQLiteDatabase.restore(path, from: copy, keepingOldAs: path + ".old") { _ in }
            }
            try await open.close()
            #expect(try await Self.things(in: path) == ["first"])
            #expect(!FileManager.default.fileExists(atPath: path + ".old"))
        }
    }

    @Test func aDamagedDatabaseIsKeptAsItIs() async throws {
        try await withFile { path, folder in
            try await Self.filled(path, "first").close()
            let copy = folder.appending(path: "copy.sqlite").path
            try await SQLiteDatabase.backup(of: path, to: copy)
            let damaged = Data(repeating: 0xA5, count: 9000)
            try damaged.write(to: URL(fileURLWithPath: path))
            try await SQLiteDatabase.restore(path, from: copy, keepingOldAs: path + ".old") { _ in }
            #expect(try await Self.things(in: path) == ["first"])
            #expect(FileManager.default.contents(atPath: path + ".old") == damaged)
        }
    }

    /// What was committed last stands in the log alone, as after the death of the process.
    private static func crash(_ path: String, adding thing: String) async throws {
        let database = try SQLiteDatabase(path: path, clock: .frozen)
        _ = try await database.transactionAcrossCompanies { try $0.execute("INSERT INTO thing (id) VALUES (\(thing))") }
        for ending in ["", "-wal"] {
            try FileManager.default.copyItem(atPath: path + ending, toPath: path + ".kept" + ending)
        }
        try await database.close()
        for ending in ["", "-wal"] {
            try? FileManager.default.removeItem(atPath: path + ending)
            try FileManager.default.moveItem(atPath: path + ".kept" + ending, toPath: path + ending)
        }
        let log = try FileManager.default.attributesOfItem(atPath: path + "-wal")[.size] as? Int
        #expect((log ?? 0) > 0)
    }

    private static func filled(_ path: String, _ thing: String) async throws -> SQLiteDatabase {
        let database = try SQLiteDatabase(path: path, clock: .frozen)
        _ = try await database.transactionAcrossCompanies { connection in
            try connection.execute("CREATE TABLE thing (id TEXT)")
            try connection.execute("INSERT INTO thing (id) VALUES (\(thing))")
        }
        return database
    }

    private static func things(in path: String) async throws -> [String] {
        let database = try SQLiteDatabase(path: path, clock: .frozen)
        let things = try await database.readAcrossCompanies { connection in
            try connection.query("SELECT id FROM thing ORDER BY id").map { try $0.get("id", as: String.self) }
        }
        try await database.close()
        return things
    }

    private func withFile(_ body: (_ path: String, _ folder: URL) async throws -> Void) async throws {
        try await withTemporaryFolder { try await body($0.appending(path: "a.sqlite").path, $0) }
    }
}
