import Persistence

/// The customers, as a person looks for them. Two statements for a page.
public struct CustomerList: Sendable, Hashable {
    public enum Sort: String, Sendable, CaseIterable {
        case number, name, place

        fileprivate var column: String { "sort_\(rawValue)" }
    }

    public struct Row: Sendable, Hashable {
        public let customer: Customer
        public let activeProjects: Int
    }

    /// Words that number, name or place must have.
    public var search: String
    public var sort: Sort
    public var descending: Bool
    public var showsInactive: Bool

    public init(search: String = "", sort: Sort = .number, descending: Bool = false, showsInactive: Bool = false) {
        self.search = search
        self.sort = sort
        self.descending = descending
        self.showsInactive = showsInactive
    }

    public func page(_ request: PageRequest = PageRequest(), in transaction: CompanyTransaction) throws -> ListPage<Row>
    {
        var conditions: [SQL] = ["c.company_id = \(transaction.company)"]
        if !showsInactive { conditions.append("c.inactive_at IS NULL") }
        conditions += SearchWords(search).conditions(on: "c")
        let total = try transaction.count("SELECT count(*) AS total FROM customer c WHERE \(sql: conditions.all())")
        let direction = descending ? "DESC" : "ASC"
        let order = "c.\(sort.column) \(direction), c.id \(direction)"
        return try ListPage(request, total: total) { part in
            // The page is found in the index alone; only its rows are read.
            try Self.rows(
                """
                JOIN (SELECT c.id AS page_id FROM customer c WHERE \(sql: conditions.all())
                    ORDER BY \(raw: order) \(sql: part)) page ON page.page_id = c.id
                WHERE c.company_id = \(transaction.company) ORDER BY \(raw: order)
                """, in: transaction)
        }
    }

    static func rows(_ rest: SQL, in transaction: CompanyTransaction) throws -> [Row] {
        try transaction.query(
            """
            SELECT \(raw: Customer.columnList(of: "c")), (
                SELECT count(*) FROM project p
                WHERE p.company_id = c.company_id AND p.customer_id = c.id AND p.state = 'active'
            ) AS active_projects
            FROM customer c \(sql: rest)
            """
        ).map { Row(customer: try Customer(row: $0), activeProjects: try $0.get("active_projects")) }
    }
}

/// One customer with its projects.
public struct CustomerCard: Sendable {
    public let customer: Customer
    /// The first page of them, closed ones too, the highest number first.
    public let projects: ListPage<ProjectList.Row>

    /// Throws `ProresultError.notFound`.
    public init(_ id: CustomerID, in transaction: CompanyTransaction) throws {
        customer = try Customer.get(id, in: transaction)
        projects = try ProjectList(sort: .number, descending: true, showsClosed: true, customer: id)
            .page(PageRequest(size: 100), in: transaction)
    }
}
