/// `/v1/project` and `/v1/projectbasic` (API.md 3.2).
extension SandboxState {
    mutating func listProjects(_ call: APICall) throws -> SandboxAnswer {
        let company = try records(call)
        var rows = try projectRows(company, call)
        if let template = call.flag("systemTemplate") { rows = rows.filter { $0.isTemplate == template } }
        if let branch = call.value("branch") { rows = rows.filter { sameKey($0.branch, branch) } }
        if let hold = call.flag("onHold") { rows = rows.filter { ($0.status == "OnHold") == hold } }
        var tasks = Dictionary(grouping: company.tasks, by: \.projectInternalID)
        if let status = call.value("taskStatus") { tasks = tasks.mapValues { $0.filter { $0.status == status } } }
        return try list(rows, projectListing(), call) { [self] project in
            projectFields(project, company, tasks[project.internalID] ?? [])
        }
    }

    mutating func listBasicProjects(_ call: APICall) throws -> SandboxAnswer {
        let company = try records(call)
        var rows = try projectRows(company, call)
        if let id = call.value("projectId") { rows = rows.filter { sameKey($0.projectID, id) } }
        if let text = call.value("description") { rows = rows.filter { sameKey($0.description, text) } }
        return try list(rows, projectListing(), call) { [self] in basicFields($0, company) }
    }

    func project(_ call: APICall, byInternalID: Bool) throws -> SandboxAnswer {
        let company = try records(call)
        let found = company.projects.first {
            byInternalID ? String($0.internalID) == call.key() : sameKey($0.projectID, call.key())
        }
        guard let found else { throw Refusal("Project '\(call.key())' cannot be found in the system.", status: 404) }
        let tasks = company.tasks.filter { $0.projectInternalID == found.internalID }
        return .record(
            projectFields(found, company, tasks), etag: true,
            metadata: SandboxState.metadata(total: 1, limit: configuration.heavyPageSize))
    }

    private func projectListing() -> Listing<ProjectRecord> {
        Listing(
            resource: "project", pageLimit: configuration.heavyPageSize, key: \.projectID, lastModified: \.lastModified,
            created: \.created)
    }

    private func projectRows(_ company: CompanyRecords, _ call: APICall) throws -> [ProjectRecord] {
        var rows = company.projects
        if let status = call.value("status") { rows = rows.filter { $0.status == status } }
        if let day = call.value("startDate") { rows = rows.filter { $0.startDate == String(day.prefix(10)) } }
        if let nonProject = call.flag("nonProject") { rows = rows.filter { $0.isNonProject == nonProject } }
        if let id = call.value("publicId") { rows = rows.filter { publicID("p", $0.internalID) == id.lowercased() } }
        if let employee = call.value("restrictedEmployee") {
            rows = rows.filter { $0.restrictEmployees && $0.employeeNumbers.contains { sameKey($0, employee) } }
        }
        return rows
    }

    /// A uuid that belongs to a record for ever.
    func publicID(_ kind: String, _ id: Int) -> String {
        let salt = kind.utf8.reduce(UInt64(7)) { $0 &* 31 &+ UInt64($1) }
        var generator = SeededGenerator(seed: UInt64(bitPattern: Int64(id)) &+ salt)
        return generator.uuid()
    }

    private func basicFields(_ project: ProjectRecord, _ company: CompanyRecords) -> Fields {
        var fields = Fields()
        addHead(&fields, project, company)
        fields.add("startDate", shownDay(project.startDate))
        fields.add("endDate", shownDay(project.endDate))
        fields.add("autoAllocate", false)
        fields.add("lastModifiedDateTime", shown(project.lastModified))
        fields.add("publicId", publicID("p", project.internalID))
        fields.add("visibility", ifAny: visibility(project.visibleInProjects))
        fields.addTimeStamp()
        return fields
    }

    private func addHead(_ fields: inout Fields, _ project: ProjectRecord, _ company: CompanyRecords) {
        fields.add("internalID", project.internalID)
        fields.add("projectID", project.projectID)
        if let customer = company.customers.first(where: { sameKey($0.number, project.customerNumber) }) {
            fields.add("customer", ifAny: .pair(("number", customer.number), ("name", customer.name)))
        }
        fields.add("hold", project.status == "OnHold")
        fields.add("status", project.status)
        fields.add("description", project.description)
    }

    private func projectFields(_ project: ProjectRecord, _ company: CompanyRecords, _ tasks: [TaskRecord]) -> Fields {
        var fields = Fields()
        addHead(&fields, project, company)
        fields.add("startDate", shownDay(project.startDate))
        fields.add("endDate", shownDay(project.endDate))
        func employee(_ number: String?) -> Fields? {
            company.employees.first { sameKey($0.employeeNumber, number) }.map { employeeFields($0, company) }
        }
        fields.add("projectManager", ifAny: employee(project.managerEmployeeNumber))
        fields.add("restrictEmployees", project.restrictEmployees)
        fields.add("visibility", ifAny: visibility(project.visibleInProjects))
        if let location = company.customers.first(where: { sameKey($0.number, project.customerNumber) })?.locations
            .first(where: { $0.internalID == project.customerLocationID })
        {
            var place = Fields()
            place.add("id", location.internalID)
            place.add("name", location.name)
            fields.add("customerLocation", ifAny: place)
        }
        fields.add("branch", ifAny: branchPair(project.branch, company))
        fields.add("autoAllocate", false)
        fields.add("lastModifiedDateTime", shown(project.lastModified))
        fields.add("tasks", .array(tasks.map { taskFields($0, project, company).json }))
        fields.add("employees", .array(project.employeeNumbers.compactMap { employee($0)?.json }))
        fields.add("publicId", publicID("p", project.internalID))
        fields.add("systemTemplate", project.isTemplate)
        fields.add("attributes", .array([]))
        fields.addTimeStamp()
        return fields
    }

    func visibility(_ inProjects: Bool) -> Fields {
        var fields = Fields()
        for workspace in ["Gl", "Ap", "Ar", "So", "Po", "Ea", "Ta", "In", "Ca", "Cr"] {
            let always = !["Gl", "Ta", "Ea"].contains(workspace)
            fields.add("visibleIn" + workspace, always || inProjects)
        }
        return fields
    }

    func branchPair(_ number: String, _ company: CompanyRecords) -> Fields? {
        company.branches.first { sameKey($0.number, number) }.map { .pair(("number", $0.number), ("name", $0.name)) }
    }
}
