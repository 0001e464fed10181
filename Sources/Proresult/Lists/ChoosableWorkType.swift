import Persistence

/// A work type that a person may choose for new hours on a project: open, of an active project, and on a project that
/// came from the ERP only one of the ERP's, since hours on others would never get there.
public struct ChoosableWorkType: Sendable, Hashable {
    public let workType: ProjectWorkType
    /// The worker's last day on it; nil when there is none.
    public let lastUsed: CalendarDate?

    /// On the aliases `p` project, `t` project work type and `w` work type (which a task of the ERP has not).
    static let condition = """
        p.state = 'active' AND t.closed_at IS NULL AND w.inactive_at IS NULL
            AND (p.erp_id IS NULL OR t.origin = 'visma')
        """

    /// Of one project, the worker's last used first, then by task number or name. One statement.
    public static func all(
        on project: ProjectID, for worker: WorkerID?, in transaction: CompanyTransaction
    ) throws -> [ChoosableWorkType] {
        try transaction.query(
            """
            SELECT \(raw: ProjectWorkType.columnList(of: "t")), u.last_used FROM project_work_type t
            JOIN project p ON p.company_id = t.company_id AND p.id = t.project_id
            LEFT JOIN work_type w ON w.company_id = t.company_id AND w.id = t.work_type_id
            LEFT JOIN (SELECT h.project_work_type_id, max(h.work_date) AS last_used FROM hour_entry h
                WHERE h.company_id = \(transaction.company) AND h.project_id = \(project)
                    AND h.worker_id = \(worker) GROUP BY h.project_work_type_id) u ON u.project_work_type_id = t.id
            WHERE t.company_id = \(transaction.company) AND t.project_id = \(project) AND \(raw: condition)
            ORDER BY coalesce(u.last_used, '') DESC, coalesce(t.visma_task_id, ''), t.name, t.id
            """
        ).map { ChoosableWorkType(workType: try ProjectWorkType(row: $0), lastUsed: try $0.get("last_used")) }
    }
}
