import BuiltPrograms
import Foundation
import Persistence
import Testing
import TestSupport
import VismaNetSandbox

/// A company's life by command, with the real program between two real databases and the sandbox.
@Suite struct CompanyLifeTests {
    @Test func aCompanyMovesToPostgreSQLAndBackAndNothingGoesTwice() async throws {
        try await withDatabaseAddress(.postgres) { address in
            guard case .postgres(let url) = address else { return }
            try await withTemporaryFolder { folder in
                let data = folder.appending(path: "data")
                let plain = FerjeProgram(
                    environment: [
                        "FERJE_DATA": data.path, "FERJE_SETTLE_SECONDS": "1", "FERJE_REQUEST_LIMIT_SECONDS": "2",
                        "FERJE_LEASE_SECONDS": "5", "FERJE_LANGUAGE": "en",
                    ], folder: folder)
                let sandbox = try await SandboxProgram.start(plain, ["--size", "small"])
                let embedded = plain.with(sandbox.environment)
                let lines = try await ContractorFiles(folder: folder).fill(embedded, tenant: sandbox.tenant)
                try await embedded.succeed("run", "hours", "--json")
                #expect(try await sandbox.documents().flatMap { $0["lines"] as? [Any] ?? [] }.count == lines)

                let told = try await embedded.succeed("company", "move", "--to", url, "--json").object()
                #expect(try number(told, "tables", "hour_entry", "rows") == lines)
                #expect(try await embedded.run("run", "hours", "--json").status == 3)
                #expect(try await embedded.run("company", "move", "--to", url, "--json").status == 3)

                let server = embedded.with([
                    "FERJE_DATABASE_URL": url, "FERJE_MASTER_KEY_FILE": data.appending(path: "master.key").path,
                ])
                try await server.succeed("company", "resume")
                try await eventually("the new home has read Visma", within: .seconds(120)) {
                    try await server.run("run", "hours", "--json").status == 0
                }
                try await server.succeed("company", "move", "--to", data.path, "--json")
                try await embedded.succeed("company", "resume")
                try await eventually("the old home has read Visma", within: .seconds(120)) {
                    try await embedded.run("run", "hours", "--json").status == 0
                }
                #expect(try await sandbox.documents().flatMap { $0["lines"] as? [Any] ?? [] }.count == lines)
            }
        }
    }

    @Test func aCompanyIsDeletedOnlyByItsNameAndWithItsMaterialKept() async throws {
        try await withTemporaryFolder { folder in
            let program = FerjeProgram(environment: ["FERJE_LANGUAGE": "en"], folder: folder)
            try await program.succeed("company", "create", "Rør og Tak AS", "--id", "ror")
            try await program.succeed("company", "create", "Tak AS", "--id", "tak")
            let name = ["--name", "Rør og Tak AS"]
            func delete(_ more: [String]) async throws -> FerjeProgram.Outcome {
                try await program.start(["company", "delete", "--company", "ror", "--json"] + more).outcome()
            }
            #expect(try await delete(name).message().contains("the company is active"))
            try await program.succeed("company", "pause", "--company", "ror", "--reason", "slutter")
            #expect(try await delete(["--name", "Tak AS"]).status == 3)
            #expect(try await delete([]).status == 3, "nobody is there to type it")

            let data = folder.appending(path: "data/ferje.sqlite").path
            let database = try SQLiteDatabase(path: data, clock: .frozen)
            _ = try await database.transactionAcrossCompanies { connection in
                try connection.execute(
                    """
                    INSERT INTO export_document (company_id, id, kind, project_number, period, reference, payload,
                        payload_sha256, state, next_step_at, epoch, erp_number, run_id, created_at, changed_at)
                    VALUES ('ror', 'd', 'hours', 'P', '202611', 'r', '', '', 'confirmed', 0, 1, '1', 'x', 0, 0)
                    """)
            }
            try await database.close()
            let refused = try await delete(name)
            #expect(refused.status == 3)
            #expect(try refused.message().contains("2036-12-31"))

            let out = folder.appending(path: "out").path
            try await program.succeed("company", "export", "--company", "ror", "--to", out, "--json")
            #expect(FileManager.default.fileExists(atPath: out + "/export_document.json"))
            #expect(try await delete(name + ["--kept-elsewhere"]).status == 0)
            let left = try await program.succeed("company", "list", "--json").object()
            #expect((left["companies"] as? [[String: Any]])?.compactMap { $0["id"] as? String } == ["tak"])
        }
    }
}
