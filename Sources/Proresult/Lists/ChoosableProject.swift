import Persistence

/// A project that a worker may choose: first those with hours or goods of the worker lately, the last one first, then all others by
/// number. Two statements.
public struct ChoosableProject: Sendable, Hashable {
    public let project: Project
    public let customerName: String?
    /// The worker's last day on it; nil when there is none lately.
    public let lastUsed: CalendarDate?

    /// `search`: words that number, name or place must have. Closed projects are never among them, but for the one that
    /// a record has already and may keep.
    public static func all(
        for worker: WorkerID, search: String = "", keeping kept: ProjectID? = nil, today: CalendarDate, limit: Int = 30,
        in transaction: CompanyTransaction
    ) throws -> [ChoosableProject] {
        let limit = min(max(1, limit), 200)
        let conditions =
            ["p.company_id = \(transaction.company)", "p.state = 'active'"]
            + SearchWords(search).conditions(on: "p")
        // What was used longer ago is found by its number like any other.
        let since = today.adding(days: -180) ?? today
        let used = try rows(
            "u.last_used",
            """
            JOIN (SELECT used_id, max(day) AS last_used, max(made) AS last_made FROM (
                SELECT h.project_id AS used_id, h.work_date AS day, h.created_at AS made FROM hour_entry h
                    WHERE h.company_id = \(transaction.company) AND h.worker_id = \(worker) AND h.work_date >= \(since)
                UNION ALL
                SELECT w.project_id, w.withdrawal_date, w.created_at FROM withdrawal w
                    WHERE w.company_id = \(transaction.company) AND w.worker_id = \(worker)
                        AND w.withdrawal_date >= \(since)
                ) every_use GROUP BY used_id) u ON u.used_id = p.id
            """,
            """
            WHERE \(sql: conditions.all()) ORDER BY u.last_used DESC, u.last_made DESC, p.id LIMIT \(limit)
            """, in: transaction)
        let others = try rows(
            "NULL", "", "WHERE \(sql: conditions.all()) ORDER BY p.sort_number, p.id LIMIT \(limit)", in: transaction)
        let known = Set(used.map(\.project.id))
        let found = used + others.filter { !known.contains($0.project.id) }.prefix(limit - used.count)
        guard let kept, !found.contains(where: { $0.project.id == kept }) else { return found }
        return try found
            + rows(
                "NULL", "", "WHERE p.company_id = \(transaction.company) AND p.id = \(kept)", in: transaction)
    }

    private static func rows(
        _ lastUsed: String, _ join: SQL, _ rest: SQL, in transaction: CompanyTransaction
    ) throws -> [ChoosableProject] {
        try transaction.query(
            """
            SELECT \(raw: Project.columnList(of: "p")), c.name AS customer_name, \(raw: lastUsed) AS last_used
            FROM project p \(sql: join)
            LEFT JOIN customer c ON c.company_id = p.company_id AND c.id = p.customer_id
            \(sql: rest)
            """
        ).map { row in
            ChoosableProject(
                project: try Project(row: row), customerName: try row.get("customer_name"),
                lastUsed: try row.get("last_used"))
        }
    }
}
