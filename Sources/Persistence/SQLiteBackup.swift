import Foundation
import GRDB

extension SQLiteDatabase {
    /// Copies the database as it is now, while it is in use. Never copy the file itself: the newest commits are in
    /// another one. The copy is checked and then takes the place of `destination` in one step.
    public func backup(to destination: String) throws {
        try SQLError.translating { try Self.copy(pool, at: path, to: destination) }
    }

    /// The same for a database that another process works with: that one goes on, and what it commits meanwhile is not
    /// in the copy.
    public static func backup(of path: String, to destination: String) async throws {
        guard FileManager.default.fileExists(atPath: path) else {
            throw SQLError.storage("there is no database \(path)")
        }
        try await offThePool {
            var reading = Configuration()
            reading.readonly = true
            reading.busyMode = .timeout(5)
            try SQLError.translating {
                let source = try DatabaseQueue(path: path, configuration: reading)
                try copy(source, at: path, to: destination)
                try source.close()
            }
        }
    }

    private static func copy(_ source: some DatabaseReader, at path: String, to destination: String) throws {
        let partial = destination + ".partial"
        guard resolved(destination) != resolved(path) else {
            throw SQLError.storage("a backup cannot replace the database itself")
        }
        for ending in ["", "-journal", "-wal", "-shm"] { try removeFile(partial + ending) }
        // Wages and people are in it.
        let file = open(partial, O_CREAT | O_RDWR | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw SQLError.storage("cannot write \(destination): \(lastError)") }
        Foundation.close(file)
        let copy = try DatabaseQueue(path: partial)
        try source.backup(to: copy)
        try copy.writeWithoutTransaction { copied in
            try checkIntegrity(copied)
            // A single file is what people expect of a backup, so no WAL beside it.
            try copied.execute(sql: "PRAGMA journal_mode = DELETE")
        }
        try copy.close()
        try replace(destination, by: partial)
    }

    /// Throws `SQLError.storage` for a damaged file.
    static func checkIntegrity(_ database: Database) throws {
        let findings = try String.fetchAll(database, sql: "PRAGMA quick_check(5)")
        guard findings == ["ok"] else {
            throw SQLError.storage("the database is damaged: \(findings.joined(separator: "; "))")
        }
    }

    /// In one step, and on stable storage when it returns.
    static func replace(_ path: String, by fresh: String) throws {
        guard rename(fresh, path) == 0 else { throw SQLError.storage("cannot write \(path): \(lastError)") }
        let folder = open(
            URL(fileURLWithPath: path).deletingLastPathComponent().path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard folder >= 0 else { throw SQLError.storage("cannot write \(path): \(lastError)") }
        defer { Foundation.close(folder) }
        guard fsync(folder) == 0 else { throw SQLError.storage("cannot write \(path): \(lastError)") }
    }

    static var lastError: String { String(cString: strerror(errno)) }

    private static func resolved(_ path: String) -> String {
        URL(fileURLWithPath: path).resolvingSymlinksInPath().path
    }

    private static func removeFile(_ path: String) throws {
        guard unlink(path) == 0 || errno == ENOENT else {
            throw SQLError.storage("cannot replace \(path): \(lastError)")
        }
    }
}
