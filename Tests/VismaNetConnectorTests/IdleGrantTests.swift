import Persistence
import Sync
import TestSupport
import Testing
import VismaNet
import VismaNetSandbox

@testable import VismaNetConnector

/// A company that does nothing for weeks is still connected when it wants something.
struct IdleGrantTests {
    private static let day = Duration.seconds(86_400)

    @Test(arguments: TestDatabaseKind.allCases)
    func anIdleSignInOutlivesItsRefreshToken(kind: TestDatabaseKind) async throws {
        try await withFirm(kind, { $0.refreshTokenSeconds = 2 * 86_400 }) { firm, database in
            let connections = try firm.connections(database)
            _ = try await firm.signIn(connections)
            await connections.keepGrantsAlive()
            let before = firm.tokenCalls.count
            for days in 1...7 {
                firm.clock.advance(by: Self.day)
                for _ in 0..<3 { await connections.keepGrantsAlive() }
                #expect(firm.tokenCalls.count == before + days, "once a day")
            }
            _ = try await connections.connect(Firm.company, .customers)
            #expect(try await connections.state(of: Firm.company)?.state == .connected)
        }
    }

    /// Both homes hold the grant; renewed from both it would die.
    @Test(arguments: TestDatabaseKind.allCases)
    func aCompanyThatHasMovedRenewsNothingFromItsOldHome(kind: TestDatabaseKind) async throws {
        try await withFirm(kind) { firm, database in
            let connections = try firm.connections(database)
            _ = try await firm.signIn(connections)
            firm.clock.advance(by: Self.day)
            _ = try await database.transaction(company: Firm.company) { transaction in
                try transaction.execute("UPDATE company SET state = 'moved', state_because = 'to PostgreSQL'")
            }
            let before = firm.tokenCalls.count
            await connections.keepGrantsAlive()
            #expect(firm.tokenCalls.count == before)
            _ = try await database.transaction(company: Firm.company) { transaction in
                try transaction.execute("UPDATE company SET state = 'paused'")
            }
            await connections.keepGrantsAlive()
            #expect(firm.tokenCalls.count == before + 1, "a paused one stays connected")
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func aDeadGrantAsksForAPersonOnce(kind: TestDatabaseKind) async throws {
        try await withFirm(kind, { $0.refreshTokenSeconds = 3600 }) { firm, database in
            let connections = try firm.connections(database)
            _ = try await firm.signIn(connections)
            firm.clock.advance(by: Self.day)
            for _ in 0..<3 {
                await connections.keepGrantsAlive()
                firm.clock.advance(by: Self.day)
            }
            #expect(try await connections.state(of: Firm.company)?.state == .reconnectRequired)
            let told = try await database.text(
                "SELECT CAST(count(*) AS TEXT) AS value FROM audit WHERE action = 'reconnectRequired'")
            #expect(told == "1")
            let error = await #expect(throws: ERPError.self) {
                _ = try await connections.connect(Firm.company, .customers)
            }
            #expect(error?.consequence == .reconnect)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func aTroubleThatPassesIsTriedAgainSoon(kind: TestDatabaseKind) async throws {
        try await withFirm(kind) { firm, database in
            let connections = try firm.connections(database)
            _ = try await firm.signIn(connections)
            firm.clock.advance(by: Self.day)
            firm.sandbox.setFaults([FaultRule(.tooManyTokenRequests, nth: 1, seconds: 45)])
            let before = firm.tokenCalls.count
            await connections.keepGrantsAlive()
            await connections.keepGrantsAlive()
            #expect(firm.tokenCalls.count == before + 1)
            firm.clock.advance(by: .seconds(601))
            await connections.keepGrantsAlive()
            #expect(firm.tokenCalls.count == before + 2)
            #expect(try await connections.state(of: Firm.company)?.state == .connected)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func oneOfManyProcessesRenewsIt(kind: TestDatabaseKind) async throws {
        try await withFirm(kind) { firm, database in
            let nodes = try (1...4).map { try firm.connections(database, seed: $0) }
            _ = try await firm.signIn(nodes[0])
            firm.clock.advance(by: Self.day)
            let before = firm.tokenCalls.count
            await withTaskGroup(of: Void.self) { group in
                for node in nodes { group.addTask { await node.keepGrantsAlive() } }
            }
            #expect(firm.tokenCalls.count == before + 1)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func aServiceConnectionNeedsNone(kind: TestDatabaseKind) async throws {
        try await withFirm(kind) { firm, database in
            let connections = try firm.connections(database)
            _ = try await connections.activateService(company: Firm.company, tenantID: Firm.tenant, by: "kari")
            firm.clock.advance(by: Self.day)
            await connections.keepGrantsAlive()
            #expect(firm.tokenCalls.count == 1)
        }
    }
}
