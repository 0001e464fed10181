import Foundation
import Sync
import Testing
import VismaNetSandbox

@testable import VismaNetConnector

struct DeltaTests {
    @Test func onlyWhatChangedComesBack() async throws {
        let firm = try Firm()
        let connector = try firm.connector()
        let all = try await connector.customers(.everything)
        let watermark = try #require(all.rows.compactMap(\.modifiedAt).max())
        var customer = try #require(firm.sandbox.records(Firm.tenant)?.customers.last)
        customer.name = "Kunde med nytt navn AS"
        firm.sandbox.upsert(customer, in: Firm.tenant)

        let changed = try await connector.customers(.init(changedSince: watermark, number: 1))
        let newest = try #require(changed.rows.compactMap(\.modifiedAt).max())
        #expect(newest > watermark)
        // `>=`: the rows that gave the watermark come again.
        #expect(changed.rows.count == 3)
        let later = try await connector.customers(.init(changedSince: newest, number: 1))
        #expect(later.rows.map(\.name) == ["Kunde med nytt navn AS"])
    }

    @Test func unchangedDeltaIsOneRequestPerList() async throws {
        let firm = try Firm()
        let connector = try firm.connector()
        _ = try await connector.organisation()
        let before = firm.apiCalls.count
        let request = ERPPageRequest(changedSince: ERPTime("2026-03-01T00:00:00.0000000"), number: 1)
        #expect(try await connector.customers(request).isLast)
        #expect(try await connector.projects(request).isLast)
        #expect(try await connector.tasks(request).isLast)
        #expect(try await connector.items(request).isLast)
        let calls = firm.apiCalls.dropFirst(before)
        #expect(calls.count == 4)
        #expect(calls.allSatisfy { $0.query.contains("lastModifiedDateTimeCondition=%3E%3D") })
    }

    @Test func pagesEndByTheSizeThatTheERPReallyUses() async throws {
        let firm = try Firm { $0.heavyPageSize = 2 }
        let connector = try firm.connector()
        let first = try await connector.customers(.everything)
        #expect(first.rows.count == 2)
        #expect(!first.isLast)
        #expect(try await connector.customers(.init(changedSince: nil, number: 2)).isLast)
        // Tasks tell no page size, so only an empty page is the end.
        #expect(try await !connector.tasks(.everything).isLast)
        #expect(try await connector.tasks(.init(changedSince: nil, number: 2)).isLast)
    }

    @Test func aTimeThatIsNoneIsOurMistake() async throws {
        let connector = try Firm().connector()
        let error = await #expect(throws: ERPError.self) {
            try await connector.items(.init(changedSince: ERPTime("yesterday"), number: 1))
        }
        #expect(error?.consequence == .bug)
    }
}
