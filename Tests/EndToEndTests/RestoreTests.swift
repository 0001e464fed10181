import BuiltPrograms
import Foundation
import Persistence
import Testing
import TestSupport
import VismaNetSandbox

/// A backup from before the transfer is put back: nothing goes twice, and what went is known again.
@Suite struct RestoreTests {
    @Test func aBackupFromBeforeTheTransferSendsNothingTwice() async throws {
        try await withTemporaryFolder { folder in
            let data = folder.appending(path: "data")
            let plain = FerjeProgram(
                environment: [
                    "FERJE_DATA": data.path, "FERJE_SETTLE_SECONDS": "1", "FERJE_REQUEST_LIMIT_SECONDS": "2",
                    "FERJE_LEASE_SECONDS": "5",
                ], folder: folder)
            let sandbox = try await SandboxProgram.start(plain, ["--size", "small"])
            let program = plain.with(sandbox.environment)
            let lines = try await ContractorFiles(folder: folder).fill(program, tenant: sandbox.tenant)
            let database = data.appending(path: "ferje.sqlite")
            let backup = folder.appending(path: "backup.sqlite")
            try FileManager.default.copyItem(at: database, to: backup)

            try await program.succeed("run", "hours", "--json")
            #expect(try await held(sandbox).count == lines)

            for ending in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: database.path + ending) }
            try FileManager.default.copyItem(at: backup, to: database)
            let shut = try await program.succeed("status", "--json").object()
            let company = try #require((shut["companies"] as? [[String: Any]])?.first)
            #expect(company["exportsShutBecause"] as? String != nil)

