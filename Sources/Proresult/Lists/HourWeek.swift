import Persistence

/// A week of everybody, for leaders: the sums of each worker who has hours in it, by name. One statement.
public struct HourWeek: Sendable {
    public struct Row: Sendable, Hashable {
        public let workerID: WorkerID
        public let workerName: String
        public let employeeNumber: String
        public let isLinked: Bool
        public let hours: HourSums
    }

    public let week: ISOWeek
    public let rows: [Row]

    /// Only the hours on one project, and only workers whose number or name has the words, when given.
    public init(
        _ week: ISOWeek, project: ProjectID? = nil, search: String = "", in transaction: CompanyTransaction
    ) throws {
        self.week = week
        var conditions: [SQL] = [
            "h.company_id = \(transaction.company)", "h.work_date >= \(week.monday)", "h.work_date <= \(week.sunday)",
        ]
        if let project { conditions.append("h.project_id = \(project)") }
        conditions += SearchWords(search).conditions(on: "k")
        let worker = "k.sort_name, k.id, k.name, k.employee_number, k.visma_employee_number"
        let found = try transaction.query(
            """
            SELECT \(raw: worker), \(raw: HourSum.columns("h")) FROM hour_entry h
            JOIN worker k ON k.company_id = h.company_id AND k.id = h.worker_id
            WHERE \(sql: conditions.all()) GROUP BY \(raw: worker), \(raw: HourSum.groups("h"))
            ORDER BY k.sort_name, k.id
            """)
        rows = try found.grouped { try $0.get("id", as: WorkerID.self) }.map { id, first, rows in
            Row(
                workerID: id, workerName: try first.get("name"), employeeNumber: try first.get("employee_number"),
                isLinked: try first.get("visma_employee_number", as: String?.self) != nil, hours: try HourSums(rows))
        }
    }
}

extension [SQLRow] {
    /// Rows that lie together and have the same key, in their order.
    func grouped<Key: Equatable>(by key: (SQLRow) throws -> Key) rethrows -> [(key: Key, first: SQLRow, rows: Self)] {
        try reduce(into: []) { groups, row in
            let next = try key(row)
            if groups.last?.key == next {
                groups[groups.count - 1].rows.append(row)
            } else {
                groups.append((next, row, [row]))
            }
        }
    }
}
