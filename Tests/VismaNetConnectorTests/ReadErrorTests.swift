import Persistence
import Sync
import TestSupport
import Testing
import VismaNetSandbox

@testable import VismaNetConnector

struct ReadErrorTests {
    @Test(arguments: [
        FaultRule(.resetBeforeCommit, method: "GET"), FaultRule(.serverErrorBeforeCommit, method: "GET"),
        FaultRule(.gatewayError, method: "GET", status: 504), FaultRule(.malformedJSON, method: "GET"),
        FaultRule(.cutBody, method: "GET"),
    ])
    func troubleThatPassesIsTriedLater(fault: FaultRule) async throws {
        let firm = try Firm()
        firm.sandbox.setFaults([fault])
        let connector = try firm.connector()
        let error = await #expect(throws: ERPError.self) { try await connector.customers(.everything) }
        #expect(error?.consequence == .tryLater(after: nil))
        #expect(error?.request == "GET /v1/customer")
    }

    @Test(arguments: [
        FaultRule(.resetBeforeCommit, method: "GET", nth: 1),
        FaultRule(.serverErrorBeforeCommit, method: "GET", nth: 1),
        FaultRule(.malformedJSON, method: "GET", nth: 1), FaultRule(.tokenExpires, method: "GET", nth: 1),
        FaultRule(.tooManyRequests, method: "GET", nth: 1, seconds: 2),
        FaultRule(.tooManyRequests, variant: "date", method: "GET", nth: 1, seconds: 2),
    ])
    func oneAccidentIsSeenByNobody(fault: FaultRule) async throws {
        let firm = try Firm()
        firm.sandbox.setFaults([fault])
        #expect(try await firm.connector().customers(.everything).rows.count == 3)
        #expect(firm.apiCalls.count == 2)
    }

    @Test func absurdWaitIsCutToOneHour() async throws {
        let firm = try Firm()
        firm.sandbox.setFaults([FaultRule(.tooManyRequests, variant: "absurd", method: "GET")])
        let connector = try firm.connector()
        let error = await #expect(throws: ERPError.self) { try await connector.customers(.everything) }
        #expect(error?.consequence == .tryLater(after: .seconds(3600)))
    }

    @Test func withoutARetryAfterTheWindowIsWaitedFor() async throws {
        let firm = try Firm()
        firm.clock.advance(by: .seconds(1800))
        firm.sandbox.setFaults([FaultRule(.tooManyRequests, variant: "none", method: "GET")])
        let connector = try firm.connector()
        let error = await #expect(throws: ERPError.self) { try await connector.customers(.everything) }
        #expect(error?.consequence == .tryLater(after: .seconds(1800)))
    }

    @Test func redirectIsNotFollowed() async throws {
        let firm = try Firm()
        firm.sandbox.setFaults([FaultRule(.redirect, method: "GET", text: "https://elsewhere.example/v1/customer")])
        let connector = try firm.connector()
        let error = await #expect(throws: ERPError.self) { try await connector.customers(.everything) }
        #expect(error?.consequence == .askPerson)
        #expect(firm.apiCalls.count == 1)
    }

    @Test func unknownPeriodIsOurMistake() async throws {
        let firm = try Firm()
        let connector = try firm.connector()
        let day = try #require(CalendarDate("2026-03-01"))
        let error = await #expect(throws: ERPError.self) {
            try await connector.documents(project: "P-1", period: "march", createdFrom: day)
        }
        #expect(error?.consequence == .bug)
    }
}
