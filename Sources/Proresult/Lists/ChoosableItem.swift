import Persistence

/// An item that a worker may take out: first those that the worker took lately, the last one first, then all others by
/// number. Two statements.
public struct ChoosableItem: Sendable, Hashable {
    public let item: Item
    /// The worker's last day with it; nil when there is none lately.
    public let lastUsed: CalendarDate?

    /// `search`: words that number or name must have. Inactive items are never among them.
    public static func all(
        for worker: WorkerID, search: String = "", today: CalendarDate, limit: Int = 30,
        in transaction: CompanyTransaction
    ) throws -> [ChoosableItem] {
        let limit = min(max(1, limit), 200)
        let conditions =
            ["i.company_id = \(transaction.company)", "i.inactive_at IS NULL"] + SearchWords(search).conditions(on: "i")
        let since = today.adding(days: -180) ?? today
        let used = try rows(
            "u.last_used",
            """
            JOIN (SELECT w.item_id AS used_id, max(w.withdrawal_date) AS last_used, max(w.created_at) AS last_made
                FROM withdrawal w WHERE w.company_id = \(transaction.company) AND w.worker_id = \(worker)
                    AND w.withdrawal_date >= \(since) GROUP BY w.item_id) u ON u.used_id = i.id
            """,
            """
            WHERE \(sql: conditions.all()) ORDER BY u.last_used DESC, u.last_made DESC, i.id LIMIT \(limit)
            """, in: transaction)
        let others = try rows(
            "NULL", "", "WHERE \(sql: conditions.all()) ORDER BY i.sort_number, i.id LIMIT \(limit)", in: transaction)
        let known = Set(used.map(\.item.id))
        return used + others.filter { !known.contains($0.item.id) }.prefix(limit - used.count)
    }

    private static func rows(
        _ lastUsed: String, _ join: SQL, _ rest: SQL, in transaction: CompanyTransaction
    ) throws -> [ChoosableItem] {
        try transaction.query(
            """
            SELECT \(raw: Item.columnList(of: "i")), \(raw: lastUsed) AS last_used FROM item i \(sql: join)
            \(sql: rest)
            """
        ).map { ChoosableItem(item: try Item(row: $0), lastUsed: try $0.get("last_used")) }
    }
}
