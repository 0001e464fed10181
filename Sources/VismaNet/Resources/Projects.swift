/// A project (API.md 3.2). It has no address of its own.
public struct Project: Sendable, Equatable {
    /// Stays when the project's code is changed.
    public var internalID: Int64
    /// The code people know.
    public var projectID: String
    /// The project's name.
    public var description: String?
    public var status: Listed<ProjectStatus>?
    public var hold: Bool?
    /// Templates appear in the list and are to be skipped.
    public var isSystemTemplate: Bool?
    public var customer: NumberedName?
    /// Which of the customer's locations.
    public var customerLocation: CustomerLocation?
    public var startDate: VismaDate?
    public var endDate: VismaDate?
    /// By employee number.
    public var projectManager: NumberedName?
    /// If true only employees of the project may be posted.
    public var restrictEmployees: Bool?
    /// Employees of the project.
    public var employeeNumbers: [String]
    public var branch: NumberedName?
    /// Tasks as the project shows them: without internal id.
    public var tasks: [TaskInProject]
    /// The ERP's own time; a watermark, never a business date (API.md 5.17).
    public var lastModified: VismaDateTime?
    /// The row version, field `timeStamp`.
    public var etag: ETag?
}

extension Project: RowDecodable {
    static let keyNames = ["projectID", "internalID"]

    init(row: RowReader) throws(UnreadableField) {
        internalID = try row.integer("internalID")
        projectID = try row.key("projectID")
        description = try row.optionalText("description")
        status = try row.listed("status")
        hold = try row.optionalFlag("hold")
        isSystemTemplate = try row.optionalFlag("systemTemplate")
        customer = try row.numberedName("customer")
        customerLocation = try CustomerLocation(project: row)
        startDate = try row.optionalDate("startDate")
        endDate = try row.optionalDate("endDate")
        projectManager = try row.numberedName("projectManager", number: "employeeNumber", text: "employeeName")
        restrictEmployees = try row.optionalFlag("restrictEmployees")
        employeeNumbers = try row.rows("employees")
            .map { (row) throws(UnreadableField) in try row.optionalKey("employeeNumber") }.compactMap(\.self)
        branch = try row.numberedName("branch")
        tasks = try row.rows("tasks").map { (row) throws(UnreadableField) in try TaskInProject(row: row) }
        lastModified = try row.optionalDateTime("lastModifiedDateTime")
        etag = try row.optionalText("timeStamp").flatMap { ETag($0) }
    }
}

/// A location of the customer as the project points at it. `id` is the location's **internal** id.
public struct CustomerLocation: Sendable, Equatable {
    public var id: Int64
    public var name: String?

    public init(id: Int64, name: String?) {
        self.id = id
        self.name = name
    }

    init?(project: RowReader) throws(UnreadableField) {
        guard let row = try project.optionalRow("customerLocation"), let id = try row.optionalInteger("id") else {
            return nil
        }
        self.init(id: id, name: try row.optionalText("name"))
    }
}

/// A task inside a project.
public struct TaskInProject: Sendable, Equatable {
    /// The code; unique only inside the project.
    public var taskID: String
    public var description: String?
    public var status: Listed<TaskStatus>?
    public var startDate: VismaDate?
    public var endDate: VismaDate?
    public var restrictEmployees: Bool?
}

extension TaskInProject: RowDecodable {
    static let keyNames = ["taskId"]

    init(row: RowReader) throws(UnreadableField) {
        taskID = try row.key("taskId")
        description = try row.optionalText("description")
        status = try row.listed("status")
        startDate = try row.optionalDate("startDate")
        endDate = try row.optionalDate("endDate")
        restrictEmployees = try row.optionalFlag("restrictEmployees")
    }
}

/// Status of a project (API.md 3.2). `OnHold` is shown as "Suspended", `Planned` as "In planning".
public enum ProjectStatus: String, Sendable, Hashable {
    case planned = "Planned"
    case active = "Active"
    case completed = "Completed"
    case cancelled = "Cancelled"
    case onHold = "OnHold"
    case pendingApproval = "PendingApproval"
}

extension VismaNetClient {
    /// Projects with their tasks. Page by page; `changedSince` includes that time itself (API.md 2.2).
    public func projects(
        changedSince: VismaDateTime? = nil, page: Int, pageSize: Int = 500
    ) async throws(VismaNetError) -> Page<Project> {
        var query = QueryItems()
        query.add("lastModifiedDateTime", atOrAfter: changedSince)
        return try await self.page("projects", ["v1", "project"], query: query, page: page, size: pageSize)
    }

    /// All pages of the same list.
    public func projectPages(
        changedSince: VismaDateTime? = nil, pageSize: Int = 500
    ) -> PageSequence<Project> {
        pages("projects", ["v1", "project"]) { (number) async throws(VismaNetError) in
            try await projects(changedSince: changedSince, page: number, pageSize: pageSize)
        }
    }

    /// One project by its code. Nil if there is none.
    public func project(projectID: String) async throws(VismaNetError) -> Project? {
        let call = try call("project", path: ["v1", "project"], key: projectID)
        let found: Versioned<Project>? = try await one(call)
        return found?.record
    }

    /// One project by internal id. Nil if there is none.
    public func project(internalID: Int64) async throws(VismaNetError) -> Project? {
        let call = try call("project", path: ["v1", "project", "internal"], key: String(internalID))
        let found: Versioned<Project>? = try await one(call)
        return found?.record
    }
}