            try await eventually("what was sent is known again", within: .seconds(120)) {
                try await program.run("run", "hours", "--json").status == 0
            }
            let tags = try await held(sandbox).compactMap { ($0["description"] as? String)?.split(separator: " ").last }
            #expect(tags.count == lines)
            #expect(Set(tags).count == lines)
            let again = try await program.succeed("run", "hours", "--json")
            #expect(try number(again.object(), "jobs", "hours", "sentLines") == 0)
            let open = try await program.succeed("status", "--json").object()
            #expect((open["companies"] as? [[String: Any]])?.first?["exportsShutBecause"] as? String == nil)
        }
    }

    @Test func aBackupTakenWhileServingIsPutBackAndSendsNothingTwice() async throws {
        try await withTemporaryFolder { folder in
            let data = folder.appending(path: "data")
            let plain = FerjeProgram(
                environment: [
                    "FERJE_DATA": data.path, "FERJE_SETTLE_SECONDS": "1", "FERJE_REQUEST_LIMIT_SECONDS": "2",
                    "FERJE_LEASE_SECONDS": "5", "FERJE_WEB_PORT": "\(try freePort())",
                ], folder: folder)
            let sandbox = try await SandboxProgram.start(plain, ["--size", "small"])
            let program = plain.with(sandbox.environment)
            let lines = try await ContractorFiles(folder: folder).fill(program, tenant: sandbox.tenant)
            let backup = folder.appending(path: "backup.sqlite").path

            let server = try program.start(["serve"])
            try await eventually("the server runs") { server.outputSoFar.contains("\n") }
            let told = try await program.succeed("backup", backup, "--json").object()
            #expect((told["bytes"] as? Int ?? 0) > 100_000)
            #expect(try await program.run("restore", backup, "--json").status == 6, "somebody works with the database")
            server.signal(SIGTERM)
            #expect(try await server.outcome().status == 0)
            try await program.succeed("run", "hours", "--json")
            #expect(try await held(sandbox).count == lines)

            let restored = try await program.succeed("restore", backup, "--json").object()
            #expect(restored["companies"] as? Int == 1)
            let old = try #require(restored["keptOldAs"] as? String)
            #expect(FileManager.default.fileExists(atPath: old))
            try await nothingGoesTwice(program, sandbox, lines: lines)

            // What is no database of ours changes nothing.
            let other = folder.appending(path: "other.sqlite").path
            let foreign = try SQLiteDatabase(path: other, clock: .frozen)
            _ = try await foreign.transactionAcrossCompanies { try $0.execute("CREATE TABLE thing (id TEXT)") }
            try await foreign.close()
            #expect(try await program.run("restore", other, "--json").status == 3)
            #expect(try await shutBecause(program) == nil)
        }
    }

    /// The recipe of docs/operations.md, word for word but for the names.
    @Test func aDumpOfPostgreSQLIsPutBackAndSendsNothingTwice() async throws {
        try await withTemporaryFolder { folder in
            let server = try await ThrowAwayPostgres.start()
            defer { server.stop() }
            let (before, after) = (
                try await server.createDatabase("before"), try await server.createDatabase("after")
            )
            let key = folder.appending(path: "master.key")
            try Data(String(repeating: "ab", count: 32).utf8).write(to: key)
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: key.path)
            let plain = FerjeProgram(
                environment: [
                    "FERJE_DATA": folder.appending(path: "data").path, "FERJE_DATABASE_URL": before,
                    "FERJE_MASTER_KEY_FILE": key.path, "FERJE_SETTLE_SECONDS": "1",
                    "FERJE_REQUEST_LIMIT_SECONDS": "2", "FERJE_LEASE_SECONDS": "5",
                ], folder: folder)
            let sandbox = try await SandboxProgram.start(plain, ["--size", "small"])
            let program = plain.with(sandbox.environment)
            let lines = try await ContractorFiles(folder: folder).fill(program, tenant: sandbox.tenant)
            #expect(try await program.run("backup", "x.sqlite", "--json").status == 3, "PostgreSQL has its own tools")

            let dump = folder.appending(path: "ferje.dump").path
            let recipe = ["BEFORE": before, "AFTER": after, "DUMP": dump, "PGOPTIONS": "-c ferje.company=*"]
            try await shell(#"pg_dump --enable-row-security --no-owner -Fc -f "$DUMP" "$BEFORE""#, recipe, folder)
            try await program.succeed("run", "hours", "--json")
            #expect(try await held(sandbox).count == lines)
            try await shell(#"pg_restore --no-owner --exit-on-error -d "$AFTER" "$DUMP""#, recipe, folder)

            let again = program.with(["FERJE_DATABASE_URL": after])
            try await again.succeed("export", "shut", "--reason", "restored", "--json")
            try await nothingGoesTwice(again, sandbox, lines: lines)
        }
    }

    private func nothingGoesTwice(_ program: FerjeProgram, _ sandbox: SandboxProgram, lines: Int) async throws {
        #expect(try await shutBecause(program) != nil)
        try await eventually("what was sent is known again", within: .seconds(120)) {
            try await program.run("run", "hours", "--json").status == 0
        }
        let tags = try await held(sandbox).compactMap { ($0["description"] as? String)?.split(separator: " ").last }
        #expect(tags.count == lines)
        #expect(Set(tags).count == lines)
        #expect(try await shutBecause(program) == nil)
    }

    private func shutBecause(_ program: FerjeProgram) async throws -> String? {
        let status = try await program.succeed("status", "--json").object()
        return (status["companies"] as? [[String: Any]])?.first?["exportsShutBecause"] as? String
    }

    private func shell(_ command: String, _ environment: [String: String], _ folder: URL) async throws {
        let running = try Running(
            program: URL(fileURLWithPath: "/bin/sh"), arguments: ["-c", command], environment: environment,
            folder: folder)
        let outcome = try await running.outcome()
        try #require(outcome.status == 0, "\(command): \(outcome.errors)")
    }

    private func held(_ sandbox: SandboxProgram) async throws -> [[String: Any]] {
        try await sandbox.documents().flatMap { $0["lines"] as? [[String: Any]] ?? [] }
    }
}
