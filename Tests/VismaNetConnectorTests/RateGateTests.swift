import Persistence
import Sync
import TestSupport
import Testing
import VismaNetSandbox

@testable import VismaNetConnector

struct RateGateTests {
    private func connected(_ firm: Firm, _ database: any SQLDatabase) async throws -> VismaNetConnections {
        let connections = try firm.connections(database)
        _ = try await connections.activateService(company: Firm.company, tenantID: Firm.tenant, by: "kari")
        return connections
    }

    private func read(_ connector: any ERPConnector) async -> ERPError? {
        do {
            _ = try await connector.customers(.everything)
            return nil
        } catch {
            return error as? ERPError
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func closedGateHoldsEveryNode(kind: TestDatabaseKind) async throws {
        try await withFirm(kind) { firm, database in
            let connections = try await connected(firm, database)
            let nodes = [
                try await connections.connect(Firm.company, .customers),
                try await firm.connections(database, seed: 3).connect(Firm.company, .items),
            ]
            firm.sandbox.setFaults([FaultRule(.tooManyRequests, path: "customer", remaining: 1, seconds: 90)])
            #expect(await read(nodes[0])?.consequence == .tryLater(after: .seconds(90)))
            let sent = firm.sandbox.requests().count
            firm.clock.advance(by: .seconds(30))
            for node in nodes { #expect(await read(node)?.consequence == .tryLater(after: .seconds(60))) }
            #expect(try await connections.state(of: Firm.company)?.heldUntil != nil)
            #expect(firm.sandbox.requests().count == sent)
            firm.clock.advance(by: .seconds(60))
            for node in nodes { #expect(await read(node) == nil) }
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func scheduledRunsKeepToTheirShareAndLeaveTheRestToPeople(kind: TestDatabaseKind) async throws {
        try await withFirm(kind, { $0.hourlyQuota = 20 }) { firm, database in
            let connections = try await connected(firm, database)
            try await database.openRun(.customers, startedBy: "schedule")
            try await database.openRun(.items, startedBy: "kari")
            let scheduled = try await connections.connect(Firm.company, .customers)
            let person = try await connections.connect(Firm.company, .items)
            // The activation and one look at the organisation; then the ten of the imports.
            while await read(scheduled) == nil {}
            #expect(firm.apiCalls.count == 12)
            #expect(await read(scheduled)?.consequence == .tryLater(after: .seconds(1800)))
            #expect(await read(person) == nil)
            firm.clock.advance(by: .seconds(1800))
            while await read(scheduled) == nil {}
            #expect(firm.apiCalls.count == 17)
            #expect(await read(scheduled)?.consequence == .tryLater(after: .seconds(1800)))
            for left in [2, 1, 0] {
                #expect(await read(person) == nil)
                #expect(try await connections.state(of: Firm.company)?.callsLeft == left)
            }
            #expect(await read(person)?.consequence == .tryLater(after: .seconds(1800)))
            #expect(firm.apiCalls.count == 20)
            #expect(!firm.sandbox.requests().contains { $0.status == 429 })
            firm.clock.advance(by: .seconds(1800))
            #expect(await read(scheduled) == nil)
        }
    }

    /// What looks for documents in doubt has calls of its own when the exports' are used up.
    @Test(arguments: TestDatabaseKind.allCases)
    func reconcilingHasAShareOfItsOwn(kind: TestDatabaseKind) async throws {
        try await withFirm(kind, { $0.hourlyQuota = 20 }) { firm, database in
            let connections = try await connected(firm, database)
            try await database.openRun(.hours, startedBy: "schedule")
            let connector = try await connections.connect(Firm.company, .hours)
            for _ in 0..<6 { #expect(try await connector.document(number: "NONE") == nil) }
            await #expect(throws: ERPError.self) { _ = try await connector.document(number: "NONE") }
            let day = try #require(CalendarDate("2026-03-01"))
            #expect(try await connector.documents(project: "P-1", period: "202603", createdFrom: day).isEmpty)
            #expect(try await database.text("SELECT CAST(upkeep_calls AS TEXT) AS value FROM erp_gate") == "2")
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func absurdWaitsAreBounded(kind: TestDatabaseKind) async throws {
        try await withFirm(kind) { firm, database in
            let connector = try await connected(firm, database).connect(Firm.company, .customers)
            firm.sandbox.setFaults([FaultRule(.tooManyRequests, variant: "absurd", path: "customer", remaining: 1)])
            #expect(await read(connector)?.consequence == .tryLater(after: .seconds(3600)))
            #expect(await read(connector)?.consequence == .tryLater(after: .seconds(3600)))
            firm.clock.advance(by: .seconds(3600))
            #expect(await read(connector) == nil)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func fiveFailuresOpenTheBreakerAndOneReadProbes(kind: TestDatabaseKind) async throws {
        try await withFirm(kind) { firm, database in
            let connections = try await connected(firm, database)
            let connector = try await connections.connect(Firm.company, .customers)
            firm.sandbox.setFaults([FaultRule(.gatewayError, path: "customer")])
            let before = firm.sandbox.requests().count
            for _ in 0..<4 { #expect(await read(connector) != nil) }
            #expect(firm.sandbox.requests().count - before == 5)
            // One probe at a time, each followed by twice the pause.
            for pause in [30, 60, 120, 240, 480, 600, 600] {
                let sent = firm.sandbox.requests().count
                // Short of the end by more than the gate would wait for, and the jitter of the read before.
                firm.clock.advance(by: .seconds(pause - 5))
                #expect(await read(connector) != nil)
                #expect(firm.sandbox.requests().count == sent)
                firm.clock.advance(by: .seconds(5))
                #expect(await read(connector) != nil)
                #expect(firm.sandbox.requests().count == sent + 1)
            }
            firm.sandbox.setFaults([])
            firm.clock.advance(by: .seconds(600))
            #expect(await read(connector) == nil)
            #expect(await read(connector) == nil)
            #expect(try await connections.state(of: Firm.company)?.heldUntil == nil)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func whileBrokenNothingIsWrittenBeforeARead(kind: TestDatabaseKind) async throws {
        try await withFirm(kind) { firm, database in
            let connections = try await connected(firm, database)
            let connector = try await connections.connect(Firm.company, .hours)
            firm.sandbox.setFaults([FaultRule(.gatewayError, path: "customer")])
            for _ in 0..<3 { _ = await read(connector) }
            firm.clock.advance(by: .seconds(31))
            let document = ProjectTransaction(description: "", project: "P-1", period: "202603", lines: [])
            guard case .notSent(let error) = await connector.post(document, .plain) else {
                Issue.record("it was sent")
                return
            }
            #expect(error.consequence == .tryLater(after: .seconds(30)))
            #expect(!firm.apiCalls.contains { $0.method == "POST" })
            firm.sandbox.setFaults([])
            #expect(await read(connector) == nil)
            guard case .refused = await connector.post(document, .plain) else {
                Issue.record("it was not sent")
                return
            }
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func refusalsAnd429AreNoFailures(kind: TestDatabaseKind) async throws {
        try await withFirm(kind) { firm, database in
            let connector = try await connected(firm, database).connect(Firm.company, .customers)
            for _ in 0..<6 {
                #expect(try await connector.document(number: "NONE") == nil)
                let document = ProjectTransaction(description: "", project: "P-9", period: "202603", lines: [])
                guard case .refused = await connector.post(document, .plain) else {
                    Issue.record("not refused")
                    return
                }
            }
            firm.sandbox.setFaults([FaultRule(.tooManyRequests, path: "customer", remaining: 3, seconds: 4)])
            for _ in 0..<4 { _ = await read(connector) }
            firm.clock.advance(by: .seconds(4))
            #expect(await read(connector) == nil)
            #expect(try await database.text("SELECT CAST(failures AS TEXT) AS value FROM erp_gate") == "0")
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func gateIsNotWrittenOnEveryCall(kind: TestDatabaseKind) async throws {
        try await withFirm(kind) { firm, database in
            let connector = try await connected(firm, database).connect(Firm.company, .customers)
            let remaining: SQL = "SELECT CAST(rate_remaining AS TEXT) AS value FROM erp_gate"
            let first = try await database.text(remaining)
            for _ in 0..<15 { #expect(await read(connector) == nil) }
            #expect(try await database.text(remaining) == first)
            for _ in 0..<10 { #expect(await read(connector) == nil) }
            #expect(try await database.text(remaining) != first)
        }
    }
}
