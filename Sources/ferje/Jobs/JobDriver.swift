import Persistence
import Sync
import Synchronization
import VismaNetConnector

/// Asks for one job and works until its run is over: what `run` and `demo` do.
struct JobDriver: Sendable {
    let installation: Installation
    let connections: VismaNetConnections
    private let engine: SyncEngine
    private let watched: WatchedConnector

    init(_ installation: Installation) throws {
        self.installation = installation
        let watched = WatchedConnector()
        self.watched = watched
        connections = try installation.connections()
        engine = installation.engine(connections, watch: { watched.replace(by: $0) })
    }

    /// How many requests the run that is under way has made.
    func requestsSoFar() async -> Int { await watched.current?.requestsMade() ?? 0 }

    /// On SQLite no other process can hold a lease: what looks busy belongs to the dead.
    func rescue() async throws {
        if DatabasePlace(installation.configuration).isOneProcess { try await engine.rescueAll() }
    }

    /// The run's end, also when another process of the same database took the job: then its row tells.
    func run(_ job: JobName, of company: CompanyID, period: String? = nil, by person: String) async throws -> JobResult
    {
        watched.replace(by: nil)
        let asked = try await installation.database.transaction(company: company) { transaction in
            guard try transaction.requestRun(of: job, by: person, period: period) else {
                throw Failure(.needsPerson, "jobSwitchedOff", .jobSwitchedOff(job))
            }
            return try transaction.now()
        }
        while true {
            try Task.checkCancellation()
            do {
                if let finished = try await engine.tick() {
                    if finished.company == company, finished.job == job { return JobResult(finished) }
                    continue
                }
            } catch is LeaseLost {}
            if let other = try await installation.database.transaction(
                company: company, { try RunRow.finished(job, after: asked, in: $0) })
            {
                return JobResult(other)
            }
            try await installation.surroundings.sleep(.milliseconds(500))
        }
    }
}

/// The connector of the run that is under way, for those who watch it.
private final class WatchedConnector: Sendable {
    private let connector = Mutex<(any ERPConnector)?>(nil)

    var current: (any ERPConnector)? { connector.withLock { $0 } }

    func replace(by newer: (any ERPConnector)?) { connector.withLock { $0 = newer } }
}
