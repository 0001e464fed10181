import Persistence

/// The projects, as a person looks for them. Two statements for a page.
public struct ProjectList: Sendable, Hashable {
    public enum Sort: String, Sendable, CaseIterable {
        case number, name

        fileprivate var column: String { "sort_\(rawValue)" }
    }

    public struct Row: Sendable, Hashable {
        public let project: Project
        public let customerNumber: String?
        public let customerName: String?
        public let managerName: String?
        public let parentNumber: String?
        public let parentName: String?
        /// Work types that hours may be registered on while the project is active, of both origins.
        public let openWorkTypes: Int

        /// Made here, so nothing of it can be sent.
        public var isUnlinked: Bool { project.erpID == nil }
        /// The ERP opened it again after it had been closed.
        public var isReopenedByVisma: Bool { project.isActive && project.reopenedBy == .visma }
    }

    /// Words that number, name or place must have.
    public var search: String
    public var sort: Sort
    public var descending: Bool
    /// *vis avslutta*
    public var showsClosed: Bool
    public var manager: WorkerID?
    public var customer: CustomerID?
    /// Nil for all: only those that came from the ERP, or only those that did not.
    public var isLinked: Bool?

    public init(
        search: String = "", sort: Sort = .number, descending: Bool = false, showsClosed: Bool = false,
        manager: WorkerID? = nil, customer: CustomerID? = nil, isLinked: Bool? = nil
    ) {
        self.search = search
        self.sort = sort
        self.descending = descending
        self.showsClosed = showsClosed
        self.manager = manager
        self.customer = customer
        self.isLinked = isLinked
    }

    public func page(_ request: PageRequest = PageRequest(), in transaction: CompanyTransaction) throws -> ListPage<Row>
    {
        let conditions = conditions(transaction.company).all()
        let total = try transaction.count("SELECT count(*) AS total FROM project p WHERE \(sql: conditions)")
        let direction = descending ? "DESC" : "ASC"
        let order = "p.\(sort.column) \(direction), p.id \(direction)"
        return try ListPage(request, total: total) { part in
            try Self.rows(
                """
                JOIN (SELECT p.id AS page_id FROM project p WHERE \(sql: conditions)
                    ORDER BY \(raw: order) \(sql: part)) page ON page.page_id = p.id
                """, "WHERE p.company_id = \(transaction.company) ORDER BY \(raw: order)", in: transaction)
        }
    }

    /// One project; throws `ProresultError.notFound`.
    public static func row(_ id: ProjectID, in transaction: CompanyTransaction) throws -> Row {
        let found = try rows(
            "", "WHERE p.company_id = \(transaction.company) AND p.id = \(id) ORDER BY p.id", in: transaction)
        guard let row = found.first else { throw ProresultError.notFound(.project, key: id.text) }
        return row
    }

    private func conditions(_ company: CompanyID) -> [SQL] {
        var conditions: [SQL] = ["p.company_id = \(company)"]
        if !showsClosed { conditions.append("p.state = 'active'") }
        if let manager { conditions.append("p.manager_worker_id = \(manager)") }
        if let customer { conditions.append("p.customer_id = \(customer)") }
        if let isLinked { conditions.append(isLinked ? "p.erp_id IS NOT NULL" : "p.erp_id IS NULL") }
        return conditions + SearchWords(search).conditions(on: "p")
    }

    static func rows(_ join: SQL, _ rest: SQL, in transaction: CompanyTransaction) throws -> [Row] {
        try transaction.query(
            """
            SELECT \(raw: Project.columnList(of: "p")), c.number AS customer_number, c.name AS customer_name,
                m.name AS manager_name, o.number AS parent_number, o.name AS parent_name, (
                SELECT count(*) FROM project_work_type t
                LEFT JOIN work_type w ON w.company_id = t.company_id AND w.id = t.work_type_id
                WHERE t.company_id = p.company_id AND t.project_id = p.id AND t.closed_at IS NULL
                    AND w.inactive_at IS NULL
            ) AS open_work_types
            FROM project p \(sql: join)
            LEFT JOIN customer c ON c.company_id = p.company_id AND c.id = p.customer_id
            LEFT JOIN worker m ON m.company_id = p.company_id AND m.id = p.manager_worker_id
            LEFT JOIN project o ON o.company_id = p.company_id AND o.id = p.parent_project_id
            \(sql: rest)
            """
        ).map(Row.init(row:))
    }
}

extension ProjectList.Row {
    init(row: SQLRow) throws {
        project = try Project(row: row)
        customerNumber = try row.get("customer_number")
        customerName = try row.get("customer_name")
        managerName = try row.get("manager_name")
        parentNumber = try row.get("parent_number")
        parentName = try row.get("parent_name")
        openWorkTypes = try row.get("open_work_types")
    }
}
