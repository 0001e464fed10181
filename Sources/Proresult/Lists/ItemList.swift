import Persistence

/// The items, as a person looks for them. Two statements for a page.
public struct ItemList: Sendable, Hashable {
    public enum Sort: String, Sendable, CaseIterable {
        case number, name, price

        fileprivate var column: String {
            self == .price ? "CAST(i.sales_price AS NUMERIC)" : "i.sort_\(rawValue)"
        }
    }

    public struct Row: Sendable, Hashable {
        public let item: Item
        public let groupName: String
        /// The main group of a subgroup.
        public let mainGroupName: String?

        public var isLinked: Bool { item.erpID != nil }
    }

    /// Words that number or name must have.
    public var search: String
    public var sort: Sort
    public var descending: Bool
    public var showsInactive: Bool
    /// A main group means its subgroups too.
    public var group: ItemGroupID?

    public init(
        search: String = "", sort: Sort = .number, descending: Bool = false, showsInactive: Bool = false,
        group: ItemGroupID? = nil
    ) {
        self.search = search
        self.sort = sort
        self.descending = descending
        self.showsInactive = showsInactive
        self.group = group
    }

    public func page(_ request: PageRequest = PageRequest(), in transaction: CompanyTransaction) throws -> ListPage<Row>
    {
        let conditions = conditions(transaction.company).all()
        let total = try transaction.count("SELECT count(*) AS total FROM item i WHERE \(sql: conditions)")
        let direction = descending ? "DESC" : "ASC"
        let order = "\(sort.column) \(direction), i.id \(direction)"
        return try ListPage(request, total: total) { part in
            try Self.rows(
                """
                JOIN (SELECT i.id AS page_id FROM item i WHERE \(sql: conditions)
                    ORDER BY \(raw: order) \(sql: part)) page ON page.page_id = i.id
                """, "WHERE i.company_id = \(transaction.company) ORDER BY \(raw: order)", in: transaction)
        }
    }

    private func conditions(_ company: CompanyID) -> [SQL] {
        var conditions: [SQL] = ["i.company_id = \(company)"]
        if !showsInactive { conditions.append("i.inactive_at IS NULL") }
        if let group {
            conditions.append(
                """
                i.item_group_id IN (SELECT g.id FROM item_group g
                    WHERE g.company_id = \(company) AND (g.id = \(group) OR g.parent_id = \(group)))
                """)
        }
        return conditions + SearchWords(search).conditions(on: "i")
    }

    private static func rows(_ join: SQL, _ rest: SQL, in transaction: CompanyTransaction) throws -> [Row] {
        try transaction.query(
            """
            SELECT \(raw: Item.columnList(of: "i")), g.name AS group_name, m.name AS main_group_name
            FROM item i \(sql: join)
            JOIN item_group g ON g.company_id = i.company_id AND g.id = i.item_group_id
            LEFT JOIN item_group m ON m.company_id = g.company_id AND m.id = g.parent_id
            \(sql: rest)
            """
        ).map { row in
            Row(
                item: try Item(row: row), groupName: try row.get("group_name"),
                mainGroupName: try row.get("main_group_name"))
        }
    }
}
