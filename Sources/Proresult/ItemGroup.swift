import Persistence

public typealias ItemGroupID = Identifier<ItemGroup>

/// A main group of the item register, or a subgroup of one.
public struct ItemGroup: CompanyRecord {
    public var id: ItemGroupID
    public var parentID: ItemGroupID?
    public var name: String

    public init(id: ItemGroupID, parentID: ItemGroupID? = nil, name: String) {
        self.id = id
        self.parentID = parentID
        self.name = name
    }

    public static let kind = RecordKind.itemGroup
    public static let columns = ["id", "parent_id", "name"]

    public var values: [SQLValue] { [id.sqlValue, parentID.sqlValue, name.sqlValue] }

    public init(row: SQLRow) throws {
        id = try row.get("id")
        parentID = try row.get("parent_id")
        name = try row.get("name")
    }
}

extension ItemGroup {
    /// The group at the end of a path such as `["Visma", "NonStockItem"]`; what is missing on the way is made. There
    /// are two levels: main group and subgroup.
    public static func ensure(
        path: [String], randomness: Randomness, in transaction: CompanyTransaction
    ) throws -> ItemGroup {
        guard path.count <= 2 else { throw ProresultError.itemGroupTooDeep(name: path.joined(separator: " / ")) }
        var group: ItemGroup?
        for name in path { group = try ensure(name, under: group?.id, randomness: randomness, in: transaction) }
        guard let group else { throw ProresultError.required(.itemGroup, field: "name") }
        return group
    }

    private static func ensure(
        _ name: String, under parent: ItemGroupID?, randomness: Randomness, in transaction: CompanyTransaction
    ) throws -> ItemGroup {
        let name = try name.usable(kind, "name", .required)
        let found = try rows(
            """
            SELECT id, parent_id, name FROM item_group WHERE company_id = \(transaction.company)
            AND coalesce(parent_id, '') = \(parent?.text ?? "") AND name = \(name)
            """, in: transaction)
        if let group = found.first { return group }
        let group = ItemGroup(id: ItemGroupID(using: randomness), parentID: parent, name: name)
        try insert([group], in: transaction)
        return group
    }

    /// Main groups first, then subgroups, each by name.
    public static func all(in transaction: CompanyTransaction) throws -> [ItemGroup] {
        try rows(
            """
            SELECT id, parent_id, name FROM item_group WHERE company_id = \(transaction.company)
            ORDER BY coalesce(parent_id, ''), name
            """, in: transaction)
    }
}
