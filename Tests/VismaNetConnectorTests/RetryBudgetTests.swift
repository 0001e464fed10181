import Persistence
import Sync
import TestSupport
import Testing
import VismaNetSandbox

@testable import VismaNetConnector

struct RetryBudgetTests {
    private let clock = TestClock()

    private func taken(_ budget: RetryBudget) -> Int {
        var count = 0
        while budget.take(at: clock.now) { count += 1 }
        return count
    }

    @Test func aQuietSystemMayRepeatTenTimesAMinute() {
        let budget = RetryBudget()
        #expect(taken(budget) == 10)
        clock.advance(by: .seconds(59))
        #expect(taken(budget) == 0)
        clock.advance(by: .seconds(1))
        #expect(taken(budget) == 10)
    }

    @Test func aBusyOneRepeatsATenthOfItsCalls() {
        let budget = RetryBudget()
        for _ in 0..<60 {
            for _ in 0..<5 { budget.called(at: clock.now) }
            clock.advance(by: .seconds(1))
        }
        // The first second's five calls are a minute ago.
        #expect(taken(budget) == 29)
        clock.advance(by: .seconds(60))
        #expect(taken(budget) == 10)
    }

    @Test func aClockThatIsSetBackDoesNotHoldThem() {
        let budget = RetryBudget()
        #expect(taken(budget) == 10)
        clock.advance(by: .seconds(-7200))
        #expect(taken(budget) == 10)
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func withoutBudgetAFailureIsHandedOver(kind: TestDatabaseKind) async throws {
        try await withFirm(kind) { firm, database in
            let connections = try firm.connections(database)
            _ = try await connections.activateService(company: Firm.company, tenantID: Firm.tenant, by: "kari")
            let connector = try await connections.connect(Firm.company, .customers)
            firm.sandbox.setFaults([FaultRule(.gatewayError, path: "customer", every: 2)])
            #expect(try await connector.customers(.everything).rows.count == 3)
            for _ in 0..<10 { #expect(try await connector.customers(.everything).rows.count == 3) }
            let sent = firm.apiCalls.count
            let error = await #expect(throws: ERPError.self) { _ = try await connector.customers(.everything) }
            #expect(error?.consequence == .tryLater(after: nil))
            #expect(firm.apiCalls.count == sent + 1)
            firm.clock.advance(by: .seconds(60))
            _ = try await connector.customers(.everything)
            #expect(try await connector.customers(.everything).rows.count == 3)
            #expect(firm.apiCalls.count == sent + 4)
        }
    }
}
