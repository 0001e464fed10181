import Logging
import Persistence
import ServiceLifecycle
import Sync
import VismaNetConnector

/// Makes the set-up checks that people have asked for, one after another, beside the engine's loops: a check reads long
/// lists and must not keep a job waiting.
struct SetUpService: Service {
    let check: SetUpCheck
    let database: any SQLDatabase
    let sleep: @Sendable (Duration) async throws -> Void
    let logger: Logger
    /// In the only process on its database a check under way belongs to the dead.
    let isAlone: Bool

    func run() async throws {
        try? await cancelWhenGracefulShutdown { try await work() }
    }

    private func work() async throws {
        let hints = await database.hints()
        var takesOver = isAlone
        while !Task.isCancelled {
            let heard = hints.count
            do {
                defer { takesOver = false }
                if try await check.runNext(takingOver: takesOver) { continue }
            } catch is CancellationError {
                return
            } catch {
                logger.error("a set-up check could not be made", metadata: ["error": "\(error)"])
            }
            try await hints.wait(since: heard, orFor: { try await sleep(SyncEngine.longestPause) })
        }
    }
}

extension Installation {
    func setUpService(_ connections: VismaNetConnections?) -> SetUpService {
        SetUpService(
            check: SetUpCheck(
                database: database, randomness: surroundings.randomness,
                connect: { try await Self.demand(connections).connect($0, $1) }),
            database: database, sleep: surroundings.sleep, logger: logger,
            isAlone: DatabasePlace(configuration).isOneProcess)
    }
}
