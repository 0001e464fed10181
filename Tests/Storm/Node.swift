import Logging
import Persistence
import Sync
import Synchronization
import TestSupport
import VismaNetConnector

/// One process of the product: engine, connector, client and gate over the world's one database. It is thrown away at a
/// crash.
final class Node: Sendable {
    let name: String
    private struct Life {
        var isDead = false
        var isPaused = false
        var company: CompanyID?
        /// What a broken variant has put off.
        var later: [SQL] = []
        var earlyCursor: (resource: String, time: String)?
        /// When it last asked for what stands in the ERP's documents.
        var lookedAt = Timestamp(milliseconds: 0)
        /// It has been given a token that is not on stable storage yet.
        var holdsToken = false
    }
    private let life = Mutex(Life())

    init(_ name: String) { self.name = name }

    var isDead: Bool { life.withLock { $0.isDead } }
    var isPaused: Bool { life.withLock { $0.isPaused } }
    /// Whose job it runs now.
    var company: CompanyID? { life.withLock { $0.company } }

    func works(for company: CompanyID) { life.withLock { $0.company = company } }
    var lookedAt: Timestamp {
        get { life.withLock { $0.lookedAt } }
        set { life.withLock { $0.lookedAt = newValue } }
    }
    var holdsToken: Bool {
        get { life.withLock { $0.holdsToken } }
        set { life.withLock { $0.holdsToken = newValue } }
    }
    func setPaused(_ isPaused: Bool) { life.withLock { $0.isPaused = isPaused } }

    @discardableResult
    func die(at point: CrashPoint) -> Crashed {
        life.withLock { $0.isDead = true }
        return Crashed(point: point)
    }

    func demandAlive() throws(Crashed) {
        if isDead { throw Crashed(point: .anywhere) }
    }

    func putOff(_ sql: SQL) { life.withLock { $0.later.append(sql) } }
    func takeLater() -> [SQL] {
        life.withLock { life in
            defer { life.later = [] }
            return life.later
        }
    }
    func saw(_ resource: String, upTo time: String) { life.withLock { $0.earlyCursor = (resource, time) } }
    func takeEarlyCursor() -> (resource: String, time: String)? {
        life.withLock { life in
            defer { life.earlyCursor = nil }
            return life.earlyCursor
        }
    }
}

/// A node with its engine.
struct Worker: Sendable {
    let node: Node
    let engine: SyncEngine
    let connections: VismaNetConnections

    /// Starts a process: the mark beside the database is compared, as at every start of the product.
    static func start(_ node: Node, in world: World, number: Int) async throws -> Worker {
        let database = StormDatabase(node: node, world: world)
        let seed = world.weather.seed &* 1_000_003 &+ UInt64(number)
        let sleep: @Sendable (Duration) async throws -> Void = { await world.pass($0) }
        var configuration = try Haven.connection()
        configuration.pageSize = world.weather.pageSize
        let connections = VismaNetConnections(
            database: database, transport: StormTransport(node: node, world: world), configuration: configuration,
            masterKey: Haven.masterKey, clock: world.clock.own, randomness: .seeded(seed), sleep: sleep,
            logger: .silent)
        if world.state.withLock({ $0.isUpgraded }) { _ = try await database.migrate(Upgrade.migrations) }
        let mark = try await BootMark.check(
            database: database, file: world.place.mark, randomness: .seeded(seed &+ 77))
        let bite = world.bite
        let engine = SyncEngine(
            database: database, owner: node.name, randomness: .seeded(seed &+ 991), logger: .silent,
            timings: bite?.timings ?? SyncTimings(), mark: mark
        ) { company, job in
            node.works(for: company)
            let connector = try await connections.connect(company, job)
            guard let bite, bite.bendsTheConnector else { return connector }
            return BentConnector(honest: connector, bite: bite, node: node, world: world)
        }
        return Worker(node: node, engine: engine, connections: connections)
    }
}

extension Logger {
    static var silent: Logger { Logger(label: "storm") { _ in SwiftLogNoOpLogHandler() } }
}
