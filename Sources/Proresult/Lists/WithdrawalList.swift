import Foundation
import Persistence

/// A withdrawal with the names of what it points at.
public struct WithdrawalRow: Sendable, Hashable {
    public let withdrawal: Withdrawal
    /// Nil for free text.
    public let itemNumber: String?
    public let workerName: String
    public let projectNumber: String
    public let projectName: String
    /// How much of it has come back so far, as a positive quantity.
    public let returned: Decimal
    /// The day of the line that this one returns.
    public let originalDate: CalendarDate?

    public var isReturn: Bool { withdrawal.returnsWithdrawalID != nil }
    public var leftToReturn: Decimal { isReturn ? 0 : withdrawal.quantity - returned }

    /// Kroner without tax, rounded to øre as the line is when it is sent.
    public func amount(_ price: Price) -> Decimal {
        (withdrawal.quantity * withdrawal.unitPrice(price)).rounded(toDecimals: 2)
    }

    /// Two statements.
    static func rows(_ join: SQL, _ rest: SQL, in transaction: CompanyTransaction) throws -> [WithdrawalRow] {
        let lines = try transaction.query(
            """
            SELECT \(raw: Withdrawal.columnList(of: "w")), i.number AS item_number, k.name AS worker_name,
                p.number AS project_number, p.name AS project_name, o.withdrawal_date AS original_date
            FROM withdrawal w \(sql: join)
            JOIN worker k ON k.company_id = w.company_id AND k.id = w.worker_id
            JOIN project p ON p.company_id = w.company_id AND p.id = w.project_id
            LEFT JOIN item i ON i.company_id = w.company_id AND i.id = w.item_id
            LEFT JOIN withdrawal o ON o.company_id = w.company_id AND o.id = w.returns_withdrawal_id
            \(sql: rest)
            """)
        let ids = try lines.map { try $0.get("id", as: WithdrawalID.self) }
        let returns = try transaction.query(
            """
            SELECT returns_withdrawal_id, quantity FROM withdrawal
            WHERE company_id = \(transaction.company) AND returns_withdrawal_id IN (\(list: ids))
            """)
        var returned: [WithdrawalID: Decimal] = [:]
        for line in returns {
            returned[try line.get("returns_withdrawal_id"), default: 0] -= try line.get("quantity", as: Decimal.self)
        }
        return try lines.map { row in
            let line = try Withdrawal(row: row)
            return WithdrawalRow(
                withdrawal: line, itemNumber: try row.get("item_number"), workerName: try row.get("worker_name"),
                projectNumber: try row.get("project_number"), projectName: try row.get("project_name"),
                returned: returned[line.id] ?? 0, originalDate: try row.get("original_date"))
        }
    }

    /// One line; throws `ProresultError.notFound`.
    public static func get(_ id: WithdrawalID, in transaction: CompanyTransaction) throws -> WithdrawalRow {
        let found = try rows("", "WHERE w.company_id = \(transaction.company) AND w.id = \(id)", in: transaction)
        guard let row = found.first else { throw ProresultError.notFound(.withdrawal, key: id.text) }
        return row
    }

    /// What came back of a line, the oldest first.
    public static func returns(of id: WithdrawalID, in transaction: CompanyTransaction) throws -> [WithdrawalRow] {
        try rows(
            "",
            """
            WHERE w.company_id = \(transaction.company) AND w.returns_withdrawal_id = \(id)
            ORDER BY w.created_at, w.id
            """, in: transaction)
    }
}

/// The withdrawals of some days, the newest first. Three statements for a page.
public struct WithdrawalList: Sendable, Hashable {
    public var from: CalendarDate
    /// Counted too.
    public var to: CalendarDate
    public var worker: WorkerID?
    public var project: ProjectID?
    /// Nil for both.
    public var state: WithdrawalState?
    /// Words that the text, or number or name of the item, must have.
    public var search: String

    public init(
        from: CalendarDate, to: CalendarDate, worker: WorkerID? = nil, project: ProjectID? = nil,
        state: WithdrawalState? = nil, search: String = ""
    ) {
        self.from = from
        self.to = to
        self.worker = worker
        self.project = project
        self.state = state
        self.search = search
    }

    /// A page of them, and the sum of all of them.
    public func page(
        _ request: PageRequest = PageRequest(), in transaction: CompanyTransaction
    ) throws -> (page: ListPage<WithdrawalRow>, sum: WithdrawalSum) {
        let conditions = conditions(transaction.company).all()
        let sum = try WithdrawalSum(where: conditions, in: transaction)
        let page = try ListPage(request, total: sum.lines) { part in
            try WithdrawalRow.rows(
                """
                JOIN (SELECT w.id AS page_id FROM withdrawal w WHERE \(sql: conditions)
                    ORDER BY w.withdrawal_date DESC, w.id DESC \(sql: part)) page ON page.page_id = w.id
                """,
                """
                WHERE w.company_id = \(transaction.company)
                ORDER BY w.withdrawal_date DESC, w.created_at DESC, w.id DESC
                """, in: transaction)
        }
        return (page, sum)
    }

    private func conditions(_ company: CompanyID) -> [SQL] {
        var conditions: [SQL] = [
            "w.company_id = \(company)", "w.withdrawal_date >= \(from)", "w.withdrawal_date <= \(to)",
        ]
        if let worker { conditions.append("w.worker_id = \(worker)") }
        if let project { conditions.append("w.project_id = \(project)") }
        if let state { conditions.append("w.state = \(state)") }
        let words = SearchWords(search)
        for (text, item) in zip(words.conditions(on: "w"), words.conditions(on: "i")) {
            conditions.append(
                """
                (\(sql: text) OR w.item_id IN
                    (SELECT i.id FROM item i WHERE i.company_id = \(company) AND \(sql: item)))
                """)
        }
        return conditions
    }
}
