import FarShore
import Foundation
import Logging
import Persistence
import Proresult
import Sync
import TestSupport
import Testing
import Tracing
import VismaNet
import VismaNetSandbox

@testable import VismaNetConnector

/// One contractor, its Visma.net in the sandbox, and a clock that both go by.
struct Firm: Sendable {
    static let company = CompanyID("firma")
    static let tenant = "11111111-2222-4333-8444-555555555555"
    static let otherTenant = "99999999-2222-4333-8444-555555555555"
    static let customerTenant = "00000000-2222-4333-8444-555555555555"
    static let redirectURI = "http://localhost:8080/visma/callback"

    let clock: TestClock
    let sandbox: Sandbox
    let transport: RecordingTransport

    init(_ change: (inout SandboxConfiguration) -> Void = { _ in }, tenants: [CompanyRecords]? = nil) throws {
        let clock = TestClock()
        var configuration = SandboxConfiguration(clients: [
            .init(id: "isv_ferje", secret: "S3cret", redirectURIs: [Self.redirectURI])
        ])
        configuration.customerTenantIDs = [Self.customerTenant]
        change(&configuration)
        var other = CompanyRecords.small(tenantID: Self.otherTenant, name: "Helt Annet AS")
        other.corporateID = "888777666"
        sandbox = try Sandbox(
            configuration, companies: tenants ?? [CompanyRecords.small(tenantID: Self.tenant), other],
            clock: { clock.now.milliseconds }, sleep: { _ in })
        self.clock = clock
        transport = RecordingTransport(SandboxTransport(sandbox: sandbox))
    }

    /// A connector without a database: no gate, and a token of its own.
    func connector(pageSize: Int = 500, transport: (any HTTPTransport)? = nil) throws -> VismaNetConnector {
        let client = try client(transport: transport)
        return VismaNetConnector(
            client: client, reconciling: client, pageSize: pageSize, nonProjectCode: "X", requests: RequestCount(),
            logger: .quiet)
    }

    func client(
        baseURL: String = "http://localhost", transport: (any HTTPTransport)? = nil, retry: RetryPolicy = RetryPolicy()
    ) throws -> VismaNetClient {
        let (clock, transport) = (clock, transport ?? self.transport)
        let origin = try #require(Origin(baseURL))
        let tokens = TokenSource(
            kind: .service(tenantID: Self.tenant, scopes: GrantKind.serviceScopes),
            store: MemoryTokenStore(clock: { clock.now.milliseconds }),
            requests: TokenRequests(
                application: OAuthApplication(clientID: "isv_ferje", clientSecret: Secret("S3cret")), authority: origin,
                transport: transport, userAgent: "test"),
            clock: { clock.now.milliseconds }, sleep: { clock.advance(by: $0) })
        return VismaNetClient(
            configuration: VismaNetConfiguration(apiBaseURL: origin, userAgent: "test", retry: retry),
            transport: transport, tokens: tokens,
            surroundings: .init(
                clock: { clock.now.milliseconds }, sleep: { clock.advance(by: $0) }, random: { 0.5 }))
    }

    func connections(
        _ database: any SQLDatabase, masterKey: MasterKey = MasterKey(using: .seeded(7)), seed: UInt64 = 1,
        sleep: (@Sendable (Duration) async throws -> Void)? = nil, transport: (any HTTPTransport)? = nil,
        logger: Logger = .quiet, clock own: WallClock? = nil, tracer: any Tracer = NoOpTracer()
    ) throws -> VismaNetConnections {
        let clock = clock
        return VismaNetConnections(
            database: database, transport: transport ?? self.transport,
            configuration: try ConnectionConfiguration(
                apiBaseURL: "http://localhost", authority: "http://localhost", clientID: "isv_ferje",
                clientSecret: "S3cret", redirectURI: Self.redirectURI),
            masterKey: masterKey, clock: own ?? clock.clock, randomness: .seeded(seed),
            sleep: sleep ?? { clock.advance(by: $0) }, logger: logger, tracer: tracer)
    }

    /// Calls to the API itself, without those for tokens.
    var apiCalls: [SandboxRequest] { sandbox.requests().filter { !$0.path.hasPrefix("/connect/") } }
    var tokenCalls: [SandboxRequest] { sandbox.requests().filter { $0.path == "/connect/token" } }
}

/// A firm on a database with its company made.
func withFirm(
    _ kind: TestDatabaseKind, _ change: (inout SandboxConfiguration) -> Void = { _ in },
    _ body: (Firm, any SQLDatabase) async throws -> Void
) async throws {
    let firm = try Firm(change)
    try await withDatabase(kind, clock: firm.clock.clock, migrations: SyncSchema.all) { database in
        try await database.makeCompany(Firm.company)
        try await body(firm, database)
    }
}

extension SQLDatabase {
    func makeCompany(_ id: CompanyID) async throws {
        try await transactionAcrossCompanies { connection in
            _ = try Company.create(name: "Rør og Tak \(id)", id: id, at: connection.now(), in: connection)
        }
    }

    /// The first column `value` of a query.
    func text(_ sql: SQL) async throws -> String? {
        try await transactionAcrossCompanies { try $0.first(sql)?.get("value") }
    }

    /// A run under way, as the engine opens it.
    func openRun(_ job: JobName, startedBy: String) async throws {
        try await transaction(company: Firm.company) { transaction in
            _ = try transaction.execute(
                """
                INSERT INTO run (company_id, id, job, started_by, epoch, started_at, outcome)
                VALUES (\(Firm.company), \(startedBy), \(job), \(startedBy), 1, \(transaction.now()), 'running')
                """)
        }
    }
}

extension Logger {
    static var quiet: Logger {
        Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
    }
}

extension ERPPageRequest {
    static let everything = ERPPageRequest(changedSince: nil, number: 1)
}
