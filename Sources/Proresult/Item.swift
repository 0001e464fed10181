import Foundation
import Persistence

public typealias ItemID = Identifier<Item>

/// An item of the register. Prices are in kroner per unit, without tax.
public struct Item: CompanyRecord {
    public var id: ItemID
    public var number: String
    public var name: String
    public var unit: String
    public var salesPrice: Decimal
    public var costPrice: Decimal
    public var itemGroupID: ItemGroupID
    /// A user chose the group, so an import leaves it there.
    public var movedByUserAt: Timestamp?
    public var inactiveAt: Timestamp?
    public var erpID: String?
    public var erpNumber: String?
    public var erpModifiedAt: String?
    public var erpMissingPasses: Int
    public var erpDeletedAt: Timestamp?

    public var isActive: Bool { inactiveAt == nil }

    public init(
        id: ItemID, number: String, name: String, unit: String = "", salesPrice: Decimal = 0, costPrice: Decimal = 0,
        itemGroupID: ItemGroupID, movedByUserAt: Timestamp? = nil, inactiveAt: Timestamp? = nil,
        erpID: String? = nil, erpNumber: String? = nil, erpModifiedAt: String? = nil, erpMissingPasses: Int = 0,
        erpDeletedAt: Timestamp? = nil
    ) {
        self.id = id
        self.number = number
        self.name = name
        self.unit = unit
        self.salesPrice = salesPrice
        self.costPrice = costPrice
        self.itemGroupID = itemGroupID
        self.movedByUserAt = movedByUserAt
        self.inactiveAt = inactiveAt
        self.erpID = erpID
        self.erpNumber = erpNumber
        self.erpModifiedAt = erpModifiedAt
        self.erpMissingPasses = erpMissingPasses
        self.erpDeletedAt = erpDeletedAt
    }

    public static let kind = RecordKind.item
    public static let columns = [
        "id", "number", "name", "unit", "sales_price", "cost_price", "item_group_id", "moved_by_user_at",
        "inactive_at", "erp_id", "erp_number", "erp_modified_at", "erp_missing_passes", "erp_deleted_at",
    ]

    public var values: [SQLValue] {
        [
            id.sqlValue, number.sqlValue, name.sqlValue, unit.sqlValue, salesPrice.sqlValue, costPrice.sqlValue,
            itemGroupID.sqlValue, movedByUserAt.sqlValue, inactiveAt.sqlValue, erpID.sqlValue, erpNumber.sqlValue,
            erpModifiedAt.sqlValue, erpMissingPasses.sqlValue, erpDeletedAt.sqlValue,
        ]
    }

    public init(row: SQLRow) throws {
        id = try row.get("id")
        number = try row.get("number")
        name = try row.get("name")
        unit = try row.get("unit")
        salesPrice = try row.get("sales_price")
        costPrice = try row.get("cost_price")
        itemGroupID = try row.get("item_group_id")
        movedByUserAt = try row.get("moved_by_user_at")
        inactiveAt = try row.get("inactive_at")
        erpID = try row.get("erp_id")
        erpNumber = try row.get("erp_number")
        erpModifiedAt = try row.get("erp_modified_at")
        erpMissingPasses = try row.get("erp_missing_passes")
        erpDeletedAt = try row.get("erp_deleted_at")
    }
}

extension Item {
    /// Makes an item of our own, without a link.
    @discardableResult
    public static func create(_ item: Item, in transaction: CompanyTransaction) throws -> Item {
        let item = try item.checked(in: transaction)
        try insert([item], in: transaction)
        return item
    }

    /// The group changes only through `move`.
    @discardableResult
    public static func update(_ item: Item, in transaction: CompanyTransaction) throws -> Item {
        let stored = try lock(item.id, in: transaction)
        var item = try item.checked(in: transaction)
        (item.itemGroupID, item.movedByUserAt) = (stored.itemGroupID, stored.movedByUserAt)
        try update([item], in: transaction)
        return item
    }

    /// Puts the item in a group that a user chose: no import moves it back.
    @discardableResult
    public static func move(
        _ id: ItemID, to group: ItemGroupID, at now: Timestamp, in transaction: CompanyTransaction
    ) throws -> Item {
        var item = try lock(id, in: transaction)
        item.itemGroupID = try ItemGroup.get(group, in: transaction).id
        item.movedByUserAt = now
        try update([item], in: transaction)
        return item
    }

    /// The same for many at once. Refuses all when one of them is not there, and for a worker.
    public static func move(
        _ ids: [ItemID], to group: ItemGroupID, by actor: Actor, at now: Timestamp, in transaction: CompanyTransaction
    ) throws {
        guard actor.role != .worker else { throw ProresultError.notAllowed(kind, username: actor.username) }
        let group = try ItemGroup.get(group, in: transaction)
        let ids = Set(ids).sorted()
        let moved = try transaction.executeMany(
            "UPDATE item SET item_group_id = $3, moved_by_user_at = $4 WHERE company_id = $1 AND id = $2",
            ids.map { [transaction.company.sqlValue, $0.sqlValue, group.id.sqlValue, now.sqlValue] })
        guard moved == ids.count else { throw ProresultError.vanished(kind) }
    }

    public static func deactivate(_ id: ItemID, at now: Timestamp, in transaction: CompanyTransaction) throws {
        var item = try lock(id, in: transaction)
        item.inactiveAt = item.inactiveAt ?? now
        try update([item], in: transaction)
    }

    /// Inactive ones too, by number.
    public static func all(in transaction: CompanyTransaction) throws -> [Item] {
        try rows(
            "SELECT \(raw: columnList) FROM item WHERE company_id = \(transaction.company) ORDER BY number, id",
            in: transaction)
    }

    private func checked(in transaction: CompanyTransaction) throws -> Item {
        var item = self
        item.number = try number.usable(Self.kind, "number", .required)
        item.name = try name.usable(Self.kind, "name", .required)
        item.unit = try unit.usable(Self.kind, "unit")
        try Price.check(salesPrice, of: Self.kind, field: "salesPrice")
        try Price.check(costPrice, of: Self.kind, field: "costPrice")
        _ = try ItemGroup.get(itemGroupID, in: transaction)
        if let other = try Self.find(number: item.number, in: transaction), other.id != id {
            throw ProresultError.taken(Self.kind, field: "number", value: item.number, holder: other.name)
        }
        return item
    }
}
