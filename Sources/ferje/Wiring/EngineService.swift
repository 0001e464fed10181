import ServiceLifecycle
import Sync

/// One loop of the engine, as long as the process lives. On SIGTERM it takes no new work and finishes what it has.
struct EngineService: Service {
    let engine: SyncEngine
    let sleep: @Sendable (Duration) async throws -> Void

    /// How often to look when nothing is due.
    static let poll = Duration.seconds(5)

    func run() async throws {
        await engine.work { try await pause() }
    }

    private func pause() async throws {
        try await cancelWhenGracefulShutdown { try await sleep(Self.poll) }
    }
}
