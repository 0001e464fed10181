import Persistence

public typealias WorkerID = Identifier<Worker>

/// A person who registers hours and takes out items. The wage has its own history: see `Wage`.
public struct Worker: CompanyRecord {
    public var id: WorkerID
    /// Left empty at creation, the next free number is given.
    public var employeeNumber: String
    public var username: String
    public var name: String
    public var email: String?
    public var phone: String?
    public var role: Role
    public var inactiveAt: Timestamp?
    /// The link to the ERP: the number this person has there.
    public var vismaEmployeeNumber: String?

    public var isActive: Bool { inactiveAt == nil }

    public init(
        id: WorkerID, employeeNumber: String = "", username: String, name: String, email: String? = nil,
        phone: String? = nil, role: Role = .worker, inactiveAt: Timestamp? = nil, vismaEmployeeNumber: String? = nil
    ) {
        self.id = id
        self.employeeNumber = employeeNumber
        self.username = username
        self.name = name
        self.email = email
        self.phone = phone
        self.role = role
        self.inactiveAt = inactiveAt
        self.vismaEmployeeNumber = vismaEmployeeNumber
    }

    public static let kind = RecordKind.worker
    public static let columns = [
        "id", "employee_number", "username", "name", "email", "phone", "role", "inactive_at", "visma_employee_number",
    ]

    public var values: [SQLValue] {
        [
            id.sqlValue, employeeNumber.sqlValue, username.sqlValue, name.sqlValue, email.sqlValue, phone.sqlValue,
            role.sqlValue, inactiveAt.sqlValue, vismaEmployeeNumber.sqlValue,
        ]
    }

    public init(row: SQLRow) throws {
        id = try row.get("id")
        employeeNumber = try row.get("employee_number")
        username = try row.get("username")
        name = try row.get("name")
        email = try row.get("email")
        phone = try row.get("phone")
        role = try row.get("role")
        inactiveAt = try row.get("inactive_at")
        vismaEmployeeNumber = try row.get("visma_employee_number")
    }
}
