import Persistence

/// The main groups of the item register with their subgroups, by name, and how many active items lie in each.
/// One statement.
public struct ItemGroupTree: Sendable, Hashable {
    public struct Group: Sendable, Hashable {
        public let group: ItemGroup
        /// Right in it, not in its subgroups.
        public let items: Int
        public fileprivate(set) var subgroups: [Group]

        public var allItems: Int { subgroups.reduce(items) { $0 + $1.items } }
    }

    public let groups: [Group]

    public init(in transaction: CompanyTransaction) throws {
        let rows = try transaction.query(
            """
            SELECT \(raw: ItemGroup.columnList(of: "g")), (
                SELECT count(*) FROM item i
                WHERE i.company_id = g.company_id AND i.item_group_id = g.id AND i.inactive_at IS NULL
            ) AS items
            FROM item_group g WHERE g.company_id = \(transaction.company) ORDER BY g.name, g.id
            """)
        let all = try rows.map { Group(group: try ItemGroup(row: $0), items: try $0.get("items"), subgroups: []) }
            .sorted { ListKey.name($0.group.name) < ListKey.name($1.group.name) }
        let below = Dictionary(grouping: all) { $0.group.parentID }
        groups = (below[nil] ?? []).map { main in
            var main = main
            main.subgroups = below[main.group.id] ?? []
            return main
        }
    }
}
