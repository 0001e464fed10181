import BuiltPrograms
import Foundation
import Testing
import TestSupport

/// The harder mode from the command line: a probe that is asked for, and a transfer that goes by it.
@Suite struct ProbeCommandTests {
    private func withContractor(
        _ scenario: String, _ body: (FerjeProgram, SandboxProgram, _ lines: Int) async throws -> Void
    ) async throws {
        try await withTemporaryFolder { folder in
            let data = folder.appending(path: "data").path
            let file = folder.appending(path: "scenario.json")
            try Data(scenario.utf8).write(to: file)
            let plain = FerjeProgram(environment: ["FERJE_DATA": data], folder: folder)
            let sandbox = try await SandboxProgram.start(plain, ["--size", "small", "--scenario", file.path])
            let program = plain.with(sandbox.environment)
            let lines = try await ContractorFiles(folder: folder).fill(program, tenant: sandbox.tenant)
            try await body(program, sandbox, lines)
        }
    }

    private func puts(_ sandbox: SandboxProgram) async throws -> Int {
        try await sandbox.requests().filter { $0["method"] as? String == "PUT" }.count
    }

    private func filled(_ sandbox: SandboxProgram) async throws -> [[String: Any]] {
        try await sandbox.documents().filter { ($0["lines"] as? [Any])?.isEmpty == false }
    }

    @Test func afterAProbeThatPassesDocumentsAreSentEmptyAndThenFilled() async throws {
        try await withContractor(#"{"acceptsEmptyDocuments": true}"#) { program, sandbox, lines in
            let asked = try await program.succeed("probe", "--json").object()
            #expect(asked["probe"] == nil)
            #expect(try await sandbox.documents().isEmpty, "nothing is made without --yes")

            let told = try await program.succeed("probe", "--yes", "--json").object()
            let probe = try #require(told["probe"] as? [String: Any])
            #expect(probe["mode"] as? String == "shell")
            #expect(probe["leftBehind"] as? String == "PM00000001")
            let before = try await puts(sandbox)
            try await program.succeed("run", "hours", "--json")
            let documents = try await filled(sandbox)
            #expect(documents.flatMap { $0["lines"] as? [Any] ?? [] }.count == lines)
            #expect(documents.allSatisfy { $0["status"] as? String == "Balanced" })
            #expect(try await puts(sandbox) - before == documents.count)

            try await program.succeed("probe", "--forget")
            #expect(try await program.succeed("probe", "--json").object()["probe"] == nil)
        }
    }

    @Test func aProbeThatDoesNotPassLeavesThePlainWay() async throws {
        try await withContractor(#"{"acceptsEmptyDocuments": true, "enforcesIfMatch": false}"#) {
            program, sandbox, lines in
            let shown = try await program.with(["FERJE_LANGUAGE": "en"]).succeed("probe", "--yes").output
            #expect(shown.contains("the plain way") && shown.contains("PM00000001"))
            let before = try await puts(sandbox)
            try await program.succeed("run", "hours", "--json")
            #expect(try await puts(sandbox) == before)
            #expect(try await filled(sandbox).flatMap { $0["lines"] as? [Any] ?? [] }.count == lines)
        }
    }
}
