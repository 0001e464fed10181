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
    /// The items that have one of the links or one of the numbers, ordered by id; one call per page of an import.
    public static func find(erpIDs: [String], numbers: [String], in transaction: CompanyTransaction) throws -> [Item] {
        try rows(
            """
            SELECT \(raw: columnList) FROM item WHERE company_id = \(transaction.company)
            AND (erp_id IN (\(list: erpIDs)) OR number IN (\(list: numbers))) ORDER BY id
            """, in: transaction)
    }
}
