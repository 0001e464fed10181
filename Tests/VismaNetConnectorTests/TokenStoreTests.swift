import Persistence
import Sync
import TestSupport
import Testing
import VismaNet
import VismaNetSandbox

@testable import VismaNetConnector

struct TokenStoreTests {
    private func store(_ database: any SQLDatabase, seed: UInt64 = 1) -> DatabaseTokenStore {
        DatabaseTokenStore(
            database: database, company: Firm.company,
            seal: GrantSeal(company: Firm.company, masterKey: MasterKey(using: .seeded(7)), randomness: .seeded(seed)))
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func twentyCallersOnTwoNodesRefreshOnce(kind: TestDatabaseKind) async throws {
        try await withFirm(kind) { firm, database in
            // Others wait for the holder of the lease in real time.
            let nodes = try [UInt64(1), 2].map { seed in
                try firm.connections(database, seed: seed, sleep: { _ in try await Task.sleep(for: .milliseconds(50)) })
            }
            _ = try await firm.signIn(nodes[0])
            firm.clock.advance(by: .seconds(3600))
            let before = firm.tokenCalls.count
            let lines = nodes.enumerated().map { index, node in
                node.line(
                    Firm.company, .interactive, store: store(database, seed: UInt64(index)), lane: .manual)
            }
            let tokens = try await withThrowingTaskGroup(of: AccessToken.self) { group in
                for caller in 0..<20 {
                    let line = lines[caller % 2]
                    group.addTask { try await line.tokens.token() }
                }
                return try await group.reduce(into: [AccessToken]()) { $0.append($1) }
            }
            #expect(tokens.count == 20)
            #expect(Set(tokens.map(\.secret.revealed)).count == 1)
            #expect(firm.tokenCalls.count - before == 1)
        }
    }

    /// Every worker has a token source of its own, as every run has; on PostgreSQL every node its own connections too. The
    /// refresh tokens are used up by their first use, so that a second call would end the grant.
    @Test(arguments: zip(TestDatabaseKind.allCases, [1, 4]))
    func sixtyFourWorkersRefreshOncePerExpiry(kind: TestDatabaseKind, nodes: Int) async throws {
        let firm = try Firm { $0.refreshTokens = .oneTime(graceSeconds: 0) }
        try await withDatabaseAddress(kind, migrations: SyncSchema.all) { address in
            let databases = try (0..<nodes).map { _ in try address.open(clock: firm.clock.clock) }
            try await databases[0].makeCompany(Firm.company)
            // Others wait for the holder of the lease in real time.
            let connections = try databases.enumerated().map { index, database in
                try firm.connections(
                    database, seed: UInt64(index + 1), sleep: { _ in try await Task.sleep(for: .milliseconds(100)) })
            }
            _ = try await firm.signIn(connections[0])
            let workers = (0..<64).map { number in
                connections[number % nodes].line(
                    Firm.company, .interactive,
                    store: store(databases[number % nodes], seed: UInt64(number + 100)), lane: .manual)
            }
            var before = firm.tokenCalls.count
            for expiry in 1...5 {
                firm.clock.advance(by: .seconds(3600))
                let tokens = try await withThrowingTaskGroup(of: AccessToken.self) { group in
                    for worker in workers { group.addTask { try await worker.tokens.token() } }
                    return try await group.reduce(into: [AccessToken]()) { $0.append($1) }
                }
                #expect(tokens.count == 64)
                #expect(Set(tokens.map(\.secret.revealed)).count == 1, "expiry \(expiry)")
                #expect(firm.tokenCalls.count - before == 1, "expiry \(expiry)")
                before = firm.tokenCalls.count
            }
            #expect(try await connections[0].state(of: Firm.company)?.state == .connected)
            for database in databases { try await database.close() }
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func leaseHasOneHolderUntilItRunsOut(kind: TestDatabaseKind) async throws {
        try await withFirm(kind) { firm, database in
            _ = try await firm.connections(database).activateService(
                company: Firm.company, tenantID: Firm.tenant, by: "kari")
            let store = store(database)
            let first = try #require(try await store.leaseRefresh(for: .seconds(60)))
            #expect(try await store.leaseRefresh(for: .seconds(60)) == nil)
            firm.clock.advance(by: .seconds(60))
            let second = try #require(try await store.leaseRefresh(for: .seconds(60)))
            // The one who lost it cannot give it away.
            try await store.release(first)
            #expect(try await store.leaseRefresh(for: .seconds(60)) == nil)
            try await store.release(second)
            #expect(try await store.leaseRefresh(for: .seconds(60)) != nil)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func grantIsCommittedOverItsOwnVersionOnly(kind: TestDatabaseKind) async throws {
        try await withFirm(kind) { firm, database in
            _ = try await firm.connections(database).activateService(
                company: Firm.company, tenantID: Firm.tenant, by: "kari")
            let store = store(database)
            var grant = try #require(try await store.load())
            grant.refreshToken = Secret("new")
            grant.previousRefreshToken = Secret("old")
            grant.refreshStarted = 17
            let stored = try #require(try await store.commit(grant, ifVersion: grant.version))
            #expect(stored.version == grant.version + 1)
            #expect(try await store.load() == stored)
            #expect(try await store.commit(grant, ifVersion: grant.version) == nil)
            #expect(try await store.load() == stored)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func noRefreshBringsADisconnectedGrantBack(kind: TestDatabaseKind) async throws {
        try await withFirm(kind) { firm, database in
            let connections = try firm.connections(database)
            _ = try await connections.activateService(company: Firm.company, tenantID: Firm.tenant, by: "kari")
            let store = store(database)
            let grant = try #require(try await store.load())
            try await connections.disconnect(company: Firm.company, by: "kari")
            let found = try #require(try await store.load())
            #expect(found.reconnectReason != nil)
            #expect(try await store.leaseRefresh(for: .seconds(60)) == nil)
            #expect(try await store.commit(grant, ifVersion: found.version) == nil)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func lostRefreshAnswerIsMendedWithThePreviousToken(kind: TestDatabaseKind) async throws {
        // One-time tokens with a grace period, as the Developer Portal allows.
        try await withFirm(kind, { $0.refreshTokens = .oneTime(graceSeconds: 60) }) { firm, database in
            let connections = try firm.connections(database)
            _ = try await firm.signIn(connections)
            firm.clock.advance(by: .seconds(3600))
            firm.sandbox.setFaults([FaultRule(.refreshAnswerLost, nth: 1)])
            let error = await #expect(throws: ERPError.self) {
                _ = try await connections.connect(Firm.company, .customers)
            }
            #expect(error?.consequence == .tryLater(after: nil))
            #expect(try await store(database).load()?.refreshStarted != nil)
            _ = try await connections.connect(Firm.company, .customers)
            #expect(try await connections.state(of: Firm.company)?.state == .connected)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func limitedTokenEndpointKeepsTheGrant(kind: TestDatabaseKind) async throws {
        try await withFirm(kind) { firm, database in
            let connections = try firm.connections(database)
            _ = try await firm.signIn(connections)
            firm.clock.advance(by: .seconds(3600))
            firm.sandbox.setFaults([FaultRule(.tooManyTokenRequests, nth: 1, seconds: 45)])
            let error = await #expect(throws: ERPError.self) {
                _ = try await connections.connect(Firm.company, .customers)
            }
            #expect(error?.consequence == .tryLater(after: .seconds(45)))
            _ = try await connections.connect(Firm.company, .customers)
        }
    }
}
