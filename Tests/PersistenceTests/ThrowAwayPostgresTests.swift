import Foundation
import Persistence
import Testing
import TestSupport

@Suite struct ThrowAwayPostgresTests {
    @Test func theServerGoesAwayWithItsFolder() async throws {
        // A socket's path is short, so that this folder is not the usual one for tests.
        let folder = URL(fileURLWithPath: "/tmp/ferje-\(UUID().uuidString.prefix(8))")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }

        let server = try await ThrowAwayPostgres.start(folder: folder)
        let database = try PostgresDatabase(url: server.url, poolSize: 1)
        let row = try await database.transactionAcrossCompanies { try $0.first("SELECT 'here' AS word") }
        #expect(try row?.get("word") == "here")
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).count == 1)

        server.stop()
        server.stop()
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
        await #expect {
            try await database.transactionAcrossCompanies { try $0.query("SELECT 1").count }
        } throws: { error in
            guard case SQLError.connectionLost = error else { return false }
            return true
        }
        try await database.close()
    }

    @Test func whyItDidNotStartIsTold() async {
        await #expect {
            try await ThrowAwayPostgres.start(folder: URL(fileURLWithPath: "/nowhere"))
        } throws: { error in
            guard case SQLError.storage(let why) = error else { return false }
            return why.contains("PostgreSQL did not start") && why.contains("/nowhere")
        }
    }
}
