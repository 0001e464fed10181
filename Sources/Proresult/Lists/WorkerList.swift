import Foundation
import Persistence

/// The workers, as a person looks for them. Three statements for a page.
public struct WorkerList: Sendable, Hashable {
    public enum Sort: String, Sendable, CaseIterable {
        case name, number

        fileprivate var column: String { "sort_\(rawValue)" }
    }

    public struct Row: Sendable, Hashable {
        public let worker: Worker
        /// The wage that is valid today; nil when none is.
        public let hourlyWage: Decimal?
        /// Hours that are neither sent nor rejected.
        public let waiting: HourSum

        public var isLinked: Bool { worker.vismaEmployeeNumber != nil }
    }

    /// Words that number, name or user name must have.
    public var search: String
    public var sort: Sort
    public var descending: Bool
    public var showsInactive: Bool
    /// Nil for all.
    public var isLinked: Bool?

    public init(
        search: String = "", sort: Sort = .name, descending: Bool = false, showsInactive: Bool = false,
        isLinked: Bool? = nil
    ) {
        self.search = search
        self.sort = sort
        self.descending = descending
        self.showsInactive = showsInactive
        self.isLinked = isLinked
    }

    public func page(
        _ request: PageRequest = PageRequest(), today: CalendarDate, in transaction: CompanyTransaction
    ) throws -> ListPage<Row> {
        let conditions = conditions(transaction.company).all()
        let total = try transaction.count("SELECT count(*) AS total FROM worker k WHERE \(sql: conditions)")
        let direction = descending ? "DESC" : "ASC"
        let order = "k.\(sort.column) \(direction), k.id \(direction)"
        return try ListPage(request, total: total) { part in
            try Self.rows("\(sql: conditions) ORDER BY \(raw: order) \(sql: part)", today: today, in: transaction)
        }
    }

    /// One worker; throws `ProresultError.notFound`.
    public static func row(_ id: WorkerID, today: CalendarDate, in transaction: CompanyTransaction) throws -> Row {
        let found = try rows(
            "k.company_id = \(transaction.company) AND k.id = \(id) ORDER BY k.id", today: today, in: transaction)
        guard let row = found.first else { throw ProresultError.notFound(.worker, key: id.text) }
        return row
    }

    /// Workers without a link who have hours waiting, the most hours first: nothing of theirs can be sent. Two
    /// statements.
    public static func unlinkedWithWaitingHours(
        limit: Int = 100, today: CalendarDate, in transaction: CompanyTransaction
    ) throws -> [Row] {
        try rows(
            """
            k.company_id = \(transaction.company) AND k.visma_employee_number IS NULL AND EXISTS (
                SELECT 1 FROM hour_entry h WHERE h.company_id = k.company_id AND h.worker_id = k.id
                    AND h.state <> 'transferred' AND h.state IN (\(list: waitingStates)))
            ORDER BY k.sort_name, k.id LIMIT \(limit)
            """, today: today, in: transaction
        ).sorted { ($1.waiting.total, $0.worker.name) < ($0.waiting.total, $1.worker.name) }
    }

    private func conditions(_ company: CompanyID) -> [SQL] {
        var conditions: [SQL] = ["k.company_id = \(company)"]
        if !showsInactive { conditions.append("k.inactive_at IS NULL") }
        if let isLinked {
            conditions.append(isLinked ? "k.visma_employee_number IS NOT NULL" : "k.visma_employee_number IS NULL")
        }
        return conditions + SearchWords(search).conditions(on: "k")
    }

    static let waitingStates = [ApprovalState.registered, .approvedStep1, .approved]

    private static func rows(
        _ condition: SQL, today: CalendarDate, in transaction: CompanyTransaction
    ) throws -> [Row] {
        let workers = try transaction.query(
            """
            SELECT \(raw: Worker.columnList(of: "k")), (
                SELECT v.hourly_wage FROM worker_wage v WHERE v.company_id = k.company_id AND v.worker_id = k.id
                    AND v.valid_from <= \(today) ORDER BY v.valid_from DESC LIMIT 1
            ) AS hourly_wage
            FROM worker k WHERE \(sql: condition)
            """
        ).map { (worker: try Worker(row: $0), wage: try $0.get("hourly_wage", as: Decimal?.self)) }
        let hours = try transaction.query(
            """
            SELECT h.worker_id, \(raw: HourSum.columns("h")) FROM hour_entry h
            WHERE h.company_id = \(transaction.company) AND h.worker_id IN (\(list: workers.map(\.worker.id)))
                AND h.state <> 'transferred' AND h.state IN (\(list: waitingStates))
            GROUP BY h.worker_id, \(raw: HourSum.groups("h")) ORDER BY h.worker_id
            """)
        let sums = try Dictionary(grouping: hours) { try $0.get("worker_id", as: WorkerID.self) }.mapValues {
            try HourSums($0).counted
        }
        return workers.map {
            Row(worker: $0.worker, hourlyWage: $0.wage, waiting: sums[$0.worker.id] ?? HourSum())
        }
    }
}
