import Persistence

extension SignInDesk {
    /// Proof of who one is, once more, before something dear: a new session takes the place of the old one. Nil when
    /// the password is wrong or the session is over.
    public func proveAgain(
        token: String, password: String, at now: Timestamp
    ) async throws -> (token: String, SignedIn)? {
        guard let known = try await find(token: token, at: now),
            let (account, proof) = try await prove(known, password, at: now),
            let opened = try await open(account, proof, device: known.session.device, at: now)
        else { return nil }
        try await signOut(token: token)
        return (opened.token, opened.signedIn)
    }

    /// Gives a user another password and ends the sessions but the one to keep. For oneself, or as administrator.
    public func setPassword(
        of user: AppUserID, in company: CompanyID, to password: String, by actor: Actor, keeping token: String?,
        at now: Timestamp
    ) async throws {
        let target = try await database.read(company: company) {
            try Self.demandRight(over: user, actor, in: $0)
        }
        let hash = try await hashNew(password, of: target.username, target.name, in: company)
        try await database.transaction(company: company) { transaction in
            _ = try AppUser.lock(user, in: transaction)
            try AppUser.storePassword(hash, of: user, at: now, in: transaction)
            try Invitation.withdraw(from: user, in: transaction)
            try Session.endAll(of: user, except: token.map(Session.id(of:)), in: transaction)
        }
    }

    /// The person's own change, with the old password as proof. The session goes on under a new token; all others end.
    /// Throws `ProresultError.passwordWrong`. Nil when the session is over.
    public func changeOwnPassword(
        token: String, from old: String, to new: String, at now: Timestamp
    ) async throws -> (token: String, SignedIn)? {
        guard let known = try await find(token: token, at: now) else { return nil }
        guard let (account, proof) = try await prove(known, old, at: now) else {
            throw ProresultError.passwordWrong
        }
        let hash = try await hashNew(new, of: known.user.username, known.user.name, in: known.company.id)
        let device = known.session.device
        return try await database.transaction(company: known.company.id) { transaction in
            let user = try AppUser.lock(account.user.id, in: transaction)
            guard user.isEnabled, try user.passwordHash(in: transaction) == proof.proved else { return nil }
            try AppUser.storePassword(hash, of: user.id, at: now, in: transaction)
            try Invitation.withdraw(from: user.id, in: transaction)
            try Session.endAll(of: user.id, in: transaction)
            let opened = try open(user, of: known.company, device: device, at: now, in: transaction)
            return (opened.token, opened.signedIn)
        }
    }

    /// Checks a new password against the rule and hashes it.
    func hashNew(
        _ password: String, of username: String, _ name: String, in company: CompanyID
    ) async throws -> String {
        let known = try await database.readAcrossCompanies { try Company.find(company, in: $0) }
        try PasswordRule.check(password, context: [username, name, known?.name, known?.code].compactMap { $0 })
        return try await passwords.hash(password)
    }

    /// A person who is signed in gives the password again; wrong ones count as at sign-in. Throws
    /// `ProresultError.tooManyTries`.
    private func prove(
        _ known: SignedIn, _ password: String, at now: Timestamp
    ) async throws -> (StoredAccount, PasswordProof)? {
        let attempt = SignInAttempt(company: "session", username: known.session.id.text, address: nil)
        if let until = try await attempt.begin(in: database, at: now) {
            throw ProresultError.tooManyTries(until: until)
        }
        let account = try await database.read(company: known.company.id) { transaction in
            StoredAccount(
                company: known.company, user: known.user, hash: try known.user.passwordHash(in: transaction))
        }
        guard let proof = try await prove(account, password) else { return nil }
        try await attempt.succeed(in: database, at: now)
        return (account, proof)
    }
}
