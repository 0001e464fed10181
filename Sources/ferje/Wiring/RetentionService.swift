import Logging
import Persistence
import ServiceLifecycle
import Sync

/// Goes through the companies for what is older than its term, each once a night, beside the engine's loops.
struct RetentionService: Service {
    let retention: Retention
    let sleep: @Sendable (Duration) async throws -> Void
    let logger: Logger

    /// How often to look whether a company's night has come.
    static let poll = Duration.seconds(300)

    func run() async throws {
        try? await cancelWhenGracefulShutdown { try await work() }
    }

    private func work() async throws {
        while !Task.isCancelled {
            do {
                while try await retention.runNext() {}
            } catch is CancellationError {
                return
            } catch {
                logger.error("what is older than its term could not be deleted", metadata: ["error": "\(error)"])
            }
            try await sleep(Self.poll)
        }
    }
}

extension Installation {
    func retentionService() async throws -> RetentionService {
        RetentionService(
            retention: try await retention(on: database), sleep: surroundings.sleep, logger: logger)
    }

    /// With the audit trail where the database's role may delete from it.
    func retention(on database: any SQLDatabase) async throws -> Retention {
        Retention(
            database: database, terms: configuration.retention, deletesAudit: try await mayDeleteAudit(database),
            logger: logger)
    }

    func mayDeleteAudit(_ database: any SQLDatabase) async throws -> Bool {
        guard let postgres = database as? PostgresDatabase else { return true }
        return try await postgres.mayDelete(from: "audit")
    }
}
