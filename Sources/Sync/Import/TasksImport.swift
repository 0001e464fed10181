import Persistence
import Proresult

/// The tasks of the imported projects, which become their work types. Keyed by project and task: the same task number
/// on two projects is two work types. Tasks of projects that are not imported are passed over.
struct TasksImport: ImportedRecord {
    let randomness: Randomness
    let now: Timestamp
    let resource = ImportResource.tasks

    func page(_ request: ERPPageRequest, from connector: any ERPConnector) async throws -> ERPPage<ERPTask> {
        try await connector.tasks(request)
    }

    /// The projects of the rows, by the ERP's id.
    func beside(_ rows: [ERPTask], in transaction: CompanyTransaction) throws -> [String: Project] {
        let projects = try Project.find(
            erpIDs: Set(rows.map(\.projectID)).sorted(), numbers: [], in: transaction)
        return Dictionary(projects.compactMap { project in project.erpID.map { ($0, project) } }) { first, _ in first }
    }

    func existing(
        _ rows: [ERPTask], _ projects: [String: Project], in transaction: CompanyTransaction
    ) throws -> [ProjectWorkType] {
        guard !rows.isEmpty else { return [] }
        // Each list by itself: where OR joins them, or where they are to be ordered, SQLite reads all tasks of the company. By
        // `coalesce` the index is asked for each project, and not for each project with each number.
        let (columns, projectIDs) = (
            ProjectWorkType.columns.joined(separator: ", "), projects.values.map(\.id).sorted()
        )
        return try transaction.query(
            """
            SELECT \(raw: columns) FROM project_work_type WHERE \(sql: transaction.among(rows.map(\.id), in: "erp_id"))
            UNION SELECT \(raw: columns) FROM project_work_type
            WHERE \(sql: transaction.among(projectIDs, in: "project_id"))
                AND coalesce(visma_task_id, '') IN (\(list: Set(rows.map(\.taskID.unpadded)).sorted()))
            """
        ).map(ProjectWorkType.init(row:))
    }

    func key(of row: ERPTask, _ projects: [String: Project]) -> String? {
        guard let project = projects[row.projectID], !row.taskID.unpadded.isEmpty else { return nil }
        return Self.key(project.id, row.taskID.unpadded)
    }
    func key(of task: ProjectWorkType) -> String { Self.key(task.projectID, task.vismaTaskID ?? "") }
    private static func key(_ project: ProjectID, _ task: String) -> String { "\(project)/\(task)" }

    func label(of row: ERPTask, _ projects: [String: Project]) -> String {
        "\(projects[row.projectID]?.number ?? "?")/\(row.taskID.unpadded)"
    }

    /// Hours point at project and work type together, so a work type cannot follow a task to another project.
    func objection(_ task: ProjectWorkType, _ row: ERPTask, _ projects: [String: Project]) -> String? {
        projects[row.projectID]?.id == task.projectID ? nil : "the task has moved to another project"
    }

    func make(
        _ row: ERPTask, _ projects: [String: Project], in transaction: CompanyTransaction
    ) throws -> ProjectWorkType {
        guard let project = projects[row.projectID] else {
            throw ERPError(.bug, "a task without project", request: "the list of tasks")
        }
        return ProjectWorkType(
            id: ProjectWorkTypeID(using: randomness), projectID: project.id, origin: .visma,
            vismaTaskID: row.taskID.unpadded, name: row.name)
    }

    func overwrite(_ task: inout ProjectWorkType, with row: ERPTask, _: [String: Project]) {
        task.vismaTaskID = row.taskID.unpadded
        task.name = row.name
        task.closedAt = row.isOpen ? nil : task.closedAt ?? now
    }
}

extension ProjectWorkType: LinkedRecord {
    static let word = "task"
    static let ownedColumns: Set = ["visma_task_id", "name", "closed_at"]
    static let numberColumn = "visma_task_id"
    static let labelSQL = """
        (SELECT p.number FROM project p WHERE p.company_id = project_work_type.company_id
            AND p.id = project_work_type.project_id) || '/' || visma_task_id
        """
    static let wordForShut = RunItem.Happened.closed
    static let wordForOpened = RunItem.Happened.reopened
    var isUsable: Bool { isOpen }
    mutating func shut(at now: Timestamp) { closedAt = now }
}
