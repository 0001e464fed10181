import BuiltPrograms
import Foundation
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

    private func held(_ sandbox: SandboxProgram) async throws -> [[String: Any]] {
        try await sandbox.documents().flatMap { $0["lines"] as? [[String: Any]] ?? [] }
    }
}
