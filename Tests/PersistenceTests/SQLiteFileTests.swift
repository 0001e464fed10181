import Foundation
import Testing
import TestSupport

@testable import Persistence

/// What stands around the one file: who may open it, what happens after a crash, how it is copied.
@Suite struct SQLiteFileTests {
    @Test func aSecondOpeningIsRefused() async throws {
        try await withTemporaryFolder { folder in
            let path = folder.appending(path: "a.sqlite").path
            let first = try SQLiteDatabase(path: path, clock: .frozen)
            #expect(throws: SQLError.inUse("\(path) is open in another process, or twice in this one")) {
                try SQLiteDatabase(path: path, clock: .frozen)
            }
            let link = folder.appending(path: "link.sqlite").path
            try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: path)
            #expect(throws: SQLError.inUse("\(path) is open in another process, or twice in this one")) {
                try SQLiteDatabase(path: link, clock: .frozen)
            }
            try await first.close()
            try await SQLiteDatabase(path: path, clock: .frozen).close()
        }
    }

    @Test func anotherProcessIsRefused() async throws {
        try await withTemporaryFolder { folder in
            let path = folder.appending(path: "a.sqlite").path
            let database = try SQLiteDatabase(path: path, clock: .frozen)
            let other = Process()
            other.executableURL = URL(fileURLWithPath: "/usr/bin/env")
            other.arguments = ["flock", "--nonblock", path + ".lock", "true"]
            try other.run()
            other.waitUntilExit()
            #expect(other.terminationStatus == 1)
            try await database.close()
        }
    }

    @Test func onlyTheOwnerCanReadTheFile() async throws {
        try await withTemporaryFolder { folder in
            let path = folder.appending(path: "a.sqlite").path
            let database = try SQLiteDatabase(path: path, clock: .frozen)
            for name in ["a.sqlite", "a.sqlite-wal", "a.sqlite.lock"] {
                let attributes = try FileManager.default.attributesOfItem(atPath: folder.appending(path: name).path)
                #expect(attributes[.posixPermissions] as? Int == 0o600, "\(name)")
            }
            try await database.close()
        }
    }

    @Test func commitsAreOnStableStorage() async throws {
        try await withTemporaryFolder { folder in
            let database = try SQLiteDatabase(path: folder.appending(path: "a.sqlite").path, clock: .frozen)
            let settings = try await database.transactionAcrossCompanies { connection in
                try ["synchronous", "foreign_keys"].map { name in
                    try connection.first("PRAGMA \(raw: name)")?.get(name, as: Int.self)
                }
            }
            #expect(settings == [2, 1])
            try await database.close()
        }
    }

    @Test func aCrashLeavesAMarkAndACloseDoesNot() async throws {
        try await withTemporaryFolder { folder in
            let path = folder.appending(path: "a.sqlite").path
            do {
                let claim = try SQLiteFileClaim(databasePath: path)
                #expect(!claim.wasLeftOpen)
                try claim.markOpen()
            }
            do {
                let claim = try SQLiteFileClaim(databasePath: path)
                #expect(claim.wasLeftOpen)
                try claim.release()
            }
            #expect(try !SQLiteFileClaim(databasePath: path).wasLeftOpen)
        }
    }

    @Test func aDamagedFileIsFoundAfterACrash() async throws {
        try await withTemporaryFolder { folder in
            let path = folder.appending(path: "a.sqlite").path
            let database = try SQLiteDatabase(path: path, clock: .frozen)
            try await database.transactionAcrossCompanies { connection in
                try connection.execute("CREATE TABLE thing (id TEXT)")
                try connection.executeMany(
                    "INSERT INTO thing (id) VALUES ($1)", (0..<500).map { [.text("a longer text number \($0)")] })
            }
            try await database.close()
            let file = try FileHandle(forUpdating: URL(fileURLWithPath: path))
            try file.seek(toOffset: 4096)
            try file.write(contentsOf: Data(repeating: 0xA5, count: 4096))
            try file.close()
            try SQLiteFileClaim(databasePath: path).markOpen()
            #expect {
                try SQLiteDatabase(path: path, clock: .frozen)
            } throws: { error in
                guard case SQLError.storage = error else { return false }
                return true
            }
        }
    }

    @Test func aBackupIsWholeAndOpensByItself() async throws {
        try await withTemporaryFolder { folder in
            let path = folder.appending(path: "a.sqlite").path
            let copyPath = folder.appending(path: "copy.sqlite").path
            let database = try SQLiteDatabase(path: path, clock: .frozen)
            try await database.transactionAcrossCompanies { connection in
                try connection.execute("CREATE TABLE thing (id TEXT)")
                try connection.execute("INSERT INTO thing (id) VALUES ('kept')")
            }
            try await database.backup(to: copyPath)
            try await database.backup(to: copyPath)
            await #expect(throws: SQLError.storage("a backup cannot replace the database itself")) {
                try await database.backup(to: path)
            }
            try await database.close()
            let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
            #expect(files.filter { $0.hasPrefix("copy") } == ["copy.sqlite"])

            let copy = try SQLiteDatabase(path: copyPath, clock: .frozen)
            let row = try await copy.transactionAcrossCompanies { try $0.first("SELECT id FROM thing") }
            #expect(try row?.get("id") == "kept")
            try await copy.close()
        }
    }

    @Test func aFolderThatIsNotThereIsStorage() throws {
        #expect(throws: SQLError.storage("cannot open /nowhere/a.sqlite: No such file or directory")) {
            try SQLiteDatabase(path: "/nowhere/a.sqlite", clock: .frozen)
        }
    }

    @Test func networkFileSystemsAreRecognised() {
        let mounts = """
            28 1 254:1 / / rw,relatime shared:1 - ext4 /dev/vda1 rw
            36 28 0:52 / /mnt/files rw,relatime shared:7 - nfs4 server:/files rw,vers=4.2
            37 28 0:53 / /mnt/share rw - cifs //server/share rw
            """
        #expect(NetworkFileSystem.name(device: 254 << 8 | 1, mounts: mounts) == nil)
        #expect(NetworkFileSystem.name(device: 52, mounts: mounts) == "nfs4")
        #expect(NetworkFileSystem.name(device: 53, mounts: mounts) == "cifs")
        #expect(NetworkFileSystem.name(device: 54, mounts: mounts) == nil)
    }
}
