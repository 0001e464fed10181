/// An employee (API.md 3.5).
public struct Employee: Sendable, Equatable {
    /// Internal.
    public var employeeID: Int64
    /// The number people know, and what transaction lines call `employee`.
    public var employeeNumber: String
    public var name: String?
    public var status: Listed<EmployeeStatus>?
    public var department: String?
    public var email: String?
    public var branch: NumberedName?
    /// The ERP's own time; a watermark, never a business date (API.md 5.17).
    public var lastModified: VismaDateTime?
    /// The row version, field `timeStamp`.
    public var etag: ETag?
}

extension Employee: RowDecodable {
    static let keyNames = ["employeeNumber", "employeeId"]

    init(row: RowReader) throws(UnreadableField) {
        employeeID = try row.integer("employeeId")
        employeeNumber = try row.key("employeeNumber")
        name = try row.optionalText("employeeName")
        status = try row.listed("status")
        department = try row.optionalText("department")
        email = try row.optionalRow("contact")?.optionalText("email")
        branch = try row.numberedName("branch")
        lastModified = try row.optionalDateTime("lastModifiedDateTime")
        etag = try row.optionalText("timeStamp").flatMap { ETag($0) }
    }
}

/// Status of an employee (API.md 3.5).
public enum EmployeeStatus: String, Sendable, Hashable {
    case active = "Active"
    case onHold = "OnHold"
    case holdPayments = "HoldPayments"
    case inactive = "Inactive"
    case oneTime = "OneTime"
}

extension VismaNetClient {
    /// Employees. Page by page; `changedSince` includes that time itself (API.md 2.2).
    public func employees(
        changedSince: VismaDateTime? = nil, page: Int, pageSize: Int = 500
    ) async throws(VismaNetError) -> Page<Employee> {
        var query = QueryItems()
        query.add("lastModifiedDateTime", atOrAfter: changedSince)
        return try await self.page("employees", ["v1", "employee"], query: query, page: page, size: pageSize)
    }

    /// All pages of the same list.
    public func employeePages(
        changedSince: VismaDateTime? = nil, pageSize: Int = 500
    ) -> PageSequence<Employee> {
        pages("employees", ["v1", "employee"]) { (number) async throws(VismaNetError) in
            try await employees(changedSince: changedSince, page: number, pageSize: pageSize)
        }
    }

    /// One employee by number. Nil if there is none.
    public func employee(number: String) async throws(VismaNetError) -> Employee? {
        let call = try call("employee", path: ["v1", "employee"], key: number)
        let found: Versioned<Employee>? = try await one(call)
        return found?.record
    }
}
