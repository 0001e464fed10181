import Foundation
import GRDB

extension SQLiteDatabase {
    /// Puts a copy of a backup in the place of the database at a path, while nobody has that open. Before it does so,
    /// `prepare` gets the copy's own path and makes it fit for use; when that throws nothing has changed. What stood there
    /// before is kept under `aside`.
    public static func restore(
        _ path: String, from backup: String, keepingOldAs aside: String, prepare: (String) async throws -> Void
    ) async throws {
        let claim = try SQLiteFileClaim(databasePath: path)
        let fresh = path + ".restored"
        defer { for ending in ["", "-wal", "-shm", ".lock"] { unlink(fresh + ending) } }
        try await Self.backup(of: backup, to: fresh)
        try await prepare(fresh)
        try await offThePool {
            if FileManager.default.fileExists(atPath: path) { try setAside(path, as: aside) }
            try replace(path, by: fresh)
        }
        try claim.release()
    }

    /// The old file keeps its name until the new one takes it. Its log must go: beside the new one it would be read as that
    /// one's own. The log of a damaged file cannot be brought into it and is kept beside it.
    private static func setAside(_ path: String, as aside: String) throws {
        do {
            let old = try DatabaseQueue(path: path, configuration: configuration)
            try old.writeWithoutTransaction { _ = try $0.checkpoint(.truncate) }
            try old.close()
        } catch is DatabaseError {
            for ending in ["-wal", "-shm"] { _ = rename(path + ending, aside + ending) }
        }
        guard link(path, aside) == 0 else {
            throw SQLError.storage("cannot keep the old database as \(aside): \(lastError)")
        }
        for ending in ["-wal", "-shm"] { unlink(path + ending) }
    }
}
