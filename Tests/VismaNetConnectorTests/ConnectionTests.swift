import FarShore
import Foundation
import Persistence
import Proresult
import Sync
import TestSupport
import Testing
import VismaNet
import VismaNetSandbox

@testable import VismaNetConnector

struct ConnectionTests {
    @Test(arguments: TestDatabaseKind.allCases)
    func activatedCompanyIsConnected(kind: TestDatabaseKind) async throws {
        try await withFirm(kind) { firm, database in
            let connections = try firm.connections(database)
            let never = await #expect(throws: ERPError.self) {
                _ = try await connections.connect(Firm.company, .customers)
            }
            #expect(never?.consequence == .reconnect)
            let name = try await connections.activateService(
                company: Firm.company, tenantID: " \(Firm.tenant) ", by: "kari")
            #expect(name == "Rør og Tak AS (999888777)")
            let connector = try await connections.connect(Firm.company, .customers)
            #expect(try await connector.customers(.everything).rows.count == 3)
            let state = try #require(try await connections.state(of: Firm.company))
            #expect(state.state == .connected)
            #expect(state.kind == .service)
            #expect(state.organisation == name)
            #expect(state.callsPerHour == 15_000)
            #expect(try await database.text("SELECT actor AS value FROM audit WHERE action = 'connected'") == "kari")
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func tokenIsSharedByTheRunsOfAnHour(kind: TestDatabaseKind) async throws {
        try await withFirm(kind) { firm, database in
            _ = try await firm.connections(database).activateService(
                company: Firm.company, tenantID: Firm.tenant, by: "kari")
            let connections = try firm.connections(database)
            for _ in 0..<3 { _ = try await connections.connect(Firm.company, .items) }
            #expect(firm.tokenCalls.count == 1)
            // Once at the activation, once by this process.
            #expect(firm.apiCalls.count == 2)
            firm.clock.advance(by: .seconds(3600))
            _ = try await connections.connect(Firm.company, .items)
            #expect(firm.tokenCalls.count == 2)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func everyRequestIsCounted(kind: TestDatabaseKind) async throws {
        try await withFirm(kind) { firm, database in
            let connections = try firm.connections(database)
            _ = try await connections.activateService(company: Firm.company, tenantID: Firm.tenant, by: "kari")
            firm.clock.advance(by: .seconds(3600))
            let before = firm.sandbox.requests().count
            let connector = try await connections.connect(Firm.company, .customers)
            firm.sandbox.setFaults([FaultRule(.serverErrorBeforeCommit, path: "customer", nth: 1)])
            _ = try await connector.customers(.everything)
            // Token, organisation, the failed read and the good one.
            #expect(await connector.requestsMade() == 4)
            #expect(firm.sandbox.requests().count - before == 4)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func customersTenantIsExplained(kind: TestDatabaseKind) async throws {
        try await withFirm(kind) { firm, database in
            let connections = try firm.connections(database)
            let error = await #expect(throws: ConnectionRefused.self) {
                try await connections.activateService(
                    company: Firm.company, tenantID: Firm.customerTenant, by: "kari")
            }
            #expect(error == .wrongTenant)
            #expect(error?.text.english.contains("tenant id") == true)
            #expect(try await connections.state(of: Firm.company) == nil)
            let unknown = await #expect(throws: ConnectionRefused.self) {
                try await connections.activateService(company: Firm.company, tenantID: "nobody", by: "kari")
            }
            #expect(unknown == .tenantUnknown)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func companyIsNotSwitchedUnseen(kind: TestDatabaseKind) async throws {
        try await withFirm(kind) { firm, database in
            let connections = try firm.connections(database)
            _ = try await connections.activateService(company: Firm.company, tenantID: Firm.tenant, by: "kari")
            let error = await #expect(throws: ConnectionRefused.self) {
                try await connections.activateService(company: Firm.company, tenantID: Firm.otherTenant, by: "kari")
            }
            let known = "Rør og Tak AS (999888777)"
            #expect(error == .otherCompany(known: known, reached: "Helt Annet AS (888777666)"))
            #expect(try await connections.state(of: Firm.company)?.organisation == "Rør og Tak AS (999888777)")
            try await connections.disconnect(company: Firm.company, by: "kari")
            let name = try await connections.activateService(
                company: Firm.company, tenantID: Firm.otherTenant, by: "kari")
            #expect(name == "Helt Annet AS (888777666)")
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func copiedGrantDoesNotOpenForAnotherCompany(kind: TestDatabaseKind) async throws {
        try await withFirm(kind) { firm, database in
            let other = CompanyID("annen")
            try await database.makeCompany(other)
            let connections = try firm.connections(database)
            _ = try await connections.activateService(company: Firm.company, tenantID: Firm.tenant, by: "kari")
            _ = try await connections.activateService(company: other, tenantID: Firm.otherTenant, by: "ola")
            try await database.transactionAcrossCompanies { connection in
                _ = try connection.execute(
                    """
                    UPDATE connection SET grant_sealed =
                        (SELECT victim.grant_sealed FROM connection victim WHERE victim.company_id = \(Firm.company))
                    WHERE company_id = \(other)
                    """)
            }
            let before = firm.sandbox.requests().count
            let error = await #expect(throws: ERPError.self) { _ = try await connections.connect(other, .customers) }
            #expect(error?.consequence == .reconnect)
            #expect(firm.sandbox.requests().count == before)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func otherKeyMeansConnectAgain(kind: TestDatabaseKind) async throws {
        try await withFirm(kind) { firm, database in
            _ = try await firm.connections(database).activateService(
                company: Firm.company, tenantID: Firm.tenant, by: "kari")
            let stranger = try firm.connections(database, masterKey: MasterKey(using: .seeded(99)))
            let error = await #expect(throws: ERPError.self) {
                _ = try await stranger.connect(Firm.company, .customers)
            }
            #expect(error?.consequence == .reconnect)
        }
    }

    @Test func noTokenStandsInTheDatabaseFile() async throws {
        let firm = try Firm()
        try await withDatabaseAddress(.sqlite) { address in
            guard case .sqlite(let path) = address else { return }
            let database = try address.open(clock: firm.clock.clock)
            _ = try await database.migrate(SyncSchema.all)
            try await database.makeCompany(Firm.company)
            let connections = try firm.connections(database)
            _ = try await connections.activateService(company: Firm.company, tenantID: Firm.tenant, by: "kari")
            let signedIn = try await firm.signIn(connections)
            #expect(signedIn == "Rør og Tak AS (999888777)")
            let tokens = firm.transport.exchanges.flatMap { exchange in
                String(decoding: exchange.answer.body, as: UTF8.self).split(separator: "\"").map(String.init)
                    .filter { $0.count > 30 && !$0.contains(" ") && !$0.contains(":") && !$0.contains("/") }
            }
            #expect(tokens.count >= 3)
            for file in [path, path + "-wal"] {
                guard let content = FileManager.default.contents(atPath: file) else { continue }
                #expect(tokens.allSatisfy { content.range(of: Data($0.utf8)) == nil })
            }
            try await database.close()
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func disconnectRevokesAndErases(kind: TestDatabaseKind) async throws {
        try await withFirm(kind) { firm, database in
            let connections = try firm.connections(database)
            _ = try await firm.signIn(connections)
            let running = try await connections.connect(Firm.company, .customers)
            #expect(try await connections.disconnect(company: Firm.company, by: "kari"))
            #expect(firm.sandbox.requests().contains { $0.path == "/connect/revocation" && $0.status == 200 })
            let left = "SELECT coalesce(grant_sealed, previous_grant_sealed) AS value FROM connection"
            #expect(try await database.text(SQL(stringLiteral: left)) == nil)
            #expect(try await connections.state(of: Firm.company)?.state == .disconnected)
            let error = await #expect(throws: ERPError.self) { _ = try await connections.connect(Firm.company, .items) }
            #expect(error?.consequence == .reconnect)
            // The run that was under way has a dead token and cannot get another.
            let late = await #expect(throws: ERPError.self) { _ = try await running.customers(.everything) }
            #expect(late?.consequence == .reconnect)
            #expect(
                try await database.text("SELECT actor AS value FROM audit WHERE action = 'disconnected'") == "kari")
            // Twice is once.
            #expect(try await connections.disconnect(company: Firm.company, by: "ola"))
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func revokedGrantAsksForAPersonOnce(kind: TestDatabaseKind) async throws {
        try await withFirm(kind) { firm, database in
            let connections = try firm.connections(database)
            _ = try await firm.signIn(connections)
            firm.sandbox.setFaults([FaultRule(.grantRevoked, path: "token", nth: 1)])
            firm.clock.advance(by: .seconds(3600))
            for _ in 0..<2 {
                let error = await #expect(throws: ERPError.self) {
                    _ = try await connections.connect(Firm.company, .customers)
                }
                #expect(error?.consequence == .reconnect)
            }
            #expect(try await connections.state(of: Firm.company)?.state == .reconnectRequired)
            let told = "SELECT CAST(count(*) AS TEXT) AS value FROM audit WHERE action = 'reconnectRequired'"
            #expect(try await database.text(SQL(stringLiteral: told)) == "1")
            // A person signs in, and all is well.
            _ = try await firm.signIn(connections)
            _ = try await connections.connect(Firm.company, .customers)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func signInThatMovedToAnotherCompanyIsNoticed(kind: TestDatabaseKind) async throws {
        try await withFirm(kind) { firm, database in
            let connections = try firm.connections(database)
            _ = try await firm.signIn(connections)
            _ = try await connections.connect(Firm.company, .customers)
            firm.sandbox.setFaults([FaultRule(.otherCompany, text: Firm.otherTenant)])
            firm.clock.advance(by: .seconds(3600))
            let error = await #expect(throws: ERPError.self) {
                _ = try await connections.connect(Firm.company, .customers)
            }
            #expect(error?.consequence == .reconnect)
            #expect(error?.message.contains("Helt Annet AS") == true)
            #expect(try await connections.state(of: Firm.company)?.state == .reconnectRequired)
        }
    }
}
