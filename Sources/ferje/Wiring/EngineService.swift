import ServiceLifecycle
import Sync

/// The loops of the engine, as long as the process lives. On SIGTERM none takes new work, and each finishes what it has.
///
/// One service and not one for each: services are stopped one after another, and a loop that has not been told yet would
/// go on taking work.
struct EngineService: Service {
    let engines: [SyncEngine]
    let sleep: @Sendable (Duration) async throws -> Void

    func run() async throws {
        await withTaskGroup(of: Void.self) { group in
            for engine in engines {
                group.addTask { await engine.work { try await pause($0) } }
            }
        }
    }

    private func pause(_ duration: Duration) async throws {
        try await cancelWhenGracefulShutdown { try await sleep(duration) }
    }
}
