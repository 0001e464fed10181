import Persistence

public typealias AppUserID = Identifier<AppUser>

/// A person who signs in. A worker with the same user name is the same person.
public struct AppUser: CompanyRecord {
    public var id: AppUserID
    public var username: String
    public var name: String
    public var role: Role
    public var disabledAt: Timestamp?

    public var isEnabled: Bool { disabledAt == nil }
    public var actor: Actor { Actor(username: username, role: role) }

    public init(id: AppUserID, username: String, name: String, role: Role, disabledAt: Timestamp? = nil) {
        self.id = id
        self.username = username
        self.name = name
        self.role = role
        self.disabledAt = disabledAt
    }

    public static let kind = RecordKind.user
    public static let columns = ["id", "username", "name", "role", "disabled_at"]

    public var values: [SQLValue] {
        [id.sqlValue, username.sqlValue, name.sqlValue, role.sqlValue, disabledAt.sqlValue]
    }

    public init(row: SQLRow) throws {
        id = try row.get("id")
        username = try row.get("username")
        name = try row.get("name")
        role = try row.get("role")
        disabledAt = try row.get("disabled_at")
    }
}

extension AppUser {
    /// The user name is kept in lower case, since people type it either way.
    @discardableResult
    public static func create(_ user: AppUser, in transaction: CompanyTransaction) throws -> AppUser {
        var user = user
        user.username = try user.username.usable(kind, "username", .required).lowercased()
        user.name = try user.name.usable(kind, "name", .required)
        if let holder = try find(username: user.username, in: transaction) {
            throw ProresultError.taken(kind, field: "username", value: user.username, holder: holder.name)
        }
        try insert([user], in: transaction)
        return user
    }

    public static func find(username: String, in transaction: CompanyTransaction) throws -> AppUser? {
        try rows(
            """
            SELECT \(raw: columnList) FROM app_user
            WHERE company_id = \(transaction.company) AND username = \(username.lowercased())
            """, in: transaction
        ).first
    }

    public static func all(in transaction: CompanyTransaction) throws -> [AppUser] {
        try rows(
            """
            SELECT \(raw: columnList) FROM app_user WHERE company_id = \(transaction.company) ORDER BY username
            """, in: transaction)
    }

    /// Keeps the time of the first call when it is called again.
    public static func disable(_ id: AppUserID, at now: Timestamp, in transaction: CompanyTransaction) throws {
        var user = try get(id, in: transaction)
        guard user.isEnabled else { return }
        user.disabledAt = now
        try update([user], in: transaction)
    }

    public static func enable(_ id: AppUserID, in transaction: CompanyTransaction) throws {
        var user = try get(id, in: transaction)
        user.disabledAt = nil
        try update([user], in: transaction)
    }
}
