import Persistence

/// How much there is of each: an empty page can tell the first step. One statement.
public struct CompanyOverview: Sendable, Hashable {
    public let workers: Int
    public let linkedWorkers: Int
    /// Active workers without a wage on the day.
    public let workersWithoutWage: Int
    public let customers: Int
    public let projects: Int
    public let linkedProjects: Int
    public let items: Int
    /// Hours that wait for a leader.
    public let entriesAwaitingApproval: Int
    /// Approved hours that are not in the ERP.
    public let entriesApproved: Int
    public let withdrawalsNotInvoiced: Int

    /// Active records count; `today` is for the wages.
    public init(today: CalendarDate, in transaction: CompanyTransaction) throws {
        let company = transaction.company
        let row = try transaction.first(
            """
            SELECT
                (SELECT count(*) FROM worker k WHERE k.company_id = \(company) AND k.inactive_at IS NULL) AS workers,
                (SELECT count(*) FROM worker k WHERE k.company_id = \(company) AND k.inactive_at IS NULL
                    AND k.visma_employee_number IS NOT NULL) AS linked_workers,
                (SELECT count(*) FROM worker k WHERE k.company_id = \(company) AND k.inactive_at IS NULL
                    AND NOT EXISTS (SELECT 1 FROM worker_wage v WHERE v.company_id = k.company_id
                        AND v.worker_id = k.id AND v.valid_from <= \(today))) AS workers_without_wage,
                (SELECT count(*) FROM customer c WHERE c.company_id = \(company)
                    AND c.inactive_at IS NULL) AS customers,
                (SELECT count(*) FROM project p WHERE p.company_id = \(company) AND p.state = 'active') AS projects,
                (SELECT count(*) FROM project p WHERE p.company_id = \(company) AND p.state = 'active'
                    AND p.erp_id IS NOT NULL) AS linked_projects,
                (SELECT count(*) FROM item i WHERE i.company_id = \(company) AND i.inactive_at IS NULL) AS items,
                (SELECT count(*) FROM hour_entry h WHERE h.company_id = \(company)
                    AND h.state <> 'transferred' AND h.state IN ('registered', 'approvedStep1')) AS awaiting_approval,
                (SELECT count(*) FROM hour_entry h WHERE h.company_id = \(company)
                    AND h.state <> 'transferred' AND h.state = 'approved') AS approved,
                (SELECT count(*) FROM withdrawal w WHERE w.company_id = \(company)
                    AND w.state = 'registered') AS not_invoiced
            """)
        guard let row else { throw SQLError.unreadable("counts give no row") }
        workers = try row.get("workers")
        linkedWorkers = try row.get("linked_workers")
        workersWithoutWage = try row.get("workers_without_wage")
        customers = try row.get("customers")
        projects = try row.get("projects")
        linkedProjects = try row.get("linked_projects")
        items = try row.get("items")
        entriesAwaitingApproval = try row.get("awaiting_approval")
        entriesApproved = try row.get("approved")
        withdrawalsNotInvoiced = try row.get("not_invoiced")
    }
}
