import Persistence

/// No account exists from the start. The operator makes a secret on the command line, and whoever types it within the
/// hour becomes the company's first administrator.
extension SignInDesk {
    static let setUpSecretLife = Duration.seconds(3600)

    /// Makes the secret; it is shown once, and a new one takes the place of the one before. Throws
    /// `ProresultError.alreadySetUp` when an administrator can sign in.
    public func makeSetUpSecret(for company: CompanyID, at now: Timestamp) async throws -> String {
        let secret = AccessSecret.make(using: randomness)
        try await database.transaction(company: company) { transaction in
            guard try Company.find(company, in: transaction.connection) != nil else {
                throw ProresultError.notFound(.company, key: company.text)
            }
            try AppUser.refuseSecondSetUp(in: transaction)
            try transaction.execute(
                """
                INSERT INTO set_up_secret (company_id, digest, expires_at)
                VALUES (\(company), \(AccessSecret.digest(of: secret)), \(now + Self.setUpSecretLife))
                ON CONFLICT (company_id) DO UPDATE SET digest = excluded.digest, expires_at = excluded.expires_at
                """)
        }
        return secret
    }

    /// The company that a secret is for; nil when it is void.
    public func company(ofSetUpSecret secret: String, at now: Timestamp) async throws -> Company? {
        try await database.readAcrossCompanies { connection in
            let row = try connection.first(
                """
                SELECT company_id FROM set_up_secret
                WHERE digest = \(AccessSecret.digest(of: secret)) AND expires_at > \(now)
                """)
            return try row.flatMap { try Company.findOpen($0.get("company_id"), in: connection) }
        }
    }

    /// Makes the first administrator and signs in. Of several attempts at once one wins. A void secret is refused; a
    /// user name or password that cannot be used throws and leaves the secret good.
    public func firstAdministrator(
        secret: String, username: String, name: String, password: String, from origin: SignInOrigin = SignInOrigin(),
        at now: Timestamp
    ) async throws -> SignInOutcome {
        guard let company = try await company(ofSetUpSecret: secret, at: now) else { return .refused }
        let hash = try await hashNew(password, of: username, name, in: company.id)
        let id = AppUserID(using: randomness)
        return try await database.transaction(company: company.id) { transaction in
            // The row is the lock: the second of two finds it gone.
            let used = try transaction.execute(
                """
                DELETE FROM set_up_secret
                WHERE company_id = \(company.id) AND digest = \(AccessSecret.digest(of: secret)) AND expires_at > \(now)
                """)
            guard used == 1 else { return .refused }
            try AppUser.refuseSecondSetUp(in: transaction)
            let user = try AppUser.create(
                AppUser(id: id, username: username, name: name, role: .administrator), in: transaction)
            try AppUser.storePassword(hash, of: id, at: now, in: transaction)
            let opened = try open(user, of: company, device: origin.device, at: now, in: transaction)
            return .signedIn(token: opened.token, opened.signedIn)
        }
    }
}

extension AppUser {
    fileprivate static func refuseSecondSetUp(in transaction: CompanyTransaction) throws {
        let able = try withPassword(in: transaction)
        guard
            try !all(in: transaction).contains(where: {
                $0.role == .administrator && able.contains($0.id) && $0.isEnabled
            })
        else { throw ProresultError.alreadySetUp }
    }
}
