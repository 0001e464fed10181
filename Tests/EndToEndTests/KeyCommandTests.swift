import Foundation
import TestSupport
import Testing

@Suite struct KeyCommandTests {
    @Test func aKeyIsShownOnceListedAndRevoked() async throws {
        try await withTemporaryFolder { folder in
            let program = FerjeProgram(folder: folder)
            try await program.succeed("company", "create", "Rør og Tak AS", "--id", "ror")
            let made = try await program.succeed("key", "create", "Feltsystem", "--role", "leader", "--json").object()
            let text = try #require(made["key"] as? String)
            let id = try #require(made["id"] as? String)
            #expect(text.hasPrefix("ferje_"))
            let listed = try await program.succeed("key", "list", "--json")
            #expect(!listed.output.contains(text) && listed.output.contains(id))
            try await program.succeed("key", "revoke", id)
            let keys = try #require(
                try await program.succeed("key", "list", "--json").object()["keys"] as? [[String: Any]])
            #expect(keys.count == 1 && keys.first?["revokedAt"] != nil)
            let tooLong = try await program.run("key", "create", "Evig", "--role", "leader", "--days", "400", "--json")
            #expect(tooLong.status == 3)
        }
    }
}
