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
    /// By the texts of the migrations that have been applied to them.
    private static let templates = Mutex<[String: Task<String, any Error>]>([:])

    /// Databases that are in use at the same time. The tests all start at once, and each has some connections of the
    /// server's three hundred; more would not be faster either.
    private static let places = Places(16)

    /// Lends the address of a fresh database with the migrations applied. Not for use within itself.
    static func withDatabase<Answer>(
        migrations: [Migration], _ body: (_ url: String) async throws -> Answer
    ) async throws -> Answer {
        try await places.lend { try await withFreshDatabase(migrations: migrations, body) }
    }

    /// A database that goes with the server.
    static func lastingDatabase(migrations: [Migration]) async throws -> String {
        let template = try await template(migrations).value
        return try await server.value.createDatabase(newName(), template: template)
    }

    private static func withFreshDatabase<Answer>(
        migrations: [Migration], _ body: (_ url: String) async throws -> Answer
    ) async throws -> Answer {
        let server = try await server.value
        let template = migrations.isEmpty ? "template1" : try await self.template(migrations).value
        let name = newName()
        let url = try await server.createDatabase(name, template: template)
        do {
            let answer = try await body(url)
            try await server.dropDatabase(name)
            return answer
        } catch {
            try? await server.dropDatabase(name)
            throw error
        }
    }

    /// Copying a database takes half the time of making its tables again.
    private static func template(_ migrations: [Migration]) -> Task<String, any Error> {
        let key = migrations.map { "\($0.number) \($0.name)\n\($0.statements)" }.joined(separator: "\n")
        return templates.withLock { templates in
            if let known = templates[key] { return known }
            let task = Task {
                let name = newName()
                let url = try await server.value.createDatabase(name)
                let database = try PostgresDatabase(url: url, poolSize: 1, clock: .frozen)
                _ = try await database.migrate(migrations)
                try await database.close()
                return name
            }
            templates[key] = task
            return task
        }
    }

    private static func newName() -> String { "t_\(UUID().uuidString.replacing("-", with: "").lowercased())" }
}
