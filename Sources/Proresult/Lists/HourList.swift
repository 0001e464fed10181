import Persistence

/// The hour entries of some days, by day and worker. Two statements for a page.
public struct HourList: Sendable, Hashable {
    public var from: CalendarDate
    /// Counted too.
    public var to: CalendarDate
    public var worker: WorkerID?
    public var project: ProjectID?
    /// Empty for all.
    public var states: [ApprovalState]
    public var newestFirst: Bool

    public init(
        from: CalendarDate, to: CalendarDate, worker: WorkerID? = nil, project: ProjectID? = nil,
        states: [ApprovalState] = [], newestFirst: Bool = false
    ) {
        self.from = from
        self.to = to
        self.worker = worker
        self.project = project
        self.states = states
        self.newestFirst = newestFirst
    }

    /// The entries of one week.
    public init(
        week: ISOWeek, worker: WorkerID? = nil, project: ProjectID? = nil, states: [ApprovalState] = []
    ) {
        self.init(from: week.monday, to: week.sunday, worker: worker, project: project, states: states)
    }

    public func page(
        _ request: PageRequest = PageRequest(), in transaction: CompanyTransaction
    ) throws -> ListPage<HourRow> {
        let conditions = conditions(transaction.company).all()
        let total = try transaction.count("SELECT count(*) AS total FROM hour_entry h WHERE \(sql: conditions)")
        let direction = newestFirst ? "DESC" : "ASC"
        let order = "h.work_date \(direction), h.worker_id \(direction), h.id \(direction)"
        return try ListPage(request, total: total) { part in
            try HourRow.rows(
                """
                JOIN (SELECT h.id AS page_id FROM hour_entry h WHERE \(sql: conditions)
                    ORDER BY \(raw: order) \(sql: part)) page ON page.page_id = h.id
                """,
                """
                WHERE h.company_id = \(transaction.company)
                ORDER BY h.work_date \(raw: direction), k.sort_name, h.worker_id, coalesce(h.from_time, ''),
                    h.created_at, h.id
                """, in: transaction)
        }
    }

    private func conditions(_ company: CompanyID) -> [SQL] {
        var conditions: [SQL] = [
            "h.company_id = \(company)", "h.work_date >= \(from)", "h.work_date <= \(to)",
        ]
        if let worker { conditions.append("h.worker_id = \(worker)") }
        if let project { conditions.append("h.project_id = \(project)") }
        if !states.isEmpty { conditions.append("h.state IN (\(list: states))") }
        // What waits has an index of its own, which stays small.
        if !states.isEmpty, !states.contains(.transferred) { conditions.append("h.state <> 'transferred'") }
        return conditions
    }
}

extension HourRow {
    /// One entry; throws `ProresultError.notFound`.
    public static func get(_ id: HourEntryID, in transaction: CompanyTransaction) throws -> HourRow {
        let found = try rows("", "WHERE h.company_id = \(transaction.company) AND h.id = \(id)", in: transaction)
        guard let row = found.first else { throw ProresultError.notFound(.hourEntry, key: id.text) }
        return row
    }
}
