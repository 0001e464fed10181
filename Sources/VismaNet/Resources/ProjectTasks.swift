/// A task of a project (API.md 3.3).
public struct ProjectTask: Sendable, Equatable {
    public var internalID: Int64
    /// The only link to the project: its `internalID`.
    public var projectInternalID: Int64
    /// The code; unique only inside the project.
    public var taskID: String
    public var description: String?
    public var status: Listed<TaskStatus>?
    public var startDate: VismaDate?
    public var endDate: VismaDate?
    public var restrictEmployees: Bool?
    /// The flag `visibleInTa` of `visibility`; a task may be hidden from a workspace.
    public var visibleInTa: Bool?
    /// The ERP's own time; a watermark, never a business date (API.md 5.17).
    public var lastModified: VismaDateTime?
    /// The row version, field `timeStamp`.
    public var etag: ETag?
}

extension ProjectTask: RowDecodable {
    static let keyNames = ["internalId", "taskId"]

    init(row: RowReader) throws(UnreadableField) {
        internalID = try row.integer("internalId")
        projectInternalID = try row.integer("projectInternalId")
        taskID = try row.key("taskId")
        description = try row.optionalText("description")
        status = try row.listed("status")
        startDate = try row.optionalDate("startDate")
        endDate = try row.optionalDate("endDate")
        restrictEmployees = try row.optionalFlag("restrictEmployees")
        visibleInTa = try row.optionalRow("visibility")?.optionalFlag("visibleInTa")
        lastModified = try row.optionalDateTime("lastModifiedDateTime")
        etag = try row.optionalText("timeStamp").flatMap { ETag($0) }
    }
}

/// Status of a task (API.md 3.3). The API spells "cancelled" in two ways.
public enum TaskStatus: String, Sendable, Hashable {
    case planned = "Planned"
    case active = "Active"
    case cancelled = "Cancelled"
    case canceled = "Canceled"
    case completed = "Completed"
}

extension VismaNetClient {
    /// Tasks of all projects. The rows tell no page size (API.md 2.1), so only an empty page ends the list. Page by page; `changedSince` includes that time itself (API.md 2.2).
    public func projectTasks(
        changedSince: VismaDateTime? = nil, page: Int, pageSize: Int = 500
    ) async throws(VismaNetError) -> Page<ProjectTask> {
        var query = QueryItems()
        query.add("lastModifiedDateTime", atOrAfter: changedSince)
        return try await self.page("project tasks", ["v1", "projecttask"], query: query, page: page, size: pageSize)
    }

    /// All pages of the same list.
    public func projectTaskPages(
        changedSince: VismaDateTime? = nil, pageSize: Int = 500
    ) -> PageSequence<ProjectTask> {
        pages("project tasks", ["v1", "projecttask"]) { (number) async throws(VismaNetError) in
            try await projectTasks(changedSince: changedSince, page: number, pageSize: pageSize)
        }
    }
}
