import Foundation
import Persistence
import Proresult
import TestSupport
import Testing

@testable import Sync

@Suite struct ItemsImportTests {
    private func group(of item: Item, _ bench: ImportBench) async throws -> [String] {
        try await bench.transaction { transaction in
            let group = try ItemGroup.get(item.itemGroupID, in: transaction)
            let parent = try group.parentID.map { try ItemGroup.get($0, in: transaction).name }
            return [parent ?? "", group.name]
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func newItemIsPutUnderVismaAndItsType(kind: TestDatabaseKind) async throws {
        try await withImports(kind, { $0.items = [item("ROR-22", type: "FinishedGoodItem"), item("T1")] }) { bench in
            let counts = try await bench.run(.items)
            let made = try #require(try await bench.item("ROR-22"))
            #expect(made.name == "Kobberrør")
            #expect(made.unit == "M")
            #expect([made.salesPrice, made.costPrice] == [189, 112])
            #expect(try await group(of: made, bench) == ["Visma", "FinishedGoodItem"])
            #expect(counts.created == 2)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func itemClassMayNameTheSubgroup(kind: TestDatabaseKind) async throws {
        try await withImports(kind, { $0.items = [item("A", itemClass: "Rør"), item("B")] }) { bench in
            try await bench.run(.items, settings: [.itemSubgroup: "itemClass"])
            let first = try #require(try await bench.item("A"))
            let second = try #require(try await bench.item("B"))
            #expect(try await group(of: first, bench) == ["Visma", "Rør"])
            #expect(try await group(of: second, bench) == ["Visma", "NonStockItem"])
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func movedItemStaysWhereItWasMoved(kind: TestDatabaseKind) async throws {
        try await withImports(kind, { $0.items = [item("A")] }) { bench in
            try await bench.run(.items)
            try await bench.transaction { transaction in
                let ours = try ItemGroup.ensure(path: ["Bad"], randomness: bench.randomness, in: transaction)
                try transaction.execute("UPDATE item SET item_group_id = \(ours.id)")
            }
            bench.erp.change { $0.items = [item("A", "Nytt navn", type: "ServiceItem", minute: 1)] }
            try await bench.run(.items)
            try await bench.run(.items, full: true)
            let moved = try #require(try await bench.item("A"))
            #expect(moved.name == "Nytt navn")
            #expect(try await group(of: moved, bench) == ["", "Bad"])
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func itemWithTheSameNumberIsLinkedInItsOwnGroup(kind: TestDatabaseKind) async throws {
        try await withImports(kind, { $0.items = [item("A")] }) { bench in
            try await bench.transaction { transaction in
                let ours = try ItemGroup.ensure(path: ["Bad"], randomness: bench.randomness, in: transaction)
                try Item.insert(
                    [
                        Item(id: .init("ours"), number: "A", name: "Rør", itemGroupID: ours.id),
                        Item(id: .init("other"), number: "B", name: "Egen", itemGroupID: ours.id),
                    ], in: transaction)
            }
            try await bench.run(.items)
            let linked = try #require(try await bench.item("A"))
            #expect(linked.id.text == "ours")
            #expect(linked.erpID == "idA")
            #expect(try await group(of: linked, bench) == ["", "Bad"])
            #expect(try await bench.item("B")?.erpID == nil)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func priceZeroDoesNotWipeOutAPriceUnlessChosen(kind: TestDatabaseKind) async throws {
        try await withImports(kind, { $0.items = [item("A", sales: 10, cost: 5)] }) { bench in
            try await bench.run(.items)
            bench.erp.change { $0.items = [item("A", sales: 0, cost: 0, minute: 1)] }
            let kept = try await bench.run(.items)
            #expect(kept.unchanged == 1)
            #expect(try await bench.item("A")?.salesPrice == 10)
            #expect(try await bench.item("A")?.costPrice == 5)
            try await bench.run(.items, settings: [.zeroPriceOverwrites: "yes"])
            #expect(try await bench.item("A")?.salesPrice == 0)
            #expect(try await bench.item("A")?.costPrice == 0)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func changedPriceIsTold(kind: TestDatabaseKind) async throws {
        try await withImports(kind, { $0.items = [item("A", sales: 10)] }) { bench in
            try await bench.run(.items)
            bench.erp.change {
                $0.items[0].salesPrice = Decimal(exact: "12.50") ?? 0
                $0.items[0].isActive = false
                $0.items[0].modifiedAt = .minute(1)
            }
            try await bench.run(.items)
            #expect(try await bench.item("A")?.isActive == false)
            #expect(
                try await bench.told().suffix(2) == ["item A: inactivated", "item A: changed sales_price: 10 → 12.5"])
        }
    }
}
