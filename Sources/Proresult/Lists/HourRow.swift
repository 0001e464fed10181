import Persistence

/// An hour entry with the names of what it points at, and where it stands.
public struct HourRow: Sendable, Hashable {
    public let entry: HourEntry
    public let workerName: String
    public let employeeNumber: String
    public let projectNumber: String
    public let projectName: String
    /// Absence never goes to the ERP.
    public let projectKind: ProjectKind
    public let workTypeName: String
    public let workTypeOrigin: WorkTypeOrigin
    /// The task's number, on a work type of the ERP.
    public let vismaTaskID: String?
    /// Why the entry was sent back and by whom, while it is rejected.
    public let rejectionComment: String?
    public let rejectedBy: String?
    /// Who approved it, while it waits for a second person.
    public let firstApprovedBy: String?
    /// Whether new hours may be registered on the same project and work type.
    public let isChoosable: Bool

    /// `rest` begins with the conditions on `h`.
    static func rows(_ join: SQL = "", _ rest: SQL, in transaction: CompanyTransaction) throws -> [HourRow] {
        try transaction.query(
            """
            SELECT \(raw: HourEntry.columnList(of: "h")), k.name AS worker_name, k.employee_number, p.number AS
                project_number, p.name AS project_name, p.kind AS project_kind, t.name AS work_type_name, t.origin, t.visma_task_id,
                CASE WHEN h.state = 'rejected' THEN (SELECT a.comment FROM approval a WHERE \(raw: Self.rejection))
                    END AS rejection_comment,
                CASE WHEN h.state = 'rejected' THEN (SELECT a.decided_by FROM approval a WHERE \(raw: Self.rejection))
                    END AS rejected_by,
                CASE WHEN h.state = 'approvedStep1' THEN \(raw: firstApprover) END AS first_approved_by,
                CASE WHEN \(raw: ChoosableWorkType.condition) THEN 1 ELSE 0 END AS is_choosable
            FROM hour_entry h \(sql: join)
            JOIN worker k ON k.company_id = h.company_id AND k.id = h.worker_id
            JOIN project p ON p.company_id = h.company_id AND p.id = h.project_id
            JOIN project_work_type t ON t.company_id = h.company_id AND t.id = h.project_work_type_id
            LEFT JOIN work_type w ON w.company_id = t.company_id AND w.id = t.work_type_id
            \(sql: rest)
            """
        ).map(HourRow.init(row:))
    }

    private static let rejection = """
        a.company_id = h.company_id AND a.hour_entry_id = h.id AND a.decision = 'rejected'
        ORDER BY a.decided_at DESC, a.id DESC LIMIT 1
        """

    /// Who approved the entry as it is now.
    static let firstApprover = """
        (SELECT a.decided_by FROM approval a WHERE a.company_id = h.company_id AND a.hour_entry_id = h.id
            AND a.step = 1 AND a.decision = 'approved' AND a.entry_version = h.version
            ORDER BY a.decided_at DESC, a.id DESC LIMIT 1)
        """

    private init(row: SQLRow) throws {
        entry = try HourEntry(row: row)
        workerName = try row.get("worker_name")
        employeeNumber = try row.get("employee_number")
        projectNumber = try row.get("project_number")
        projectName = try row.get("project_name")
        projectKind = try row.get("project_kind")
        workTypeName = try row.get("work_type_name")
        workTypeOrigin = try row.get("origin")
        vismaTaskID = try row.get("visma_task_id")
        rejectionComment = try row.get("rejection_comment")
        rejectedBy = try row.get("rejected_by")
        firstApprovedBy = try row.get("first_approved_by")
        isChoosable = try row.get("is_choosable", as: Int.self) == 1
    }
}
