import Foundation
import Persistence

/// The worker of a waiting record, as far as the ERP cares.
struct ExportWorker {
    var name: String
    var employee: String?

    var blockers: [Blocker] { employee == nil ? [.workerNotLinked(worker: name)] : [] }

    /// `table` is one of our own two: `hour_entry` or `withdrawal`.
    static func waiting(_ table: String, in transaction: CompanyTransaction) throws -> [String: ExportWorker] {
        try transaction.query(
            """
            SELECT id, name, visma_employee_number FROM worker WHERE company_id = \(transaction.company) AND id IN
                (SELECT worker_id FROM \(raw: table)
                 WHERE company_id = \(transaction.company) AND transferred_at IS NULL)
            """
        ).reduce(into: [:]) { workers, row in
            workers[try row.get("id")] = try ExportWorker(
                name: row.get("name"), employee: row.get("visma_employee_number"))
        }
    }
}

/// The project of a waiting record.
struct ExportProject {
    var number: String
    var blockers: [Blocker]

    static func waiting(_ table: String, in transaction: CompanyTransaction) throws -> [String: ExportProject] {
        try transaction.query(
            """
            SELECT id, number, kind, state, erp_number, erp_state, erp_deleted_at FROM project
            WHERE company_id = \(transaction.company) AND id IN
                (SELECT project_id FROM \(raw: table)
                 WHERE company_id = \(transaction.company) AND transferred_at IS NULL)
            """
        ).reduce(into: [:]) { projects, row in
            let erpNumber: String? = try row.get("erp_number")
            let number: String = try erpNumber ?? row.get("number")
            var blockers: [Blocker] = []
            if try row.get("kind", as: String.self) == "absence" { blockers.append(.absenceProject(project: number)) }
            if erpNumber == nil { blockers.append(.projectNotLinked(project: number)) }
            let erpState: String? = try row.get("erp_state")
            let deletedAt: Timestamp? = try row.get("erp_deleted_at")
            if erpState == "suspended" { blockers.append(.projectSuspended(project: number)) }
            if erpState == "closed" || deletedAt != nil { blockers.append(.projectClosed(project: number)) }
            projects[try row.get("id")] = ExportProject(number: number, blockers: blockers)
        }
    }

    /// The ids of the projects on which a task is open.
    static func projects(withOpenTask task: String, in transaction: CompanyTransaction) throws -> Set<String> {
        try Set(
            transaction.query(
                """
                SELECT project_id FROM project_work_type
                WHERE company_id = \(transaction.company) AND visma_task_id = \(task) AND closed_at IS NULL
                """
            ).map { try $0.get("project_id", as: String.self) })
    }
}

/// The project work type that hours were entered on.
struct ExportWorkType {
    var name: String
    var task: String?
    var isClosed: Bool

    func blockers(project: String) -> [Blocker] {
        guard let task else { return [.workTypeNotFromVisma(workType: name)] }
        return isClosed ? [.taskClosed(project: project, task: task)] : []
    }

    static func usedByWaitingHours(in transaction: CompanyTransaction) throws -> [String: ExportWorkType] {
        try transaction.query(
            """
            SELECT id, name, visma_task_id, closed_at FROM project_work_type
            WHERE company_id = \(transaction.company) AND id IN
                (SELECT project_work_type_id FROM hour_entry
                 WHERE company_id = \(transaction.company) AND transferred_at IS NULL)
            """
        ).reduce(into: [:]) { workTypes, row in
            workTypes[try row.get("id")] = try ExportWorkType(
                name: row.get("name"), task: row.get("visma_task_id"),
                isClosed: row.get("closed_at", as: Timestamp?.self) != nil)
        }
    }
}

/// The wage that a worker had on a date: the latest that was valid from it or before.
struct ExportWages {
    private var history: [String: [(from: CalendarDate, wage: Decimal)]] = [:]

    func wage(of worker: String, on date: CalendarDate) -> Decimal? {
        history[worker]?.last { $0.from <= date }?.wage
    }

    static func waiting(in transaction: CompanyTransaction) throws -> ExportWages {
        var wages = ExportWages()
        for row in try transaction.query(
            """
            SELECT worker_id, valid_from, hourly_wage FROM worker_wage
            WHERE company_id = \(transaction.company) ORDER BY worker_id, valid_from
            """)
        {
            wages.history[try row.get("worker_id"), default: []].append(
                try (row.get("valid_from"), row.get("hourly_wage")))
        }
        return wages
    }
}

/// The item of a waiting withdrawal.
struct ExportItem {
    var erpNumber: String?
    var isInactive: Bool

    static func waiting(in transaction: CompanyTransaction) throws -> [String: ExportItem] {
        try transaction.query(
            """
            SELECT id, erp_number, inactive_at FROM item WHERE company_id = \(transaction.company) AND id IN
                (SELECT item_id FROM withdrawal
                 WHERE company_id = \(transaction.company) AND transferred_at IS NULL)
            """
        ).reduce(into: [:]) { items, row in
            items[try row.get("id")] = try ExportItem(
                erpNumber: row.get("erp_number"), isInactive: row.get("inactive_at", as: Timestamp?.self) != nil)
        }
    }
}
