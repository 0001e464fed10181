import FarShore
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import Persistence
import Proresult
import Sync
import TestSupport
import Testing
import Tracing
import VismaNet
import VismaNetConnector
import VismaNetSandbox

@testable import Web

/// The pages over a real database, with a real connector and the sandbox behind it, all in one process, and one user of
/// each role. The password of everybody is `Self.password`.
struct WebBench: Sendable {
    static let company = CompanyID("firma")
    static let otherCompany = CompanyID("annet")
    static let tenant = "11111111-2222-4333-8444-555555555555"
    static let password = "en lang setning å huske"
    static let origin = "http://localhost:8080"

    let clock: TestClock
    let sandbox: Sandbox
    let database: any SQLDatabase
    let connections: VismaNetConnections
    /// All that passed between Ferje and the sandbox.
    let wire: RecordingTransport
    let office: Office
    let client: any TestClientProtocol

    /// A browser that nobody has signed in with yet.
    func browser() -> Browser { Browser(client: client) }

    /// A browser that a user of the role has signed in with. User names are the roles' names; the worker is `kari`.
    func signedIn(_ role: Role, of company: CompanyID = Self.company) async throws -> Browser {
        let browser = browser()
        try await browser.get("/inn")
        let name = role == .worker ? "kari" : role.rawValue
        let page = try await browser.post(
            "/inn", ["bedrift": company.text, "brukernavn": name, "passord": Self.password])
        try #require(page.status == .seeOther, "sign-in as \(name): \(page.html)")
        return browser
    }

    func write<Result: Sendable>(_ body: @Sendable (CompanyTransaction) throws -> Result) async throws -> Result {
        try await database.transaction(company: Self.company, body)
    }

    func read<Result: Sendable>(_ body: @Sendable (CompanyTransaction) throws -> Result) async throws -> Result {
        try await database.read(company: Self.company, body)
    }
}

/// A fresh bench of the kind. `size` nil takes the sandbox's small company.
func withWeb(
    _ kind: TestDatabaseKind = .sqlite, tenants: [CompanyRecords]? = nil, logger: Logger = .quiet,
    tracer: any Tracer = NoOpTracer(),
    _ body: @escaping @Sendable (WebBench) async throws -> Void
) async throws {
    let clock = TestClock()
    let redirect = WebBench.origin + "/integrasjoner/visma-net/tilbake"
    let sandbox = try Sandbox(
        SandboxConfiguration(clients: [.init(id: "isv_ferje", secret: "S3cret", redirectURIs: [redirect])]),
        companies: tenants ?? [CompanyRecords.small(tenantID: WebBench.tenant)],
        clock: { clock.now.milliseconds }, sleep: { _ in })
    try await withDatabase(kind, clock: clock.clock, migrations: SyncSchema.all) { database in
        let wire = RecordingTransport(SandboxTransport(sandbox: sandbox))
        // What the pages and the connector ask goes through here; what a test asks by itself does not.
        let recorded = RecordedDatabase(database)
        let connections = VismaNetConnections(
            database: recorded, transport: wire,
            configuration: try ConnectionConfiguration(
                apiBaseURL: "http://localhost", authority: "http://localhost", clientID: "isv_ferje",
                clientSecret: "S3cret", redirectURI: redirect),
            masterKey: MasterKey(using: .seeded(7)), clock: clock.clock, randomness: .seeded(1),
            sleep: { clock.advance(by: $0) }, logger: logger)
        let passwords = PasswordHashing(memoryKiB: 64, iterations: 1, randomness: .seeded(2))
        let webhooks = WebhookDesk(
            keys: ["ny nøkkel", "gammel nøkkel"].map(Secret.init), database: recorded, logger: .quiet)
        let office = Office(
            database: recorded, clock: clock.clock, randomness: .seeded(3), logger: logger,
            desk: SignInDesk(database: recorded, passwords: passwords, randomness: .seeded(4)),
            connect: { try await connections.connect($0, $1) }, connection: connections.desk,
            address: WebAddress(origin: WebBench.origin), sleep: { clock.advance(by: $0) },
            webhooks: WebhookDoor(header: "X-Signature", receive: webhooks.receive), tracer: tracer)
        for company in [WebBench.company, WebBench.otherCompany] {
            try await database.makeCompany(company, desk: office.desk)
        }
        let application = Application(router: office.router(), logger: .quiet)
        try await application.test(.router) { client in
            try await body(
                WebBench(
                    clock: clock, sandbox: sandbox, database: database, connections: connections, wire: wire,
                    office: office, client: client))
        }
        for reading in try await recorded.unreviewedReadings(kind, migrations: SyncSchema.all) {
            // Which test sends a text first is chance, and PostgreSQL weighs its values: there it is a hint, on SQLite a rule.
            Issue.record("\(reading)", severity: kind == .sqlite ? .error : .warning)
        }
    }
}

extension SQLDatabase {
    /// A company with its jobs, a user of each role, and the worker Kari.
    fileprivate func makeCompany(_ id: CompanyID, desk: SignInDesk) async throws {
        try await transactionAcrossCompanies { connection in
            _ = try Company.create(name: "Rør og Tak \(id)", id: id, at: connection.now(), in: connection)
        }
        try await transaction(company: id) { transaction in
            try transaction.createJobs()
            for role in Role.allCases {
                let username = role == .worker ? "kari" : role.rawValue
                let name = role == .worker ? "Kari Moe" : "Bruker \(role.rawValue)"
                try AppUser.create(
                    AppUser(id: AppUserID("\(id)-\(username)"), username: username, name: name, role: role),
                    in: transaction)
            }
            try Worker.create(
                Worker(id: WorkerID("\(id)-kari"), employeeNumber: "1", username: "kari", name: "Kari Moe"),
                in: transaction)
        }
        let operating = Actor(username: "drift", role: .administrator)
        for user in try await read(company: id, { try AppUser.all(in: $0) }) {
            try await desk.setPassword(
                of: user.id, in: id, to: WebBench.password, by: operating, keeping: nil, at: .testStart)
        }
    }
}

extension Logger {
    static var quiet: Logger { Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }) }
}
