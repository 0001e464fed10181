import FarShore
import Persistence
import Sync
import TestSupport
import Testing
import VismaNet
import VismaNetSandbox

@testable import VismaNetConnector

/// A company that was reached is connected by a person's yes, and by nothing else.
struct PendingTests {
    /// Signed in, with the company waiting for a yes.
    private func held(
        _ firm: Firm, _ connections: VismaNetConnections, tenant: String = Firm.tenant
    ) async throws -> PendingConnection {
        let signIn = try await connections.beginSignIn(company: Firm.company, by: "kari")
        let (code, state) = try await firm.answer(to: signIn.url, tenant: tenant)
        try await connections.finishSignIn(
            company: Firm.company, answer: [("code", code), ("state", state)], by: "kari")
        return try #require(try await pending(connections))
    }

    private func pending(_ connections: VismaNetConnections) async throws -> PendingConnection? {
        try await connections.database.read(company: Firm.company) { try PendingConnection.read(in: $0) }
    }

    private func revocations(_ firm: Firm) -> Int {
        firm.sandbox.requests().count { $0.path == "/connect/revocation" && $0.status == 200 }
    }

    private func count(_ table: String, _ database: any SQLDatabase) async throws -> Int {
        try await database.read(company: Firm.company) { transaction in
            try transaction.first("SELECT count(*) AS n FROM \(raw: table)")?.get("n") ?? 0
        }
    }

    private func expectNothingWaits(_ body: () async throws -> Void) async {
        let error = await #expect(throws: ConnectionRefused.self) { try await body() }
        #expect(error == .nothingWaits)
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func nothingIsConnectedBeforeTheYes(kind: TestDatabaseKind) async throws {
        try await withFirm(kind) { firm, database in
            let connections = try firm.connections(database)
            let found = try await held(firm, connections)
            #expect(found.name == "Rør og Tak AS" && found.number == "999888777" && found.person == "kari")
            #expect(try await connections.state(of: Firm.company) == nil)
            await #expect(throws: ERPError.self) { _ = try await connections.connect(Firm.company, .customers) }
            let name = try await connections.confirm(company: Firm.company, id: found.id, by: "kari")
            #expect(name == "Rør og Tak AS (999888777)")
            _ = try await connections.connect(Firm.company, .customers)
            #expect(try await count("connection_pending", database) == 0)
            await expectNothingWaits {
                _ = try await connections.confirm(company: Firm.company, id: found.id, by: "kari")
            }
            let overview = try await database.read(company: Firm.company) { try ConnectionOverview.read(in: $0) }
            #expect(overview.connectedBy == "kari" && overview.pending == nil)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func onlyWhoSignedInSaysYesToWhatWasShown(kind: TestDatabaseKind) async throws {
        try await withFirm(kind) { firm, database in
            let connections = try firm.connections(database)
            let first = try await held(firm, connections)
            await expectNothingWaits {
                _ = try await connections.confirm(company: Firm.company, id: first.id, by: "ola")
            }
            #expect(try await pending(connections) == first)
            let second = try await held(firm, connections, tenant: Firm.otherTenant)
            #expect(revocations(firm) == 1, "the first grant lives no longer")
            await expectNothingWaits {
                _ = try await connections.confirm(company: Firm.company, id: first.id, by: "kari")
            }
            #expect(
                try await connections.confirm(company: Firm.company, id: second.id, by: "kari")
                    == "Helt Annet AS (888777666)")
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func aNoRevokesAndErases(kind: TestDatabaseKind) async throws {
        try await withFirm(kind) { firm, database in
            let connections = try firm.connections(database)
            let found = try await held(firm, connections)
            #expect(try await connections.decline(company: Firm.company, id: found.id, by: "ola"))
            #expect(revocations(firm) == 1)
            #expect(try await count("connection_pending", database) == 0)
            #expect(try await connections.state(of: Firm.company) == nil)
            #expect(
                try await database.text("SELECT actor AS value FROM audit WHERE action = 'companyDeclined'") == "ola")
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func noAnswerInTimeIsANo(kind: TestDatabaseKind) async throws {
        try await withFirm(kind) { firm, database in
            let connections = try firm.connections(database)
            let found = try await held(firm, connections)
            firm.clock.advance(by: VismaNetConnections.patience)
            #expect(try await pending(connections) == nil)
            await expectNothingWaits {
                _ = try await connections.confirm(company: Firm.company, id: found.id, by: "kari")
            }
            await connections.keepGrantsAlive()
            #expect(revocations(firm) == 1)
            #expect(try await count("connection_pending", database) == 0)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func anotherCompanyThanBeforeIsRefusedAndRevoked(kind: TestDatabaseKind) async throws {
        try await withFirm(kind) { firm, database in
            let connections = try firm.connections(database)
            _ = try await firm.signIn(connections)
            let signIn = try await connections.beginSignIn(company: Firm.company, by: "kari")
            let (code, state) = try await firm.answer(to: signIn.url, tenant: Firm.otherTenant)
            let error = await #expect(throws: ConnectionRefused.self) {
                try await connections.finishSignIn(
                    company: Firm.company, answer: [("code", code), ("state", state)], by: "kari")
            }
            #expect(
                error
                    == .otherCompany(known: "Rør og Tak AS (999888777)", reached: "Helt Annet AS (888777666)"))
            #expect(revocations(firm) == 1)
            #expect(try await count("connection_pending", database) == 0)
            // What was connected works on.
            _ = try await connections.connect(Firm.company, .customers)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func aDisconnectionEndsWhatWaitsToo(kind: TestDatabaseKind) async throws {
        try await withFirm(kind) { firm, database in
            let connections = try firm.connections(database)
            _ = try await firm.signIn(connections)
            _ = try await held(firm, connections)
            #expect(try await connections.disconnect(company: Firm.company, by: "kari"))
            #expect(revocations(firm) == 2)
            #expect(try await count("connection_pending", database) == 0)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func aWaitingGrantDoesNotOpenInAnotherPlace(kind: TestDatabaseKind) async throws {
        try await withFirm(kind) { firm, database in
            let connections = try firm.connections(database)
            let found = try await held(firm, connections)
            // Sealed for the connection's row, it opens there alone.
            let sealed = try connections.seal(of: Firm.company).sealed(StoredGrant()).current
            try await database.transaction(company: Firm.company) { transaction in
                _ = try transaction.execute("UPDATE connection_pending SET grant_sealed = \(sealed)")
            }
            await expectNothingWaits {
                _ = try await connections.confirm(company: Firm.company, id: found.id, by: "kari")
            }
            #expect(try await connections.state(of: Firm.company) == nil)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func theAnswerOfTheSignInIsReadStrictly(kind: TestDatabaseKind) async throws {
        try await withFirm(kind) { firm, database in
            let connections = try firm.connections(database)
            let wrong: [(extra: [(name: String, value: String)], ConnectionRefused)] = [
                ([("iss", "https://evil.example"), ("code", "abc")], .notExpected),
                ([("code", "abc"), ("code", "def")], .notExpected), ([], .notExpected),
                ([("error", "access_denied")], .declined), ([("error", "server_error")], .refused("server_error")),
            ]
            for (extra, refusal) in wrong {
                let signIn = try await connections.beginSignIn(company: Firm.company, by: "kari")
                let error = await #expect(throws: ConnectionRefused.self) {
                    try await connections.finishSignIn(
                        company: Firm.company, answer: [(name: "state", value: signIn.state)] + extra, by: "kari")
                }
                #expect(error == refusal)
            }
            #expect(firm.tokenCalls.isEmpty)
        }
    }
}
