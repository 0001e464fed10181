import Crypto
import Foundation
import Persistence

public typealias ProgramKeyID = Identifier<ProgramKey>

/// The key of a program: for one company and one role, until a day. What the program shows is `ferje_…`; here stands
/// its digest.
public struct ProgramKey: CompanyRecord {
    public var id: ProgramKeyID
    public var name: String
    public var role: Role
    /// The administrator who made it; nil when it was made on the command line. When that person is shut out or is no
    /// administrator any more, the key opens nothing.
    public var userID: AppUserID?
    public var createdAt: Timestamp
    public var expiresAt: Timestamp
    /// To the minute.
    public var lastUsedAt: Timestamp?
    public var revokedAt: Timestamp?
    var digest: String

    /// The name that is written down for what the program does.
    public var actor: Actor { Actor(username: "api:\(name)", role: role) }

    public static let kind = RecordKind.programKey
    public static let columns = [
        "id", "name", "role", "user_id", "created_at", "expires_at", "last_used_at", "revoked_at", "digest",
    ]

    public var values: [SQLValue] {
        [
            id.sqlValue, name.sqlValue, role.sqlValue, userID.sqlValue, createdAt.sqlValue, expiresAt.sqlValue,
            lastUsedAt.sqlValue, revokedAt.sqlValue, digest.sqlValue,
        ]
    }

    public init(row: SQLRow) throws {
        id = try row.get("id")
        name = try row.get("name")
        role = try row.get("role")
        userID = try row.get("user_id")
        createdAt = try row.get("created_at")
        expiresAt = try row.get("expires_at")
        lastUsedAt = try row.get("last_used_at")
        revokedAt = try row.get("revoked_at")
        digest = try row.get("digest")
    }

    private init(
        id: ProgramKeyID, name: String, role: Role, userID: AppUserID?, createdAt: Timestamp, expiresAt: Timestamp,
        digest: String
    ) {
        (self.id, self.name, self.role, self.userID) = (id, name, role, userID)
        (self.createdAt, self.expiresAt, self.digest) = (createdAt, expiresAt, digest)
    }
}

/// A program that has shown its key.
public struct SignedInProgram: Sendable {
    public var company: Company
    public var key: ProgramKey
}

extension ProgramKey {
    public static let longestLifeDays = 366

    /// Makes a key; the text is shown once. Only an administrator may. `maker` nil: the command line.
    public static func create(
        name: String, role: Role, expiresAt: Timestamp, maker: AppUserID?, by actor: Actor, at now: Timestamp,
        randomness: Randomness, in transaction: CompanyTransaction
    ) throws -> (text: String, key: ProgramKey) {
        guard actor.role == .administrator else { throw ProresultError.notAllowed(kind, username: actor.username) }
        guard expiresAt > now, expiresAt - now <= .seconds(longestLifeDays * 86_400) else {
            throw ProresultError.expiryOutOfRange(most: longestLifeDays)
        }
        let text = Self.text(using: randomness)
        let key = ProgramKey(
            id: ProgramKeyID(using: randomness), name: try name.usable(kind, "name", .required), role: role,
            userID: maker, createdAt: now, expiresAt: expiresAt, digest: AccessSecret.digest(of: text))
        try insert([key], in: transaction)
        return (text, key)
    }

    /// The newest first, also those that are over.
    public static func all(in transaction: CompanyTransaction) throws -> [ProgramKey] {
        try rows(
            """
            SELECT \(raw: columnList) FROM program_key WHERE company_id = \(transaction.company)
            ORDER BY created_at DESC, id
            """, in: transaction)
    }

    /// Keeps the time of the first call when it is called again.
    public static func revoke(_ id: ProgramKeyID, at now: Timestamp, in transaction: CompanyTransaction) throws {
        var key = try lock(id, in: transaction)
        key.revokedAt = key.revokedAt ?? now
        try update([key], in: transaction)
    }

    /// The program behind a key; nil when it is revoked, too old, or its maker may no longer make one. Asked anew at
    /// every call, so that a change counts at once.
    public static func find(
        text: String, in database: any SQLDatabase, at now: Timestamp
    ) async throws -> SignedInProgram? {
        guard isWellFormed(text) else { return nil }
        let digest = AccessSecret.digest(of: text)
        guard var found = try await database.readAcrossCompanies({ try look(digest, at: now, in: $0) }) else {
            return nil
        }
        if let last = found.key.lastUsedAt, now - last < .seconds(60) { return found }
        found.key.lastUsedAt = now
        let id = found.key.id
        _ = try await database.transaction(company: found.company.id) { transaction in
            try transaction.execute(
                """
                UPDATE program_key SET last_used_at = \(now) WHERE company_id = \(transaction.company) AND id = \(id)
                """)
        }
        return found
    }

    private static func look(
        _ digest: String, at now: Timestamp, in connection: any SQLConnection
    ) throws -> SignedInProgram? {
        let row = try connection.first(
            """
            SELECT company_id, id FROM program_key
            WHERE digest = \(digest) AND revoked_at IS NULL AND expires_at > \(now)
            """)
        guard let row else { return nil }
        let transaction = CompanyTransaction(company: try row.get("company_id"), connection: connection)
        guard let company = try Company.findOpen(transaction.company, in: connection),
            let key = try find(ProgramKeyID(row.get("id", as: String.self)), in: transaction)
        else { return nil }
        if let maker = key.userID {
            guard let user = try AppUser.find(maker, in: transaction), user.isEnabled, user.role == .administrator
            else { return nil }
        }
        return SignedInProgram(company: company, key: key)
    }
}

extension ProgramKey {
    public static let prefix = "ferje_"
    private static let checkCount = 6

    private static func text(using randomness: Randomness) -> String {
        let secret = AccessSecret.make(using: randomness)
        return prefix + secret + check(secret)
    }

    /// Whether a text can be a key at all. A scanner can find keys in logs by the prefix and tell them from chance by
    /// the check digits.
    public static func isWellFormed(_ text: String) -> Bool {
        guard text.hasPrefix(prefix), text.utf8.count == prefix.utf8.count + 32 + checkCount else { return false }
        let body = text.dropFirst(prefix.count)
        return Session.matches(String(body.suffix(checkCount)), check(String(body.dropLast(checkCount))))
    }

    private static func check(_ secret: String) -> String {
        let digest = SHA256.hash(data: Data((prefix + secret).utf8))
        return String(Crockford.encode(Array(digest.prefix(4))).lowercased().prefix(checkCount))
    }
}
