import Persistence

public typealias AppUserID = Identifier<AppUser>

/// A person who signs in. A worker with the same user name is the same person.
public struct AppUser: CompanyRecord {
    public var id: AppUserID
    public var username: String
    public var name: String
    public var role: Role
    public var language: Language
    public var disabledAt: Timestamp?

    public var isEnabled: Bool { disabledAt == nil }
    public var actor: Actor { Actor(username: username, role: role) }

    public init(
        id: AppUserID, username: String, name: String, role: Role, language: Language = .norwegian,
        disabledAt: Timestamp? = nil
    ) {
        self.id = id
        self.username = username
        self.name = name
        self.role = role
        self.language = language
        self.disabledAt = disabledAt
    }

    public static let kind = RecordKind.user
    public static let columns = ["id", "username", "name", "role", "language", "disabled_at"]

    public var values: [SQLValue] {
        [id.sqlValue, username.sqlValue, name.sqlValue, role.sqlValue, language.sqlValue, disabledAt.sqlValue]
    }

    public init(row: SQLRow) throws {
        id = try row.get("id")
        username = try row.get("username")
        name = try row.get("name")
        role = try row.get("role")
        language = try row.get("language")
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

    /// Changes user name, name and role. Whether the person may come in and the language have ways of their own: a page
    /// that was read earlier must not bring an old answer back. A new role means a new sign-in. Refuses to take the last
    /// administrator away.
    @discardableResult
    public static func update(_ user: AppUser, in transaction: CompanyTransaction) throws -> AppUser {
        try change(user.id, in: transaction) { changed throws in
            changed.username = try user.username.usable(kind, "username", .required).lowercased()
            changed.name = try user.name.usable(kind, "name", .required)
            changed.role = user.role
        }
    }

    /// Shuts a person out: the sessions end and an open invitation is void. Keeps the time of the first call when it is
    /// called again.
    public static func disable(_ id: AppUserID, at now: Timestamp, in transaction: CompanyTransaction) throws {
        try change(id, in: transaction) { $0.disabledAt = $0.disabledAt ?? now }
    }

    public static func enable(_ id: AppUserID, in transaction: CompanyTransaction) throws {
        try change(id, in: transaction) { $0.disabledAt = nil }
    }

    public static func setLanguage(
        _ language: Language, of id: AppUserID, in transaction: CompanyTransaction
    ) throws {
        try change(id, in: transaction) { $0.language = language }
    }

    @discardableResult
    private static func change(
        _ id: AppUserID, in transaction: CompanyTransaction, _ change: (inout AppUser) throws -> Void
    ) throws -> AppUser {
        // The administrators are locked first, so that two who shut each other out cannot both succeed.
        let administrators = try lockAdministrators(in: transaction)
        let before = try lock(id, in: transaction)
        var user = before
        try change(&user)
        if user.username != before.username, let holder = try find(username: user.username, in: transaction) {
            throw ProresultError.taken(kind, field: "username", value: user.username, holder: holder.name)
        }
        let isAdministrator = user.role == .administrator && user.isEnabled
        if administrators == [id], !isAdministrator { throw ProresultError.lastAdministrator }
        try update([user], in: transaction)
        if !user.isEnabled { try Invitation.withdraw(from: id, in: transaction) }
        if !user.isEnabled || user.role != before.role { try Session.endAll(of: id, in: transaction) }
        return user
    }

    private static func lockAdministrators(in transaction: CompanyTransaction) throws -> [AppUserID] {
        try transaction.query(
            """
            UPDATE app_user SET name = name
            WHERE company_id = \(transaction.company) AND role = 'administrator' AND disabled_at IS NULL RETURNING id
            """
        ).map { try $0.get("id") }
    }
}
