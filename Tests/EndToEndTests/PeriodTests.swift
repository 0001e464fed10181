import Foundation
import Persistence
import TestSupport
import Testing

/// What a person chooses by hand, on the data that a demonstration leaves behind.
@Suite struct PeriodTests {
    @Test func aPeriodThatIsNotOpenIsRefusedAndNothingIsSent() async throws {
        try await withTemporaryFolder { folder in
            let data = folder.appending(path: "data").path
            let plain = FerjeProgram(environment: ["FERJE_DATA": data], folder: folder)
            try await plain.succeed("demo", "--once", "--json", "--size", "small", "--data", data)
            let sandbox = try await SandboxProgram.start(plain, "--size", "small", "--data", data + "/sandbox")
            let program = plain.with(sandbox.environment)
            let before = try await sandbox.documents().count

            let unknown = try await program.run("run", "hours", "--period", "01-2031", "--json")
            #expect(unknown.status == 3)
            #expect(unknown.output.contains("01-2031"))

            let closed = try await program.run("run", "hours", "--period", "2024-01", "--preview", "--json")
            // Demo periods go two years back; in a later year this one does not exist at all.
            #expect(closed.status == 3)
            #expect(try closed.message().contains("01-2024"))

            let preview = try await program.succeed("run", "hours", "--preview", "--json")
            #expect(try (preview.object()["documents"] as? [Any])?.isEmpty == true)
            #expect(try (preview.object()["held"] as? [Any])?.isEmpty == false)
            #expect(try await sandbox.documents().count == before)

            let status = try await program.succeed("status", "--json")
            let companies = try #require(try status.object()["companies"] as? [[String: Any]])
            #expect((companies.first?["connection"] as? [String: Any])?["state"] as? String == "connected")
        }
    }
}
