import Foundation
import Persistence
import Proresult
import TestSupport
import Testing

@testable import Sync

/// Where a field comes from, and since when: by what the imports told and what a person wrote.
@Suite struct RecordHistoryTests {
    private static let bookkeeper = Actor(username: "regnskap", role: .bookkeeper)

    private func history(_ bench: ImportBench, ofItem number: String) async throws -> RecordHistory {
        let item = try #require(try await bench.item(number))
        return try await bench.transaction { try RecordHistory.of(item, in: $0) }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func everyFieldTellsWhenTheImportBroughtIt(kind: TestDatabaseKind) async throws {
        try await withImports(kind, { $0.items = [item("R1"), item("R2")] }) { bench in
            let first = bench.clock.now
            try await bench.run(.items)
            bench.clock.advance(by: .seconds(3600))
            bench.erp.change { $0.items = [item("R1", "Nytt navn", minute: 5), item("R2")] }
            let second = bench.clock.now
            try await bench.run(.items)
            let history = try await history(bench, ofItem: "R1")
            #expect(history.field("name") == .init(origin: .erp, at: second))
            #expect(history.field("unit") == .init(origin: .erp, at: first))
            #expect(history.field("item_group_id") == .init(origin: .here))
            #expect(history.changes.map(\.happened) == [.changed, .created])
            bench.clock.advance(by: .seconds(3600))
            bench.erp.change { $0.items = [item("R1", "Nytt navn", active: false, minute: 9), item("R2")] }
            try await bench.run(.items)
            let inactive = try await self.history(bench, ofItem: "R1")
            #expect(inactive.field("inactive_at") == .init(origin: .erp, at: bench.clock.now))
            #expect(inactive.field("name").at == second)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func aPriceWrittenHereIsOursUntilTheERPBringsOne(kind: TestDatabaseKind) async throws {
        try await withImports(kind, { $0.items = [item("R1", sales: 0)] }) { bench in
            try await bench.run(.items)
            let id = try #require(try await bench.item("R1")).id
            bench.clock.advance(by: .seconds(60))
            let written = bench.clock.now
            func set(_ sales: Decimal, by actor: Actor = Self.bookkeeper) async throws {
                try await bench.transaction { try LocalPrice.set(sales: sales, cost: 112, on: id, by: actor, in: $0) }
            }
            try await set(250)
            try await set(250)
            let price = try await history(bench, ofItem: "R1").field("sales_price")
            #expect(price == .init(origin: .here, at: written, by: "regnskap"))
            #expect(try await history(bench, ofItem: "R1").field("cost_price").origin == .erp)
            await #expect(throws: ProresultError.negative(.item, field: "salesPrice")) { try await set(-1) }
            await #expect(throws: ProresultError.notAllowed(.item, username: "kari")) {
                try await set(1, by: Actor(username: "kari", role: .leader))
            }
            let audited = try await bench.transaction {
                try $0.first("SELECT count(*) AS n FROM audit WHERE subject_kind = 'item'")?.get("n", as: Int.self)
            }
            #expect(audited == 1, "what does not change is not written")
            bench.clock.advance(by: .seconds(3600))
            bench.erp.change { $0.items = [item("R1", sales: 300, minute: 5)] }
            try await bench.run(.items)
            let replaced = try await history(bench, ofItem: "R1").field("sales_price")
            #expect(replaced == .init(origin: .erp, at: bench.clock.now))
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func whatWasMadeHereIsOurs(kind: TestDatabaseKind) async throws {
        try await withImports(kind, { $0.customers = customers(1...2) }) { bench in
            try await bench.transaction {
                _ = try Customer.create(Customer(id: CustomerID("own"), number: "900", name: "Egen"), in: $0)
            }
            try await bench.run()
            let own = try #require(try await bench.customer("900"))
            let history = try await bench.transaction { try RecordHistory.of(own, in: $0) }
            #expect(history.changes.isEmpty)
            #expect(history.field("name") == .init(origin: .here))
            #expect(history.field("postal_code", "city") == .init(origin: .here))
        }
    }
}
