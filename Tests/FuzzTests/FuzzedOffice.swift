import FarShore
import Foundation
import Hummingbird
import HummingbirdTesting
import Logging
import Persistence
import Proresult
import Sync
import TestSupport
import Testing
import VismaNet
import VismaNetConnector
import VismaNetSandbox

@testable import Web

/// A server with one company, an administrator, a worker, and the sandbox behind it.
struct FuzzedOffice: Sendable {
    static let company = CompanyID("firma")
    static let tenant = "11111111-2222-4333-8444-555555555555"
    static let password = "en lang setning å huske"
    static let origin = "http://localhost:8080"

    let office: Office
    let clock: TestClock
    /// Of a program, as it stands in `Authorization`.
    let key: String

    static func with(
        _ kind: TestDatabaseKind, _ body: @Sendable (FuzzedOffice) async throws -> Void
    ) async throws {
        let clock = TestClock()
        let sandbox = try Sandbox(
            SandboxConfiguration(clients: [.init(id: "isv_ferje", secret: "S3cret", redirectURIs: [])]),
            companies: [CompanyRecords.small(tenantID: tenant)], clock: { clock.now.milliseconds }, sleep: { _ in })
        try await withDatabase(kind, clock: clock.clock, migrations: SyncSchema.all) { database in
            let connections = VismaNetConnections(
                database: database, transport: SandboxTransport(sandbox: sandbox),
                configuration: try ConnectionConfiguration(
                    apiBaseURL: "http://localhost", authority: "http://localhost", clientID: "isv_ferje",
                    clientSecret: "S3cret", redirectURI: origin + "/integrasjoner/visma-net/tilbake"),
                masterKey: MasterKey(using: .seeded(7)), clock: clock.clock, randomness: .seeded(1),
                sleep: { clock.advance(by: $0) }, logger: .quiet)
            let webhooks = WebhookDesk(keys: [Secret("krok")], database: database, logger: .quiet)
            let office = Office(
                database: database, clock: clock.clock, randomness: .seeded(3), logger: .quiet,
                desk: SignInDesk(
                    database: database,
                    passwords: PasswordHashing(memoryKiB: 64, iterations: 1, randomness: .seeded(2)),
                    randomness: .seeded(4)),
                connect: { try await connections.connect($0, $1) }, connection: connections.desk,
                address: WebAddress(origin: origin),
                // A page that follows runs is left after its first look.
                sleep: { _ in throw CancellationError() },
                webhooks: WebhookDoor(header: "X-Signature", receive: webhooks.receive))
            let key = try await office.fill()
            _ = try await connections.activateService(company: company, tenantID: tenant, by: "fuzz")
            let engine = SyncEngine(
                database: database, owner: "fuzz", randomness: .seeded(5), logger: .quiet
            ) { try await connections.connect($0, $1) }
            for job in [JobName.customers, .projects, .items] {
                _ = try await database.transaction(company: company) { try $0.requestRun(of: job, by: "fuzz") }
            }
            while try await engine.tick() != nil {}
            try await body(FuzzedOffice(office: office, clock: clock, key: key))
        }
    }

    /// An administrator who has just signed in, with a page open.
    func signIn(_ client: any TestClientProtocol) async throws -> FuzzBrowser {
        let browser = FuzzBrowser(client: client)
        try await browser.get("/inn")
        let page = try await browser.post(
            "/inn", ["bedrift": Self.company.text, "brukernavn": "sjef", "passord": Self.password])
        guard page.status == .seeOther else { throw SignInFails() }
        try await browser.get("/")
        return browser
    }

    /// The storm of changes has taken the administrator's access away: begin anew.
    struct SignInFails: Error {}
}

extension Office {
    /// A company with its jobs, two people and a key; tells the key.
    fileprivate func fill() async throws -> String {
        let (company, clock) = (FuzzedOffice.company, clock)
        try await database.transactionAcrossCompanies { connection in
            _ = try Company.create(name: "Rør og Tak AS", id: company, at: connection.now(), in: connection)
        }
        let key = try await database.transaction(company: company) { transaction in
            try transaction.createJobs()
            try AppUser.create(
                AppUser(id: AppUserID("sjef"), username: "sjef", name: "Sjefen", role: .administrator), in: transaction)
            try AppUser.create(
                AppUser(id: AppUserID("kari"), username: "kari", name: "Kari Moe", role: .worker), in: transaction)
            let worker = try Worker.create(
                Worker(id: WorkerID("kari"), employeeNumber: "1", username: "kari", name: "Kari Moe"), in: transaction)
            try Worker.link(worker.id, vismaEmployeeNumber: "7", in: transaction)
            if let from = CalendarDate("2026-01-01") {
                try worker.setWage(Decimal(250), validFrom: from, in: transaction)
            }
            return try transaction.makeKey(
                name: "Program", role: .administrator, expiresAt: clock.now + .seconds(300 * 86_400), maker: nil,
                by: Actor(username: "drift", role: .administrator), randomness: .seeded(9)
            ).0
        }
        try await desk.setPassword(
            of: AppUserID("sjef"), in: company, to: FuzzedOffice.password,
            by: Actor(username: "drift", role: .administrator), keeping: nil, at: clock.now)
        return key
    }
}

extension Logger {
    static var quiet: Logger { Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }) }
}
