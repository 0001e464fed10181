import Persistence

/// A contractor. Everything else belongs to one of these.
public struct Company: Hashable, Sendable {
    public let id: CompanyID
    public var name: String
    public let createdAt: Timestamp

    public init(id: CompanyID, name: String, createdAt: Timestamp) {
        self.id = id
        self.name = name
        self.createdAt = createdAt
    }

    init(row: SQLRow) throws {
        id = try row.get("id")
        name = try row.get("name")
        createdAt = try row.get("created_at")
    }
}

/// Companies stand above the transactions of one company, so these take the bare connection.
extension Company {
    @discardableResult
    public static func create(
        name: String, id: CompanyID, at now: Timestamp, in connection: any SQLConnection
    ) throws -> Company {
        let name = try name.usable(.company, "name", .required)
        guard !id.text.isEmpty else { throw ProresultError.required(.company, field: "id") }
        if let holder = try find(id, in: connection) {
            throw ProresultError.taken(.company, field: "id", value: id.text, holder: holder.name)
        }
        let company = Company(id: id, name: name, createdAt: now)
        try connection.execute("INSERT INTO company (id, name, created_at) VALUES (\(id), \(name), \(now))")
        return company
    }

    public static func find(_ id: CompanyID, in connection: any SQLConnection) throws -> Company? {
        try connection.first("SELECT id, name, created_at FROM company WHERE id = \(id)").map(Company.init(row:))
    }

    public static func all(_ connection: any SQLConnection) throws -> [Company] {
        try connection.query("SELECT id, name, created_at FROM company ORDER BY name, id").map(Company.init(row:))
    }
}
