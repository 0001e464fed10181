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

extension Worker {
    /// Makes a worker; an empty employee number becomes the next free one.
    @discardableResult
    public static func create(_ worker: Worker, in transaction: CompanyTransaction) throws -> Worker {
        var worker = worker
        if worker.employeeNumber.isEmpty {
            worker.employeeNumber = try nextNumber(column: "employee_number", in: transaction)
        }
        worker = try worker.checked(in: transaction)
        try insert([worker], in: transaction)
        return worker
    }

    @discardableResult
    public static func update(_ worker: Worker, in transaction: CompanyTransaction) throws -> Worker {
        _ = try lock(worker.id, in: transaction)
        let worker = try worker.checked(in: transaction)
        try update([worker], in: transaction)
        return worker
    }

    /// An inactive worker keeps what was registered and gets nothing new.
    public static func deactivate(_ id: WorkerID, at now: Timestamp, in transaction: CompanyTransaction) throws {
        var worker = try lock(id, in: transaction)
        worker.inactiveAt = worker.inactiveAt ?? now
        try update([worker], in: transaction)
    }

    public static func activate(_ id: WorkerID, in transaction: CompanyTransaction) throws {
        var worker = try lock(id, in: transaction)
        worker.inactiveAt = nil
        try update([worker], in: transaction)
    }

    /// Links the worker to a number in the ERP. Refuses one that another worker has.
    @discardableResult
    public static func link(
        _ id: WorkerID, vismaEmployeeNumber: String, in transaction: CompanyTransaction
    ) throws -> Worker {
        var worker = try lock(id, in: transaction)
        worker.vismaEmployeeNumber = try vismaEmployeeNumber.usable(kind, "vismaEmployeeNumber", .required)
        return try update(worker, in: transaction)
    }

    public static func unlink(_ id: WorkerID, in transaction: CompanyTransaction) throws {
        var worker = try lock(id, in: transaction)
        worker.vismaEmployeeNumber = nil
        try update([worker], in: transaction)
    }

    /// The texts tidied; refuses a number, user name or link that another worker has.
    private func checked(in transaction: CompanyTransaction) throws -> Worker {
        var worker = self
        worker.employeeNumber = try employeeNumber.usable(Self.kind, "employeeNumber", .required)
        worker.username = try username.usable(Self.kind, "username", .required).lowercased()
        worker.name = try name.usable(Self.kind, "name", .required)
        worker.email = try email.usable(Self.kind, "email")
        worker.phone = try phone.usable(Self.kind, "phone")
        worker.vismaEmployeeNumber = try vismaEmployeeNumber.usable(Self.kind, "vismaEmployeeNumber")
        try refuse(
            "employeeNumber", worker.employeeNumber,
            takenBy: Self.find(employeeNumber: worker.employeeNumber, in: transaction))
        try refuse("username", worker.username, takenBy: Self.find(username: worker.username, in: transaction))
        if let linked = worker.vismaEmployeeNumber {
            try refuse(
                "vismaEmployeeNumber", linked, takenBy: Self.find(vismaEmployeeNumber: linked, in: transaction))
        }
        return worker
    }

    private func refuse(_ field: String, _ value: String, takenBy other: Worker?) throws {
        guard let other, other.id != id else { return }
        throw ProresultError.taken(
            Self.kind, field: field, value: value, holder: "\(other.name) (\(other.employeeNumber))")
    }
}

extension Worker {
    public static func find(employeeNumber: String, in transaction: CompanyTransaction) throws -> Worker? {
        try find(where: "employee_number", is: employeeNumber, in: transaction)
    }

    public static func find(username: String, in transaction: CompanyTransaction) throws -> Worker? {
        try find(where: "username", is: username.lowercased(), in: transaction)
    }

    public static func find(vismaEmployeeNumber: String, in transaction: CompanyTransaction) throws -> Worker? {
        try find(where: "visma_employee_number", is: vismaEmployeeNumber, in: transaction)
    }

    private static func find(
        where column: String, is value: String, in transaction: CompanyTransaction
    ) throws -> Worker? {
        try rows(
            """
            SELECT \(raw: columnList) FROM worker
            WHERE company_id = \(transaction.company) AND \(raw: column) = \(value)
            """, in: transaction
        ).first
    }

    /// Inactive ones too, by name.
    public static func all(in transaction: CompanyTransaction) throws -> [Worker] {
        try rows(
            "SELECT \(raw: columnList) FROM worker WHERE company_id = \(transaction.company) ORDER BY name, id",
            in: transaction)
    }
}
