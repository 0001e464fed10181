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
        if let group = try find(name, under: parent, in: transaction) { return group }
        let group = ItemGroup(id: ItemGroupID(using: randomness), parentID: parent, name: name)
        try insert([group], in: transaction)
        return group
    }

    private static func find(
        _ name: String, under parent: ItemGroupID?, in transaction: CompanyTransaction
    ) throws -> ItemGroup? {
        try rows(
            """
            SELECT id, parent_id, name FROM item_group WHERE company_id = \(transaction.company)
            AND coalesce(parent_id, '') = \(parent?.text ?? "") AND name = \(name)
            """, in: transaction
        ).first
    }

    /// Makes a main group, or a subgroup of one.
    @discardableResult
    public static func create(_ group: ItemGroup, in transaction: CompanyTransaction) throws -> ItemGroup {
        let group = try group.checked(in: transaction)
        if let parent = group.parentID, try get(parent, in: transaction).parentID != nil {
            throw ProresultError.itemGroupTooDeep(name: group.name)
        }
        try insert([group], in: transaction)
        return group
    }

    /// An import that looks for the old name makes a new group for what is new; what lies in this one stays.
    @discardableResult
    public static func rename(
        _ id: ItemGroupID, to name: String, in transaction: CompanyTransaction
    ) throws -> ItemGroup {
        var group = try lock(id, in: transaction)
        group.name = name
        group = try group.checked(in: transaction)
        try update([group], in: transaction)
        return group
    }

    private func checked(in transaction: CompanyTransaction) throws -> ItemGroup {
        var group = self
        group.name = try name.usable(Self.kind, "name", .required)
        if let other = try Self.find(group.name, under: parentID, in: transaction), other.id != id {
            throw ProresultError.taken(Self.kind, field: "name", value: group.name, holder: other.name)
        }
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
