import Persistence

/// A person who may sign in, and how that stands.
public struct UserRow: Sendable, Hashable {
    public enum Standing: String, Sendable, CaseIterable {
        /// Has a password and may come in.
        case active
        /// Has a link by which to choose a password.
        case invited
        /// Has neither password nor a link that is good.
        case notInvited
        case disabled
    }

    public let user: AppUser
    public let standing: Standing
    /// Until when the link is good, of who has one.
    public let invitedUntil: Timestamp?
    /// The last time the password was given; nil for who never did.
    public let signedInAt: Timestamp?

    fileprivate init(_ row: SQLRow, now: Timestamp) throws {
        user = try AppUser(row: row)
        signedInAt = try row.get("signed_in_at")
        let expires: Timestamp? = try row.get("expires_at")
        invitedUntil = expires.flatMap { $0 > now ? $0 : nil }
        let hasPassword = try row.get("set_at", as: Timestamp?.self) != nil
        standing =
            !user.isEnabled ? .disabled : hasPassword ? .active : invitedUntil == nil ? .notInvited : .invited
    }

    /// One user; throws `ProresultError.notFound`.
    public static func get(
        _ id: AppUserID, at now: Timestamp, in transaction: CompanyTransaction
    ) throws -> UserRow {
        let found = try rows("u.company_id = \(transaction.company) AND u.id = \(id)", now, in: transaction)
        guard let row = found.first else { throw ProresultError.notFound(.user, key: id.text) }
        return row
    }

    fileprivate static func rows(
        _ rest: SQL, _ now: Timestamp, in transaction: CompanyTransaction
    ) throws -> [UserRow] {
        try transaction.query(
            """
            SELECT \(raw: AppUser.columnList(of: "u")), p.set_at, p.signed_in_at, i.expires_at FROM app_user u
            LEFT JOIN user_password p ON p.company_id = u.company_id AND p.user_id = u.id
            LEFT JOIN invitation i ON i.company_id = u.company_id AND i.user_id = u.id
            WHERE \(sql: rest)
            """
        ).map { try UserRow($0, now: now) }
    }
}

/// The people who may sign in, by name. Two statements for a page.
public struct UserList: Sendable, Hashable {
    /// Words that name or user name must have.
    public var search: String
    public var showsDisabled: Bool

    public init(search: String = "", showsDisabled: Bool = false) {
        self.search = search
        self.showsDisabled = showsDisabled
    }

    public func page(
        _ request: PageRequest = PageRequest(), at now: Timestamp, in transaction: CompanyTransaction
    ) throws -> ListPage<UserRow> {
        var conditions: [SQL] = ["u.company_id = \(transaction.company)"]
        if !showsDisabled { conditions.append("u.disabled_at IS NULL") }
        conditions += SearchWords(search).conditions(on: "u")
        let all = conditions.all()
        let total = try transaction.count("SELECT count(*) AS total FROM app_user u WHERE \(sql: all)")
        return try ListPage(request, total: total) { part in
            try UserRow.rows("\(sql: all) ORDER BY u.sort_name, u.id \(sql: part)", now, in: transaction)
        }
    }

    /// Active workers whom no user belongs to, by name: they cannot sign in yet. One statement.
    public static func workersWithoutUser(limit: Int, in transaction: CompanyTransaction) throws -> [Worker] {
        try transaction.query(
            """
            SELECT \(raw: Worker.columnList(of: "k")) FROM worker k
            WHERE k.company_id = \(transaction.company) AND k.inactive_at IS NULL AND NOT EXISTS (
                SELECT 1 FROM app_user u WHERE u.company_id = k.company_id AND u.username = k.username)
            ORDER BY k.sort_name, k.id LIMIT \(limit)
            """
        ).map(Worker.init(row:))
    }
}
