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
