import Foundation
import Logging
import Persistence
import Proresult
import ServiceLifecycle
import Sync
import VismaNet
import VismaNetConnector

/// Everything that a command works with, wired together once.
struct Installation: Sendable {
    var configuration: Configuration
    let console: Console
    var surroundings: Surroundings
    let logger: Logger
    let database: any SQLDatabase
    let transport: AsyncHTTPClientTransport
    /// Notes beside the database how much was sent; nil before the database has been migrated.
    var mark: BootMark?

    /// Opens the database with the newest schema, lends everything, and closes it again whatever happens.
    static func withOpen<Answer>(
        _ configuration: Configuration, console: Console, surroundings: Surroundings = .real,
        _ body: (Installation) async throws -> Answer
    ) async throws -> Answer {
        var logger = Logger(label: "ferje")
        logger.logLevel = configuration.logLevel
        let database = try DatabasePlace(configuration).open(clock: surroundings.clock)
        var installation = Installation(
            configuration: configuration, console: console, surroundings: surroundings, logger: logger,
            database: database, transport: AsyncHTTPClientTransport())
        do {
            if let owner = configuration.databaseOwnerURL {
                try await OwnedSchema.prepare(owner: owner, for: database)
            }
            _ = try await database.migrate(SyncSchema.all)
            if let postgres = database as? PostgresDatabase, try await postgres.standsAbovePolicies() {
                logger.warning("the database's role is above the policies that keep companies apart")
            }
            let mark = try await BootMark.check(
                database: database, file: configuration.dataFolder.appending(path: "ferje.mark"),
                randomness: surroundings.randomness)
            if let why = mark.stepBack { logger.error("all exports are shut", metadata: ["why": "\(why)"]) }
            installation.mark = mark
            let answer = try await body(installation)
            try await installation.close()
            return answer
        } catch {
            try? await installation.close()
            throw error
        }
    }

    private func close() async throws {
        try await transport.shutdown()
        try await database.close()
    }

    /// The connections of all companies to the ERP. Make them once for a process: they remember what they have checked.
    func connections() throws -> VismaNetConnections {
        let application = try configuration.demandApplication()
        do {
            var connection = try ConnectionConfiguration(
                apiBaseURL: configuration.apiURL.text, authority: configuration.authority.text,
                clientID: application.clientID, clientSecret: application.clientSecret.revealed,
                redirectURI: configuration.redirectURI)
            connection.writeDeadline = configuration.timings.requestLimit
            return VismaNetConnections(
                database: database, transport: transport, configuration: connection, masterKey: try masterKey(),
                clock: surroundings.clock, randomness: surroundings.randomness, sleep: surroundings.sleep,
                logger: logger)
        } catch let problem as ConnectionConfiguration.Problem {
            throw ConfigurationError(subject: problem.key, "must be \(problem.allowed)")
        } catch let problem as MasterKey.Problem {
            throw ConfigurationError(.masterKeyFile, "\(problem)")
        }
    }

    /// The same where the operator has given Ferje's application at Visma; without, all that needs no Visma works.
    func connectionsIfConfigured() throws -> VismaNetConnections? {
        configuration.application == nil ? nil : try connections()
    }

    /// What a run needs that somebody asked for all the same.
    static func demand(_ connections: VismaNetConnections?) throws -> VismaNetConnections {
        guard let connections else {
            throw ERPError(
                .askPerson,
                "Ferje has no application at Visma: \(ConfigurationKey.clientID.rawValue) and \(ConfigurationKey.clientSecret.rawValue) are not set",
                request: "connect")
        }
        return connections
    }

    /// With SQLite one is made beside the database the first time; with PostgreSQL every process must be given the
    /// same one.
    private func masterKey() throws -> MasterKey {
        let file =
            if let path = configuration.masterKeyFile {
                URL(fileURLWithPath: path)
            } else if configuration.databaseURL == nil { configuration.dataFolder.appending(path: "master.key") } else {
                throw ConfigurationError(.masterKeyFile, "missing, and needed with PostgreSQL")
            }
        return try MasterKey(file: file, randomness: surroundings.randomness)
    }

    /// Pages of one list in hand at once. More would gain nothing here: one is written, one is read, two are on their way.
    private static let pagesAtOnce = 4

    /// One loop of the engine. `watch` sees each connector as it is made.
    func engine(
        _ connections: VismaNetConnections?, number: Int = 1,
        watch: @escaping @Sendable (any ERPConnector) -> Void = { _ in }
    ) -> SyncEngine {
        let (sleep, beat) = (surroundings.sleep, min(.seconds(20), configuration.timings.lease / 3))
        return SyncEngine(
            database: database, owner: "\(ProcessInfo.processInfo.hostName):\(getpid()):\(number)",
            randomness: surroundings.randomness, logger: logger, timings: configuration.timings,
            life: SyncEngine.Life(
                heartbeat: { try await sleep(beat) }, isStopping: { Task.isShuttingDownGracefully },
                upkeep: { await connections?.keepGrantsAlive() }),
            mark: mark, pagesAtOnce: Self.pagesAtOnce,
            connect: { company, job in
                let connector = try await Self.demand(connections).connect(company, job)
                watch(connector)
                return connector
            })
    }

    /// The company that a command is about: by id, code or name, or the only one there is.
    func company(_ wanted: String?) async throws -> Company {
        let all = try await database.transactionAcrossCompanies { try Company.all($0) }
        guard let wanted else {
            guard let only = all.first, all.count == 1 else {
                throw Failure(.needsPerson, "companyUnclear", .companyUnclear(all.map(\.id.text)))
            }
            return only
        }
        guard
            let found = all.first(where: { $0.id.text == wanted }) ?? all.first(where: {
                $0.code == wanted.lowercased()
            })
                ?? all.first(where: { $0.name == wanted })
        else {
            throw Failure(.needsPerson, "unknownCompany", .unknownCompany(wanted, all.map(\.id.text)))
        }
        return found
    }
}
