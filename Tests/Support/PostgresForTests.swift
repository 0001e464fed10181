import Foundation
import Persistence
import Synchronization

/// One PostgreSQL server for all tests of this process, started by the first that needs it. A machine without
/// PostgreSQL's programs fails these tests: rules that hold on one database only would go unseen.
enum PostgresForTests {
    private static let server = Task {
        let server = try await ThrowAwayPostgres.start()
        serverToStop.withLock { $0 = server }
        atexit { PostgresForTests.serverToStop.withLock { $0 }?.stop() }
        return server
    }
    private static let serverToStop = Mutex<ThrowAwayPostgres?>(nil)

    /// Lends the address of a fresh database.
    static func withDatabase<Answer>(_ body: (_ url: String) async throws -> Answer) async throws -> Answer {
        let server = try await server.value
        let name = "t_\(UUID().uuidString.replacing("-", with: "").lowercased())"
        let url = try await server.createDatabase(name)
        do {
            let answer = try await body(url)
            try await server.dropDatabase(name)
            return answer
        } catch {
            try? await server.dropDatabase(name)
            throw error
        }
    }
}
