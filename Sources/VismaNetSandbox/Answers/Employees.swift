/// `/v1/employee` (API.md 3.5).
extension SandboxState {
    mutating func listEmployees(_ call: APICall) throws -> SandboxAnswer {
        let company = try records(call)
        var rows = company.employees
        if let linked = call.flag("linkedToUser") { rows = rows.filter { $0.email.isEmpty != linked } }
        let listing = Listing<EmployeeRecord>(
            resource: "employee", pageLimit: configuration.lightPageSize, key: \.employeeNumber,
            lastModified: \.lastModified)
        return try list(rows, listing, call) { [self] in employeeFields($0, company) }
    }

    func employee(_ call: APICall) throws -> SandboxAnswer {
        let company = try records(call)
        guard let found = company.employees.first(where: { sameKey($0.employeeNumber, call.key()) }) else {
            throw Refusal("Employee '\(call.key())' cannot be found in the system.", status: 404)
        }
        let metadata = SandboxState.metadata(total: 1, limit: configuration.lightPageSize)
        return .record(employeeFields(found, company), etag: true, metadata: metadata)
    }

    func employeeFields(_ employee: EmployeeRecord, _ company: CompanyRecords) -> Fields {
        let name = "\(employee.firstName) \(employee.lastName)"
        var contact = Fields()
        contact.add("firstName", employee.firstName)
        contact.add("lastName", employee.lastName)
        contact.add("contactId", employee.employeeID)
        contact.add("name", name)
        contact.add("email", employee.email)
        contact.add("phone1", employee.phone)
        var fields = Fields()
        fields.add("employeeUserId", employee.email.isEmpty ? nil : publicID("e", employee.employeeID))
        fields.add("employeeId", employee.employeeID)
        fields.add("employeeNumber", employee.employeeNumber)
        fields.add("employeeName", name)
        fields.add("status", employee.status)
        fields.add("department", employee.department)
        fields.add("contact", ifAny: contact)
        fields.add("lastModifiedDateTime", shown(employee.lastModified))
        fields.add("employeeClass", ifAny: .pair(("id", "1"), ("description", "Ansatte")))
        fields.add("branch", ifAny: branchPair(employee.branch, company))
        fields.add("calendarID", "NORGE")
        fields.add("employeeLogin", employee.email)
        fields.addTimeStamp()
        return fields
    }
}
