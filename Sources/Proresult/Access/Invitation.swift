import Persistence

/// A link by which a person chooses the first password, or a new one when the old is forgotten: good for a week and
/// for one use, so that no administrator ever knows another's password.
enum Invitation {
    static let life = Duration.seconds(7 * 86_400)

    /// A new one takes the place of the one before.
    static func store(
        _ token: String, for user: AppUserID, by actor: Actor, at now: Timestamp, in transaction: CompanyTransaction
    ) throws {
        try transaction.execute(
            """
            INSERT INTO invitation (company_id, user_id, digest, made_by, expires_at)
            VALUES (\(transaction.company), \(user), \(AccessSecret.digest(of: token)), \(actor.username),
                \(now + life))
            ON CONFLICT (company_id, user_id) DO UPDATE
                SET digest = excluded.digest, made_by = excluded.made_by, expires_at = excluded.expires_at
            """)
    }

    static func withdraw(from user: AppUserID, in transaction: CompanyTransaction) throws {
        try transaction.execute(
            "DELETE FROM invitation WHERE company_id = \(transaction.company) AND user_id = \(user)")
    }

    /// The company and the user that a link is for, while it is good.
    static func find(_ token: String, at now: Timestamp, in connection: any SQLConnection) throws -> Invited? {
        let row = try connection.first(
            """
            SELECT company_id, user_id FROM invitation
            WHERE digest = \(AccessSecret.digest(of: token)) AND expires_at > \(now)
            """)
        guard let row else { return nil }
        let transaction = CompanyTransaction(company: try row.get("company_id"), connection: connection)
        guard let company = try Company.findOpen(transaction.company, in: connection),
            let user = try AppUser.find(row.get("user_id"), in: transaction), user.isEnabled
        else { return nil }
        return Invited(company: company, user: user)
    }

    /// Uses the link up. False when somebody else has done so.
    static func use(_ token: String, at now: Timestamp, in transaction: CompanyTransaction) throws -> Bool {
        try transaction.execute(
            """
            DELETE FROM invitation
            WHERE company_id = \(transaction.company) AND digest = \(AccessSecret.digest(of: token))
                AND expires_at > \(now)
            """) == 1
    }
}

/// Whom an invitation is for.
public struct Invited: Sendable {
    public var company: Company
    public var user: AppUser
}

extension SignInDesk {
    /// Makes a link for a user; the token is shown once. Only an administrator may.
    public func invite(
        _ user: AppUserID, in company: CompanyID, by actor: Actor, at now: Timestamp
    ) async throws -> String {
        guard actor.role == .administrator else { throw ProresultError.notAllowed(.user, username: actor.username) }
        let token = AccessSecret.make(using: randomness)
        try await database.transaction(company: company) { transaction in
            let user = try AppUser.lock(user, in: transaction)
            guard user.isEnabled else { throw ProresultError.inactive(.user, name: user.name) }
            try Invitation.store(token, for: user.id, by: actor, at: now, in: transaction)
        }
        return token
    }

    /// Whom a link is for, for the page that asks for the password; nil when it is void.
    public func invitation(token: String, at now: Timestamp) async throws -> Invited? {
        try await database.readAcrossCompanies { try Invitation.find(token, at: now, in: $0) }
    }

    /// Sets the password, ends the sessions that there were and signs in. Throws `ProresultError.invitationVoid`.
    public func acceptInvitation(
        token: String, password: String, from origin: SignInOrigin = SignInOrigin(), at now: Timestamp
    ) async throws -> SignInOutcome {
        guard let invited = try await invitation(token: token, at: now) else { throw ProresultError.invitationVoid }
        let hash = try await hashNew(
            password, of: invited.user.username, invited.user.name, in: invited.company.id)
        return try await database.transaction(company: invited.company.id) { transaction in
            let user = try AppUser.lock(invited.user.id, in: transaction)
            guard user.isEnabled, try Invitation.use(token, at: now, in: transaction) else {
                throw ProresultError.invitationVoid
            }
            try AppUser.storePassword(hash, of: user.id, at: now, in: transaction)
            try Session.endAll(of: user.id, in: transaction)
            let opened = try open(user, of: invited.company, device: origin.device, at: now, in: transaction)
            return .signedIn(token: opened.token, opened.signedIn)
        }
    }
}
