import Foundation
import Logging
import Persistence
import Proresult
import Sync
import VismaNet
import VismaNetConnector

/// One contractor, connected as the product connects it, whose jobs the product's own engine runs.
public struct Firm: Sendable {
    public static let company = CompanyID("c1")
    /// A server of files gives a token to everybody.
    public static let anyTenant = "11111111-2222-4333-8444-555555555555"
    public static let clientID = "isv_ferje"
    public static let clientSecret = "S3cret"

    public struct Failed: Error {
        public var job: JobName
        public var why: String
    }

    private let database: any SQLDatabase
    private let connections: VismaNetConnections
    private let engine: SyncEngine

    /// `authority` gives the tokens. With `mark` each document is noted beside the database before it leaves, as in
    /// `ferje serve`.
    public init(
        _ database: any SQLDatabase, _ transport: any HTTPTransport, api: String, clock: WallClock,
        mark: BootMark? = nil, pagesAtOnce: Int = 4
    ) throws {
        let logger = Logger(label: "bench", factory: { StreamLogHandler.standardError(label: $0) })
        let connections = VismaNetConnections(
            database: database, transport: transport,
            configuration: try ConnectionConfiguration(
                apiBaseURL: api, authority: api, clientID: Self.clientID, clientSecret: Self.clientSecret,
                redirectURI: "http://localhost:8080/visma/callback"),
            // The same key in each process of a bench: the grants of the one before must be readable.
            masterKey: MasterKey(using: Randomness { [UInt8](repeating: 7, count: $0) }), clock: clock,
            // A bench waits as the product does, in real time.
            randomness: .system, sleep: { try await Task.sleep(for: $0) }, logger: logger)
        self.database = database
        self.connections = connections
        engine = SyncEngine(
            database: database, owner: "bench", randomness: .system, logger: logger,
            life: SyncEngine.Life(heartbeat: { try await Task.sleep(for: .seconds(20)) }), mark: mark,
            pagesAtOnce: pagesAtOnce, connect: { try await connections.connect($0, $1) })
    }

    /// Makes and connects the company.
    ///
    /// Project addresses come from the customers: asking for the locations of each customer of a project is one call
    /// each and no page of a list.
    public func setUp(tenant: String) async throws {
        _ = try await database.migrate(SyncSchema.all)
        try await database.transactionAcrossCompanies { connection in
            _ = try Company.create(name: "Fjordbygg", id: Self.company, at: connection.now(), in: connection)
        }
        try await database.transaction(company: Self.company) { transaction in
            try transaction.createJobs()
            try CompanySetting.set(
                SyncSettings.Key.projectAddressSource.rawValue, SyncSettings.AddressSource.delivery.rawValue,
                in: transaction)
        }
        _ = try await connections.activateService(company: Self.company, tenantID: tenant, by: "bench")
    }

    /// Asks for each import as the button does, and runs it to its end.
    public func importAll() async throws -> [FinishedRun] { try await run([.customers, .projects, .items]) }

    /// Asks for each job in turn as the button does, and runs it to its end.
    public func run(_ jobs: [JobName]) async throws -> [FinishedRun] {
        var runs: [FinishedRun] = []
        for job in jobs {
            let isOn = try await database.transaction(company: Self.company) {
                try $0.requestRun(of: job, by: "bench")
            }
            guard isOn, let run = try await engine.tick() else { throw Failed(job: job, why: "was not due") }
            if let error = run.outcome.error { throw Failed(job: job, why: error) }
            runs.append(run)
        }
        return runs
    }
}

extension Randomness {
    /// The system's own chance, eight bytes at a time: each asks the system.
    public static let system = Randomness { count in
        var generator = SystemRandomNumberGenerator()
        var bytes: [UInt8] = []
        while bytes.count < count {
            withUnsafeBytes(of: generator.next()) { bytes.append(contentsOf: $0.prefix(count - bytes.count)) }
        }
        return bytes
    }
}

extension WallClock {
    /// The machine's own time.
    public static let real = WallClock { Timestamp(milliseconds: Int64(Date().timeIntervalSince1970 * 1000)) }
}
