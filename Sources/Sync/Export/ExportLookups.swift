import Foundation
import Persistence
import Proresult

/// Reads everything that waits with what hangs on it, in one statement for each kind of record.
enum WaitingRecords {
    static let statesOfHours: [ApprovalState] = [.registered, .approvedStep1, .approved, .rejected]

    static func anyHours(_ states: [ApprovalState], in transaction: CompanyTransaction) throws -> Bool {
        try transaction.first(
            """
            SELECT 1 AS yes FROM hour_entry waiting
            WHERE waiting.company_id = \(transaction.company)
                AND waiting.state <> 'transferred' AND waiting.state IN (\(list: states))
                AND \(sql: isFree(.hourEntry, in: transaction.company))
            LIMIT 1
            """) != nil
    }

    static func anyWithdrawals(in transaction: CompanyTransaction) throws -> Bool {
        try transaction.first(
            """
            SELECT 1 AS yes FROM withdrawal waiting
            WHERE waiting.company_id = \(transaction.company) AND waiting.state = 'registered'
                AND \(sql: isFree(.withdrawal, in: transaction.company))
            LIMIT 1
            """) != nil
    }

    /// Hours in every state before `transferred`, whatever hinders them, by date.
    static func hours(in transaction: CompanyTransaction) throws -> [SQLRow] {
        try transaction.query(
            """
            SELECT \(raw: waiting(HourEntry.columns)), \(raw: people), work_type.name AS work_type_name,
                work_type.visma_task_id AS work_type_task, work_type.closed_at AS work_type_closed_at,
                \(raw: refusal(of: .hourEntry)) AS refusal
            FROM hour_entry waiting \(raw: joinedPeople)
            JOIN project_work_type work_type
                ON work_type.company_id = waiting.company_id AND work_type.id = waiting.project_work_type_id
            WHERE waiting.company_id = \(transaction.company)
                AND waiting.state <> 'transferred' AND waiting.state IN (\(list: statesOfHours))
                AND \(sql: isFree(.hourEntry, in: transaction.company))
            ORDER BY waiting.work_date, waiting.id
            """)
    }

    /// Withdrawals that are not invoiced, by date; with whether their project has the task that withdrawals go on.
    static func withdrawals(task: String, in transaction: CompanyTransaction) throws -> [SQLRow] {
        try transaction.query(
            """
            SELECT \(raw: waiting(Withdrawal.columns)), \(raw: people), item.erp_number AS item_erp_number,
                item.inactive_at AS item_inactive_at, \(raw: refusal(of: .withdrawal)) AS refusal,
                (SELECT task.id FROM project_work_type task
                 WHERE task.company_id = waiting.company_id AND task.project_id = waiting.project_id
                    AND task.visma_task_id = \(task) AND task.closed_at IS NULL) AS open_task
            FROM withdrawal waiting \(raw: joinedPeople)
            LEFT JOIN item ON item.company_id = waiting.company_id AND item.id = waiting.item_id
            WHERE waiting.company_id = \(transaction.company) AND waiting.state = 'registered'
                AND \(sql: isFree(.withdrawal, in: transaction.company))
            ORDER BY waiting.withdrawal_date, waiting.id
            """)
    }

    private static func waiting(_ columns: [String]) -> String {
        columns.map { "waiting.\($0)" }.joined(separator: ", ")
    }

    private static let people = """
        worker.name AS worker_name, worker.visma_employee_number AS worker_employee, project.number AS project_number,
            project.name AS project_name, project.kind AS project_kind, project.erp_number AS project_erp_number,
            project.erp_state AS project_erp_state, project.erp_deleted_at AS project_erp_deleted_at
        """

    private static let joinedPeople = """
        JOIN worker ON worker.company_id = waiting.company_id AND worker.id = waiting.worker_id
            JOIN project ON project.company_id = waiting.company_id AND project.id = waiting.project_id
        """

    /// The ERP's words about the record as it is, when it has refused it and nobody has asked to try again.
    private static func refusal(of kind: ExportCandidate.SourceKind) -> String {
        """
        (SELECT explanation FROM export_rejection refusal
                 WHERE refusal.company_id = waiting.company_id AND refusal.source_kind = '\(kind.rawValue)'
                    AND refusal.source_id = waiting.id AND refusal.source_version = waiting.version
                    AND refusal.cleared_at IS NULL
                 ORDER BY refusal.rejected_at DESC, refusal.document_id LIMIT 1)
        """
    }

    /// No document holds the record: one that does is on its way, in doubt, or in the ERP.
    ///
    /// Begun at those documents, which are few however many have gone; looked at from a waiting record PostgreSQL goes
    /// through all lines that ever went. No record goes twice if a document is missed: `export_line_source` refuses it.
    private static func isFree(_ kind: ExportCandidate.SourceKind, in company: CompanyID) -> SQL {
        """
        waiting.id NOT IN (
                    SELECT line.source_id
                    FROM (SELECT id FROM export_document
                          WHERE company_id = \(company) AND kind IN ('hours', 'withdrawals')
                            AND state IN ('ready', 'sending', 'unknown', 'rejected', 'needsReview', 'voided')
                          UNION SELECT document_id FROM outbox WHERE company_id = \(company) AND done_at IS NULL) holding
                    CROSS JOIN export_line line
                    WHERE line.company_id = \(company) AND line.document_id = holding.id
                        AND line.source_kind = '\(raw: kind.rawValue)' AND line.released_at IS NULL)
        """
    }
}

/// The worker of a waiting record, as far as the ERP cares.
struct ExportWorker {
    var name: String
    var employee: String?

    init(_ row: SQLRow) throws {
        name = try row.get("worker_name")
        employee = try row.get("worker_employee")
    }

    var blockers: [Blocker] { employee == nil ? [.workerNotLinked(worker: name)] : [] }
}

/// The project of a waiting record.
struct ExportProject {
    var number: String
    var name: String
    var blockers: [Blocker] = []

    init(_ row: SQLRow) throws {
        let erpNumber: String? = try row.get("project_erp_number")
        number = try erpNumber ?? row.get("project_number")
        name = try row.get("project_name")
        if try row.get("project_kind", as: String.self) == "absence" {
            blockers.append(.absenceProject(project: number))
        }
        if erpNumber == nil { blockers.append(.projectNotLinked(project: number)) }
        let erpState: String? = try row.get("project_erp_state")
        let deletedAt: Timestamp? = try row.get("project_erp_deleted_at")
        if erpState == "suspended" { blockers.append(.projectSuspended(project: number)) }
        if erpState == "closed" || deletedAt != nil { blockers.append(.projectClosed(project: number)) }
    }
}

/// The project work type that hours were entered on.
struct ExportWorkType {
    var name: String
    var task: String?
    var isClosed: Bool

    init(_ row: SQLRow) throws {
        name = try row.get("work_type_name")
        task = try row.get("work_type_task")
        isClosed = try row.get("work_type_closed_at", as: Timestamp?.self) != nil
    }

    func blockers(project: String) -> [Blocker] {
        guard let task else { return [.workTypeNotFromVisma(workType: name)] }
        return isClosed ? [.taskClosed(project: project, task: task)] : []
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
