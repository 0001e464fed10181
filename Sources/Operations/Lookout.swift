import Logging
import Persistence
import Sync
import Synchronization

/// Looks at the database every few seconds and remembers what it saw. Probes and Prometheus are answered from that, so
/// that nobody from outside makes the database work, and a database that hangs does not hang the answer.
public final class Lookout: Sendable {
    /// Between two looks.
    public static let pause = Duration.seconds(10)
    /// What was seen longer ago says nothing about now.
    static let fresh = Duration.seconds(35)

    private struct State {
        var seenAt: Timestamp?
        var figures = InstallationFigures()
        var schemaVersion = 0
        var isStopping = false
        var isFailing = false
    }

    private let state = Mutex(State())
    private let database: any SQLDatabase
    private let clock: WallClock
    private let logger: Logger

    public init(database: any SQLDatabase, clock: WallClock, logger: Logger) {
        self.database = database
        self.clock = clock
        self.logger = logger
    }

    public func look() async {
        do {
            let (figures, version) = try await database.readAcrossCompanies { connection in
                let version = try connection.first("SELECT max(number) AS number FROM schema_migration")
                return (try InstallationFigures.read(in: connection), try version?.get("number") ?? 0)
            }
            let now = clock.now
            state.withLock { state in
                (state.seenAt, state.figures, state.schemaVersion, state.isFailing) = (now, figures, version, false)
            }
        } catch {
            let isNews = state.withLock { state in
                defer { state.isFailing = true }
                return !state.isFailing
            }
            // Once, not every ten seconds.
            if isNews { logger.error("the database could not be looked at", metadata: ["error": "\(error)"]) }
        }
    }

    /// The process takes no more work from now on.
    public func stop() { state.withLock { $0.isStopping = true } }

    enum Standing: String, Sendable {
        case ready, stopping
        case databaseUnreachable = "database unreachable"
    }

    var standing: Standing {
        let now = clock.now
        return state.withLock { state in
            if state.isStopping { return .stopping }
            return Self.isFresh(state, now) ? .ready : .databaseUnreachable
        }
    }

    /// Gauges from the rows; none when they were seen too long ago, for an old figure would pass for a true one.
    func samples() -> [String: [Sample]] {
        let now = clock.now
        return state.withLock { state in
            let isUp = Self.isFresh(state, now)
            var samples = ["ferje_database_up": [Sample(value: isUp ? 1 : 0)]]
            guard isUp else { return samples }
            samples["ferje_schema_version"] = [Sample(value: Double(state.schemaVersion))]
            return samples.merging(state.figures.samples) { $1 }
        }
    }

    private static func isFresh(_ state: State, _ now: Timestamp) -> Bool {
        guard let seenAt = state.seenAt, !state.isFailing else { return false }
        // A clock that was put back makes nothing old.
        return now - seenAt <= fresh
    }
}
