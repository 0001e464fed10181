import Persistence

extension SignInDesk {
    /// A person's live sessions, the newest first: one's own, or as administrator anyone's.
    public func sessions(
        of user: AppUserID, in company: CompanyID, by actor: Actor, at now: Timestamp
    ) async throws -> [Session] {
        try await database.read(company: company) { transaction in
            try Self.demandRight(over: user, actor, in: transaction)
            return try Session.all(of: user, in: transaction).filter {
                now - $0.seenAt < limits.idle && now - $0.createdAt < limits.absolute
            }
        }
    }

    /// Ends one session: one's own, or as administrator anyone's.
    public func endSession(_ id: SessionID, in company: CompanyID, by actor: Actor) async throws {
        try await database.transaction(company: company) { transaction in
            guard let session = try Session.find(id, in: transaction) else { return }
            try Self.demandRight(over: session.userID, actor, in: transaction)
            try Session.end(id, in: transaction)
        }
    }

    /// Ends all sessions of a person but the one whose token is given.
    public func endSessions(
        of user: AppUserID, in company: CompanyID, by actor: Actor, keeping token: String?
    ) async throws {
        try await database.transaction(company: company) { transaction in
            try Self.demandRight(over: user, actor, in: transaction)
            try Session.endAll(of: user, except: token.map(Session.id(of:)), in: transaction)
        }
    }

    /// Oneself, or an administrator.
    @discardableResult
    static func demandRight(
        over user: AppUserID, _ actor: Actor, in transaction: CompanyTransaction
    ) throws -> AppUser {
        let target = try AppUser.get(user, in: transaction)
        guard actor.role == .administrator || actor.username == target.username else {
            throw ProresultError.notAllowed(.user, username: actor.username)
        }
        return target
    }
}
