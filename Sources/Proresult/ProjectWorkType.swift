import Persistence

public typealias ProjectWorkTypeID = Identifier<ProjectWorkType>

/// Where a work type comes from: made here, or a task of the ERP's project.
public enum WorkTypeOrigin: String, SQLConvertible, CaseIterable {
    case proresult, visma
}

/// A work type that belongs to one project. The same task number on two projects is two of these.
public struct ProjectWorkType: CompanyRecord {
    public var id: ProjectWorkTypeID
    public var projectID: ProjectID
    public var origin: WorkTypeOrigin
    /// Set when the origin is `proresult`, and only then.
    public var workTypeID: WorkTypeID?
    /// Set when the origin is `visma`, and only then: the task's number there.
    public var vismaTaskID: String?
    public var name: String
    /// Closed for new hours; those already registered keep it.
    public var closedAt: Timestamp?
    public var erpID: String?
    public var erpModifiedAt: String?
    public var erpMissingPasses: Int
    public var erpDeletedAt: Timestamp?

    public var isOpen: Bool { closedAt == nil }

    public init(
        id: ProjectWorkTypeID, projectID: ProjectID, origin: WorkTypeOrigin, workTypeID: WorkTypeID? = nil,
        vismaTaskID: String? = nil, name: String, closedAt: Timestamp? = nil, erpID: String? = nil,
        erpModifiedAt: String? = nil, erpMissingPasses: Int = 0, erpDeletedAt: Timestamp? = nil
    ) {
        self.id = id
        self.projectID = projectID
        self.origin = origin
        self.workTypeID = workTypeID
        self.vismaTaskID = vismaTaskID
        self.name = name
        self.closedAt = closedAt
        self.erpID = erpID
        self.erpModifiedAt = erpModifiedAt
        self.erpMissingPasses = erpMissingPasses
        self.erpDeletedAt = erpDeletedAt
    }

    public static let kind = RecordKind.projectWorkType
    public static let columns = [
        "id", "project_id", "origin", "work_type_id", "visma_task_id", "name", "closed_at", "erp_id",
        "erp_modified_at", "erp_missing_passes", "erp_deleted_at",
    ]

    public var values: [SQLValue] {
        [
            id.sqlValue, projectID.sqlValue, origin.sqlValue, workTypeID.sqlValue, vismaTaskID.sqlValue,
            name.sqlValue, closedAt.sqlValue, erpID.sqlValue, erpModifiedAt.sqlValue, erpMissingPasses.sqlValue,
            erpDeletedAt.sqlValue,
        ]
    }

    public init(row: SQLRow) throws {
        id = try row.get("id")
        projectID = try row.get("project_id")
        origin = try row.get("origin")
        workTypeID = try row.get("work_type_id")
        vismaTaskID = try row.get("visma_task_id")
        name = try row.get("name")
        closedAt = try row.get("closed_at")
        erpID = try row.get("erp_id")
        erpModifiedAt = try row.get("erp_modified_at")
        erpMissingPasses = try row.get("erp_missing_passes")
        erpDeletedAt = try row.get("erp_deleted_at")
    }
}

extension ProjectWorkType {
    public static func find(
        erpIDs: [String], in transaction: CompanyTransaction
    ) throws -> [ProjectWorkType] {
        try rows(
            """
            SELECT \(raw: columnList) FROM project_work_type
            WHERE company_id = \(transaction.company) AND erp_id IN (\(list: erpIDs)) ORDER BY id
            """, in: transaction)
    }

    /// All work types of the projects, closed ones too.
    public static func find(
        projectIDs: [ProjectID], in transaction: CompanyTransaction
    ) throws -> [ProjectWorkType] {
        try rows(
            """
            SELECT \(raw: columnList) FROM project_work_type
            WHERE company_id = \(transaction.company) AND project_id IN (\(list: projectIDs))
            ORDER BY project_id, origin, visma_task_id, name, id
            """, in: transaction)
    }
}

extension ProjectWorkType {
    /// Puts a work type of the company on a project. One that the project has, open or closed, is opened and returned.
    @discardableResult
    public static func add(
        _ workTypeID: WorkTypeID, to projectID: ProjectID, id: ProjectWorkTypeID, in transaction: CompanyTransaction
    ) throws -> ProjectWorkType {
        let workType = try WorkType.get(workTypeID, in: transaction)
        guard workType.isActive else { throw ProresultError.inactive(.workType, name: workType.name) }
        let project = try Project.lock(projectID, in: transaction)
        guard project.isActive else { throw ProresultError.projectClosed(number: project.number) }
        let known = try find(projectIDs: [projectID], in: transaction).first { $0.workTypeID == workTypeID }
        if let known { return try reopen(known.id, in: transaction) }
        let added = ProjectWorkType(
            id: id, projectID: projectID, origin: .proresult, workTypeID: workTypeID, name: workType.name)
        try insert([added], in: transaction)
        return added
    }

    @discardableResult
    public static func close(
        _ id: ProjectWorkTypeID, at now: Timestamp, in transaction: CompanyTransaction
    ) throws -> ProjectWorkType {
        var workType = try lock(id, in: transaction)
        workType.closedAt = workType.closedAt ?? now
        try update([workType], in: transaction)
        return workType
    }

    @discardableResult
    public static func reopen(
        _ id: ProjectWorkTypeID, in transaction: CompanyTransaction
    ) throws -> ProjectWorkType {
        var workType = try lock(id, in: transaction)
        workType.closedAt = nil
        try update([workType], in: transaction)
        return workType
    }

    /// What new hours may be registered on: open, of an active project, and when it is the company's own, active there.
    public static func availableForHours(
        on projectID: ProjectID, in transaction: CompanyTransaction
    ) throws -> [ProjectWorkType] {
        guard try Project.get(projectID, in: transaction).isActive else { return [] }
        let inactive = Set(try WorkType.all(in: transaction).filter { !$0.isActive }.map(\.id))
        return try find(projectIDs: [projectID], in: transaction).filter { workType in
            workType.isOpen && !(workType.workTypeID.map(inactive.contains) ?? false)
        }
    }

    /// Throws for a work type of ours on a project that came from the ERP: hours on it never get there.
    func checkReachesVisma(from project: Project) throws {
        guard project.erpID == nil || origin == .visma else { throw ProresultError.workTypeNotFromVisma(name: name) }
    }

    /// Throws unless new hours may be registered on this work type of the project.
    func checkAvailable(on project: Project, in transaction: CompanyTransaction) throws {
        guard projectID == project.id else { throw ProresultError.workTypeOfOtherProject(name: name) }
        guard project.isActive else { throw ProresultError.projectClosed(number: project.number) }
        guard isOpen else { throw ProresultError.workTypeClosed(name: name) }
        if let workTypeID, try !WorkType.get(workTypeID, in: transaction).isActive {
            throw ProresultError.inactive(.workType, name: name)
        }
    }
}
