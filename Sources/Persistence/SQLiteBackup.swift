import Foundation
import GRDB

extension SQLiteDatabase {
    /// Copies the database as it is now, while it is in use. Never copy the file itself: the newest commits are in
    /// another one. The copy is checked and then takes the place of `destination` in one step.
    public func backup(to destination: String) throws {
        let partial = destination + ".partial"
        guard URL(fileURLWithPath: destination).resolvingSymlinksInPath().path != path else {
            throw SQLError.storage("a backup cannot replace the database itself")
        }
        try SQLError.translating {
            for ending in ["", "-journal", "-wal", "-shm"] { try Self.removeFile(partial + ending) }
            let copy = try DatabaseQueue(path: partial)
            try pool.backup(to: copy)
            try copy.writeWithoutTransaction { copied in
                try Self.checkIntegrity(copied)
                // A single file is what people expect of a backup, so no WAL beside it.
                try copied.execute(sql: "PRAGMA journal_mode = DELETE")
            }
            try copy.close()
        }
        guard rename(partial, destination) == 0 else {
            throw SQLError.storage("cannot write \(destination): \(String(cString: strerror(errno)))")
        }
    }

    /// Throws `SQLError.storage` for a damaged file.
    static func checkIntegrity(_ database: Database) throws {
        let findings = try String.fetchAll(database, sql: "PRAGMA quick_check(5)")
        guard findings == ["ok"] else {
            throw SQLError.storage("the database is damaged: \(findings.joined(separator: "; "))")
        }
    }

    private static func removeFile(_ path: String) throws {
        guard unlink(path) == 0 || errno == ENOENT else {
            throw SQLError.storage("cannot replace \(path): \(String(cString: strerror(errno)))")
        }
    }
}
