import Persistence

public typealias WorkTypeID = Identifier<WorkType>

/// A work type of the whole company, made here. Hours on it are never sent to the ERP.
public struct WorkType: CompanyRecord {
    public var id: WorkTypeID
    public var number: String
    public var name: String
    public var inactiveAt: Timestamp?

    public var isActive: Bool { inactiveAt == nil }

    public init(id: WorkTypeID, number: String, name: String, inactiveAt: Timestamp? = nil) {
        self.id = id
        self.number = number
        self.name = name
        self.inactiveAt = inactiveAt
    }

    public static let kind = RecordKind.workType
    public static let columns = ["id", "number", "name", "inactive_at"]

    public var values: [SQLValue] { [id.sqlValue, number.sqlValue, name.sqlValue, inactiveAt.sqlValue] }

    public init(row: SQLRow) throws {
        id = try row.get("id")
        number = try row.get("number")
        name = try row.get("name")
        inactiveAt = try row.get("inactive_at")
    }
}

extension WorkType {
    @discardableResult
    public static func create(_ workType: WorkType, in transaction: CompanyTransaction) throws -> WorkType {
        var workType = workType
        if workType.number.isEmpty { workType.number = try nextNumber(column: "number", in: transaction) }
        workType = try workType.checked(in: transaction)
        try insert([workType], in: transaction)
        return workType
    }

    @discardableResult
    public static func update(_ workType: WorkType, in transaction: CompanyTransaction) throws -> WorkType {
        _ = try lock(workType.id, in: transaction)
        let workType = try workType.checked(in: transaction)
        try update([workType], in: transaction)
        return workType
    }

    /// Closes it for new hours on every project.
    public static func deactivate(_ id: WorkTypeID, at now: Timestamp, in transaction: CompanyTransaction) throws {
        var workType = try lock(id, in: transaction)
        workType.inactiveAt = workType.inactiveAt ?? now
        try update([workType], in: transaction)
    }

    public static func find(number: String, in transaction: CompanyTransaction) throws -> WorkType? {
        try rows(
            """
            SELECT \(raw: columnList) FROM work_type
            WHERE company_id = \(transaction.company) AND number = \(number)
            """, in: transaction
        ).first
    }

    /// Inactive ones too, by number.
    public static func all(in transaction: CompanyTransaction) throws -> [WorkType] {
        try rows(
            "SELECT \(raw: columnList) FROM work_type WHERE company_id = \(transaction.company) ORDER BY number, id",
            in: transaction)
    }

    private func checked(in transaction: CompanyTransaction) throws -> WorkType {
        var workType = self
        workType.number = try number.usable(Self.kind, "number", .required)
        workType.name = try name.usable(Self.kind, "name", .required)
        if let other = try Self.find(number: workType.number, in: transaction), other.id != id {
            throw ProresultError.taken(Self.kind, field: "number", value: workType.number, holder: other.name)
        }
        return workType
    }
}
