/// `/v1/projecttask` and `/v1/project/tasks` (API.md 3.3): rows without `metadata` and without the project's code.
extension SandboxState {
    mutating func listTasks(_ call: APICall) throws -> SandboxAnswer {
        let company = try records(call)
        let projects = Dictionary(company.projects.map { ($0.internalID, $0) }) { first, _ in first }
        var rows = company.tasks
        if let code = call.value("projectId") {
            let id = company.projects.first { sameKey($0.projectID, code) }?.internalID
            rows = rows.filter { $0.projectInternalID == id }
        }
        if let id = call.integer("projectInternalId") { rows = rows.filter { $0.projectInternalID == id } }
        if let code = call.value("taskCd") { rows = rows.filter { sameKey($0.taskID, code) } }
        if let status = call.value("status") { rows = rows.filter { $0.status == status } }
        if let text = call.value("description") { rows = rows.filter { sameKey($0.description, text) } }
        let listing = Listing<TaskRecord>(
            resource: "projecttask", pageLimit: configuration.lightPageSize, hasMetadata: false, key: \.taskID,
            lastModified: \.lastModified, created: \.created)
        return try list(rows, listing, call) { [self] in
            extendedTaskFields($0, projects[$0.projectInternalID], company)
        }
    }

    func task(_ call: APICall) throws -> SandboxAnswer {
        let company = try records(call)
        guard let found = company.tasks.first(where: { String($0.internalID) == call.key() }) else {
            throw Refusal("Project task '\(call.key())' cannot be found in the system.", status: 404)
        }
        let project = company.projects.first { $0.internalID == found.projectInternalID }
        return .record(extendedTaskFields(found, project, company), etag: true)
    }

    private func extendedTaskFields(_ task: TaskRecord, _ project: ProjectRecord?, _ company: CompanyRecords) -> Fields
    {
        var fields = Fields()
        fields.add("internalId", task.internalID)
        fields.add("projectInternalId", task.projectInternalID)
        fields.add("lastModifiedDateTime", shown(task.lastModified))
        fields.add("createdDateTime", shown(task.created))
        addTask(&fields, task, project, company)
        return fields
    }

    /// The short form inside a project: no internal id, no last-modified.
    func taskFields(_ task: TaskRecord, _ project: ProjectRecord?, _ company: CompanyRecords) -> Fields {
        var fields = Fields()
        addTask(&fields, task, project, company)
        return fields
    }

    private func addTask(
        _ fields: inout Fields, _ task: TaskRecord, _ project: ProjectRecord?, _ company: CompanyRecords
    ) {
        fields.add("taskId", task.taskID)
        fields.add("description", task.description)
        fields.add("plannedStart", shownDay(project?.startDate))
        fields.add("plannedEnd", shownDay(project?.endDate))
        fields.add("startDate", shownDay(project?.startDate))
        fields.add("endDate", nil as String?)
        fields.add("branch", ifAny: project.flatMap { branchPair($0.branch, company) })
        fields.add("status", task.status)
        fields.add("restrictEmployees", project?.restrictEmployees ?? false)
        fields.add("visibility", ifAny: visibility(task.visibleInProjects))
        fields.add("employees", .array([]))
        fields.add("attributes", .array([]))
        fields.addTimeStamp()
    }
}
