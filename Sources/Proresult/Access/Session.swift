import Crypto
import Foundation
import Persistence

public typealias SessionID = Identifier<Session>

/// One browser in which a person is signed in. The browser holds a random token; here stands its digest.
public struct Session: CompanyRecord {
    /// The digest of the token.
    public var id: SessionID
    public var userID: AppUserID
    /// The role at sign-in. When the person has another one, the session is over.
    public var role: Role
    public var createdAt: Timestamp
    /// The last time it was used, to the minute.
    public var seenAt: Timestamp
    /// The last time the person gave the password.
    public var provedAt: Timestamp
    /// What the browser calls itself, so that a person knows the session again.
    public var device: String

    public static let kind = RecordKind.session
    public static let columns = ["id", "user_id", "role", "created_at", "seen_at", "proved_at", "device"]

    public var values: [SQLValue] {
        [
            id.sqlValue, userID.sqlValue, role.sqlValue, createdAt.sqlValue, seenAt.sqlValue, provedAt.sqlValue,
            device.sqlValue,
        ]
    }

    public init(row: SQLRow) throws {
        id = try row.get("id")
        userID = try row.get("user_id")
        role = try row.get("role")
        createdAt = try row.get("created_at")
        seenAt = try row.get("seen_at")
        provedAt = try row.get("proved_at")
        device = try row.get("device")
    }

    init(token: String, user: AppUser, device: String, at now: Timestamp) {
        id = Self.id(of: token)
        userID = user.id
        role = user.role
        (createdAt, seenAt, provedAt) = (now, now, now)
        self.device = String(device.filter { !$0.isNewline && $0 != "\0" }.prefix(200))
    }

    static func id(of token: String) -> SessionID { SessionID(AccessSecret.digest(of: token)) }

    /// Whether the person gave the password lately enough for what is dear: secrets, users, settings of exports.
    public func isProved(at now: Timestamp, within limit: Duration = .seconds(300)) -> Bool {
        now - provedAt <= limit
    }
}

extension Session {
    /// The token that every form of this session carries. Known only to who holds the session's own token.
    public static func csrfToken(of token: String) -> String { bound("ferje form", to: token) }

    /// Ties a text to the session: only who holds its token can make the same again, and it tells neither of the two.
    public static func bound(_ text: String, to token: String) -> String {
        let code = HMAC<SHA256>.authenticationCode(
            for: Data(text.utf8), using: SymmetricKey(data: Data(token.utf8)))
        return AccessSecret.hex(code)
    }

    /// Compares without telling by the time it takes where two texts differ.
    public static func matches(_ a: String, _ b: String) -> Bool {
        let (one, other) = (Array(a.utf8), Array(b.utf8))
        guard one.count == other.count else { return false }
        return zip(one, other).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }
}

extension Session {
    /// A person's sessions, the newest first.
    public static func all(of user: AppUserID, in transaction: CompanyTransaction) throws -> [Session] {
        try rows(
            """
            SELECT \(raw: columnList) FROM session
            WHERE company_id = \(transaction.company) AND user_id = \(user) ORDER BY created_at DESC, id
            """, in: transaction)
    }

    public static func end(_ id: SessionID, in transaction: CompanyTransaction) throws {
        try transaction.execute("DELETE FROM session WHERE company_id = \(transaction.company) AND id = \(id)")
    }

    /// Ends a person's sessions, but for the one named.
    public static func endAll(
        of user: AppUserID, except kept: SessionID? = nil, in transaction: CompanyTransaction
    ) throws {
        try transaction.execute(
            """
            DELETE FROM session
            WHERE company_id = \(transaction.company) AND user_id = \(user) AND id <> \(kept?.text ?? "")
            """)
    }
}
