import Persistence

/// Every run that was, newest first, and what it did record by record.
public enum RunLog {
    public struct Filter: Sendable, Hashable {
        public var job: JobName?
        /// Empty: all.
        public var outcomes: Set<RunRow.Outcome>
        /// Only those that started then or later.
        public var startedFrom: Timestamp?

        public init(job: JobName? = nil, outcomes: Set<RunRow.Outcome> = [], startedFrom: Timestamp? = nil) {
            self.job = job
            self.outcomes = outcomes
            self.startedFrom = startedFrom
        }
    }

    /// A page, from 1, and how many runs there are in all.
    public static func page(
        _ filter: Filter = Filter(), number: Int, size: Int = 50, in transaction: CompanyTransaction
    ) throws -> (runs: [RunRow], total: Int) {
        let jobs = filter.job.map { [$0] } ?? JobName.allCases
        let outcomes =
            filter.outcomes.isEmpty ? RunRow.Outcome.allCases : filter.outcomes.sorted { $0.rawValue < $1.rawValue }
        let start = filter.startedFrom ?? Timestamp(milliseconds: .min)
        let total =
            try transaction.first(
                """
                SELECT count(*) AS n FROM run
                WHERE company_id = \(transaction.company) AND job IN (\(list: jobs)) AND outcome IN (\(list: outcomes))
                    AND started_at >= \(start)
                """)?.get("n", as: Int.self) ?? 0
        let runs = try transaction.query(
            """
            SELECT \(raw: RunRow.columns) FROM run
            WHERE company_id = \(transaction.company) AND job IN (\(list: jobs)) AND outcome IN (\(list: outcomes))
                AND started_at >= \(start)
            ORDER BY started_at DESC, id DESC LIMIT \(max(size, 1)) OFFSET \(offset(number, size))
            """
        ).map(RunRow.init)
        return (runs, total)
    }

    public static func run(_ id: SyncRunID, in transaction: CompanyTransaction) throws -> RunRow? {
        try transaction.first(
            "SELECT \(raw: RunRow.columns) FROM run WHERE company_id = \(transaction.company) AND id = \(id)"
        ).map(RunRow.init)
    }

    /// What happened to records in a run, in the order in which it happened, and of how many records it tells.
    public static func items(
        of run: SyncRunID, number: Int, size: Int = 100, in transaction: CompanyTransaction
    ) throws -> (items: [RunItem], total: Int) {
        let total =
            try transaction.first(
                """
                SELECT position + records AS n FROM run_item
                WHERE company_id = \(transaction.company) AND run_id = \(run) ORDER BY position DESC LIMIT 1
                """)?.get("n", as: Int.self) ?? 0
        let start = min(offset(number, size), total)
        let end = min(start + min(max(size, 1), total), total)
        let rows = try transaction.query(
            """
            SELECT position, record_kind, record_number, happened, detail, records FROM run_item
            WHERE company_id = \(transaction.company) AND run_id = \(run)
                AND position + records > \(start) AND position < \(end)
            ORDER BY position
            """)
        let before = try rows.first.map { start - (try $0.get("position", as: Int.self)) } ?? 0
        let items = try rows.flatMap { try RunItemRow(row: $0).items }
        return (Array(items.dropFirst(before).prefix(end - start)), total)
    }

    static func last(_ count: Int, in transaction: CompanyTransaction) throws -> [RunRow] {
        try transaction.query(
            """
            SELECT \(raw: RunRow.columns) FROM run WHERE company_id = \(transaction.company)
            ORDER BY started_at DESC, id DESC LIMIT \(count)
            """
        ).map(RunRow.init)
    }

    static func offset(_ number: Int, _ size: Int) -> Int {
        let (skipped, overflow) = (max(number, 1) - 1).multipliedReportingOverflow(by: max(size, 1))
        return overflow ? .max : skipped
    }
}
