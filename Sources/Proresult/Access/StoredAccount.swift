import Persistence

/// What is stored of a person who wants to come in.
struct StoredAccount: Sendable {
    var company: Company
    var user: AppUser
    /// Nil for a person who has not chosen a password yet.
    var hash: String?

    static func find(company: String?, username: String, in connection: any SQLConnection) throws -> StoredAccount? {
        guard let username = try? username.usable(.user, "username"),
            let company = try? Company.meant(by: company, in: connection), company.state.isOpen
        else { return nil }
        let transaction = CompanyTransaction(company: company.id, connection: connection)
        guard let user = try AppUser.find(username: username, in: transaction) else { return nil }
        return StoredAccount(company: company, user: user, hash: try user.passwordHash(in: transaction))
    }
}

extension AppUser {
    /// Kept out of the record, so that nothing that shows a user can show it.
    func passwordHash(in transaction: CompanyTransaction) throws -> String? {
        try transaction.first(
            "SELECT hash FROM user_password WHERE company_id = \(transaction.company) AND user_id = \(id)"
        )?.get("hash")
    }

    /// Those who have chosen a password and can sign in with it.
    public static func withPassword(in transaction: CompanyTransaction) throws -> Set<AppUserID> {
        Set(
            try transaction.query(
                "SELECT user_id FROM user_password WHERE company_id = \(transaction.company) ORDER BY user_id"
            ).map { try $0.get("user_id") })
    }

    static func storePassword(
        _ hash: String, of id: AppUserID, at now: Timestamp, in transaction: CompanyTransaction
    ) throws {
        try transaction.execute(
            """
            INSERT INTO user_password (company_id, user_id, hash, set_at)
            VALUES (\(transaction.company), \(id), \(hash), \(now))
            ON CONFLICT (company_id, user_id) DO UPDATE SET hash = excluded.hash, set_at = excluded.set_at
            """)
    }
}

extension SignInDesk {
    /// Nil when the password is wrong or there is none; else the new hash to store, where the settings have changed.
    func prove(_ account: StoredAccount, _ password: String) async throws -> PasswordProof? {
        guard let hash = account.hash else { return nil }
        switch try await passwords.verify(password, hash) {
        case .wrong: return nil
        case .right: return PasswordProof(proved: hash)
        case .rightNeedsRehash: return PasswordProof(proved: hash, renewed: try await passwords.hash(password))
        }
    }

    /// Opens a session, unless the person was shut out or the password was changed while it was being checked.
    func open(
        _ account: StoredAccount, _ proof: PasswordProof, device: String, at now: Timestamp
    ) async throws -> (token: String, signedIn: SignedIn)? {
        try await database.transaction(company: account.company.id) { transaction in
            let user = try AppUser.lock(account.user.id, in: transaction)
            guard user.isEnabled, try user.passwordHash(in: transaction) == proof.proved else { return nil }
            if let renewed = proof.renewed {
                try AppUser.storePassword(renewed, of: user.id, at: now, in: transaction)
            }
            return try open(user, of: account.company, device: device, at: now, in: transaction)
        }
    }

    /// Opens a session for a person who has proved who it is.
    func open(
        _ user: AppUser, of company: Company, device: String, at now: Timestamp, in transaction: CompanyTransaction
    ) throws -> (token: String, signedIn: SignedIn) {
        try transaction.execute(
            """
            DELETE FROM session
            WHERE company_id = \(transaction.company)
                AND (created_at <= \(now - limits.absolute) OR seen_at <= \(now - limits.idle))
            """)
        try transaction.execute(
            """
            UPDATE user_password SET signed_in_at = \(now)
            WHERE company_id = \(transaction.company) AND user_id = \(user.id)
            """)
        let token = AccessSecret.make(using: randomness)
        let session = Session(token: token, user: user, device: device, at: now)
        try Session.insert([session], in: transaction)
        let worker = try Worker.find(username: user.username, in: transaction)?.id
        return (token, SignedIn(company: company, user: user, session: session, worker: worker))
    }
}

/// A stored password that the typed one fits.
struct PasswordProof: Sendable {
    var proved: String
    var renewed: String?
}
