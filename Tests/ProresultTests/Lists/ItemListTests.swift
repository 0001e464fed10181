import Foundation
import Persistence
import Proresult
import TestSupport
import Testing

@Suite struct ItemListTests {
    /// The shore's own item S1 in *Varer*, and three more in two subgroups of *Visma*.
    private func withItems(_ kind: TestDatabaseKind, _ body: (Shore) async throws -> Void) async throws {
        try await withShore(kind) { shore in
            try await shore.run { transaction throws in
                let main = ItemGroup(id: ItemGroupID("v"), name: "Visma")
                let stock = ItemGroup(id: ItemGroupID("vs"), parentID: main.id, name: "StockItem")
                let other = ItemGroup(id: ItemGroupID("vn"), parentID: main.id, name: "NonStockItem")
                try ItemGroup.insert([main, stock, other], in: transaction)
                try Item.insert(
                    [
                        Item(
                            id: ItemID("i2"), number: "S2", name: "Dør", salesPrice: decimal("100.5"),
                            itemGroupID: stock.id, erpID: "e2"),
                        Item(
                            id: ItemID("i3"), number: "S10", name: "Ålerør", salesPrice: decimal("9.5"),
                            itemGroupID: stock.id),
                        Item(
                            id: ItemID("i4"), number: "M1", name: "Arbeid", salesPrice: 1000, itemGroupID: other.id,
                            inactiveAt: shore.now),
                    ], in: transaction)
            }
            try await body(shore)
        }
    }

    private func numbers(_ list: ItemList, _ shore: Shore) async throws -> [String] {
        try await shore.run { try list.page(in: $0).rows.map(\.item.number) }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func itemsAreOrderedByNumberNameOrPrice(kind: TestDatabaseKind) async throws {
        try await withItems(kind) { shore async throws in
            #expect(try await numbers(ItemList(), shore) == ["S1", "S2", "S10"])
            #expect(try await numbers(ItemList(sort: .name), shore) == ["S2", "S1", "S10"])
            #expect(try await numbers(ItemList(sort: .price), shore) == ["S10", "S1", "S2"])
            #expect(
                try await numbers(ItemList(sort: .price, descending: true, showsInactive: true), shore)
                    == ["M1", "S2", "S1", "S10"])
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func aMainGroupMeansItsSubgroupsToo(kind: TestDatabaseKind) async throws {
        try await withItems(kind) { shore async throws in
            #expect(try await numbers(ItemList(group: ItemGroupID("v")), shore) == ["S2", "S10"])
            #expect(try await numbers(ItemList(group: ItemGroupID("vn")), shore) == [])
            #expect(try await numbers(ItemList(search: "spik", group: shore.group.id), shore) == ["S1"])
            let row = try await shore.run { try ItemList(search: "dør").page(in: $0).rows.first }
            #expect(row?.groupName == "StockItem" && row?.mainGroupName == "Visma" && row?.isLinked == true)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func theTreeCountsTheActiveItemsOfEachGroup(kind: TestDatabaseKind) async throws {
        try await withItems(kind) { shore in
            let tree = try await shore.run { try ItemGroupTree(in: $0) }
            #expect(tree.groups.map(\.group.name) == ["Varer", "Visma"])
            #expect(tree.groups.map(\.allItems) == [1, 2])
            #expect(tree.groups.last?.subgroups.map(\.group.name) == ["NonStockItem", "StockItem"])
            #expect(tree.groups.last?.subgroups.map(\.items) == [0, 2])
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func manyItemsAreMovedAtOnceAndStayWhereAPersonPutThem(kind: TestDatabaseKind) async throws {
        try await withItems(kind) { shore in
            let moved = try await shore.run { transaction throws in
                try Item.move(
                    [ItemID("i2"), ItemID("i3"), ItemID("i2")], to: shore.group.id, by: shore.leader, at: shore.now,
                    in: transaction)
                return try Item.find([ItemID("i2"), ItemID("i3")], in: transaction)
            }
            #expect(moved.allSatisfy { $0.itemGroupID == shore.group.id && $0.movedByUserAt == shore.now })
            #expect(moved.map(\.erpID) == ["e2", nil])
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func aMoveThatCannotBeDoneMovesNothing(kind: TestDatabaseKind) async throws {
        try await withItems(kind) { shore in
            let ids = [ItemID("i2"), ItemID("nothing")]
            await #expect(throws: ProresultError.vanished(.item)) {
                try await shore.run {
                    try Item.move(ids, to: shore.group.id, by: shore.leader, at: shore.now, in: $0)
                }
            }
            await #expect(throws: ProresultError.notAllowed(.item, username: "kari")) {
                try await shore.run {
                    try Item.move(ids, to: shore.group.id, by: shore.worker, at: shore.now, in: $0)
                }
            }
            await #expect(throws: ProresultError.notFound(.itemGroup, key: "nothing")) {
                try await shore.run {
                    try Item.move(ids, to: ItemGroupID("nothing"), by: shore.leader, at: shore.now, in: $0)
                }
            }
            let item = try await shore.run { try Item.get(ItemID("i2"), in: $0) }
            #expect(item.itemGroupID == ItemGroupID("vs") && item.movedByUserAt == nil)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func groupsAreMadeAndRenamedInTwoLevelsWithNamesOfTheirOwn(kind: TestDatabaseKind) async throws {
        try await withItems(kind) { shore in
            let renamed = try await shore.run { transaction throws in
                try ItemGroup.create(
                    ItemGroup(id: ItemGroupID("n"), parentID: shore.group.id, name: " Festemidler "), in: transaction)
                try ItemGroup.rename(ItemGroupID("n"), to: "Skruer", in: transaction)
                return try ItemGroup.get(ItemGroupID("n"), in: transaction)
            }
            #expect(renamed.name == "Skruer" && renamed.parentID == shore.group.id)
            let taken = ProresultError.taken(.itemGroup, field: "name", value: "Skruer", holder: "Skruer")
            await #expect(throws: taken) {
                try await shore.run {
                    try ItemGroup.create(
                        ItemGroup(id: ItemGroupID("m"), parentID: shore.group.id, name: "Skruer"), in: $0)
                }
            }
            await #expect(throws: ProresultError.itemGroupTooDeep(name: "Små")) {
                try await shore.run {
                    try ItemGroup.create(
                        ItemGroup(id: ItemGroupID("m"), parentID: ItemGroupID("n"), name: "Små"), in: $0)
                }
            }
            await #expect(throws: ProresultError.required(.itemGroup, field: "name")) {
                try await shore.run { try ItemGroup.rename(ItemGroupID("n"), to: " ", in: $0) }
            }
        }
    }
}
