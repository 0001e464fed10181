import Persistence

/// Who is at the other end: the person, the company and the session.
public struct SignedIn: Sendable {
    public var company: Company
    public var user: AppUser
    public var session: Session
    /// The worker with the same user name.
    public var worker: WorkerID?
}

public enum SignInOutcome: Sendable {
    /// The token goes to the browser and is kept nowhere else.
    case signedIn(token: String, SignedIn)
    /// One answer for all: unknown company, unknown user, wrong password, no password yet, shut out.
    case refused
    /// After many failures; also for an account that does not exist.
    case waiting(until: Timestamp)
}

/// How long a session lives. May be shorter than this, never longer.
public struct SessionLimits: Sendable {
    public var idle: Duration
    public var absolute: Duration

    public init(idle: Duration = .seconds(1800), absolute: Duration = .seconds(43_200)) {
        self.idle = min(idle, .seconds(1800))
        self.absolute = min(absolute, .seconds(43_200))
    }
}

/// Where an attempt to sign in comes from, as far as the caller knows.
public struct SignInOrigin: Sendable {
    public var address: String?
    /// What the browser calls itself.
    public var device: String

    public init(address: String? = nil, device: String = "") {
        self.address = address
        self.device = device
    }
}

/// Where people sign in and out, and where each request asks who is calling.
public struct SignInDesk: Sendable {
    let database: any SQLDatabase
    let passwords: PasswordHashing
    let randomness: Randomness
    let limits: SessionLimits

    public init(
        database: any SQLDatabase, passwords: PasswordHashing, randomness: Randomness,
        limits: SessionLimits = SessionLimits()
    ) {
        self.database = database
        self.passwords = passwords
        self.randomness = randomness
        self.limits = limits
    }

    /// Signs a person in with a session of its own and ends the one that the browser had. The company is its id, code
    /// or name, or nothing where there is only one. Whoever is refused costs the same work.
    public func signIn(
        company: String?, username: String, password: String, replacing oldToken: String?,
        from origin: SignInOrigin = SignInOrigin(), at now: Timestamp
    ) async throws -> SignInOutcome {
        let attempt = SignInAttempt(company: company, username: username, address: origin.address)
        if let until = try await attempt.begin(in: database, at: now) { return .waiting(until: until) }
        let account = try await database.readAcrossCompanies {
            try StoredAccount.find(company: company, username: username, in: $0)
        }
        guard let account, let proof = try await prove(account, password), account.user.isEnabled else {
            if account?.hash == nil { _ = try await passwords.hash(password) }
            return .refused
        }
        guard let opened = try await open(account, proof, device: origin.device, at: now) else { return .refused }
        try await attempt.succeed(in: database, at: now)
        if let oldToken { try await signOut(token: oldToken) }
        return .signedIn(token: opened.token, opened.signedIn)
    }

    /// The person behind a token; nil when the session is over: signed out, idle for too long, or the person was shut
    /// out or has another role. Asked anew at every request, so that a change counts at once. A look that does not
    /// `use` the session, such as that of a page that only waits for news, does not keep it from going idle.
    public func find(token: String, at now: Timestamp, using isUse: Bool = true) async throws -> SignedIn? {
        let id = Session.id(of: token)
        guard let (company, found) = try await database.readAcrossCompanies({ try Self.look(id, in: $0) }) else {
            return nil
        }
        guard let found, isAlive(found, at: now) else {
            try await database.transaction(company: company) { try Session.end(id, in: $0) }
            return nil
        }
        guard isUse, now - found.session.seenAt >= Self.touchEvery else { return found }
        var seen = found
        seen.session.seenAt = now
        _ = try await database.transaction(company: company) { transaction in
            try transaction.execute(
                """
                UPDATE session SET seen_at = \(now)
                WHERE company_id = \(transaction.company) AND id = \(id) AND seen_at < \(now)
                """)
        }
        return seen
    }

    public func signOut(token: String) async throws {
        let id = Session.id(of: token)
        guard let (company, _) = try await database.readAcrossCompanies({ try Self.look(id, in: $0) }) else { return }
        try await database.transaction(company: company) { try Session.end(id, in: $0) }
    }

    private static let touchEvery = Duration.seconds(60)

    private func isAlive(_ found: SignedIn, at now: Timestamp) -> Bool {
        let session = found.session
        return found.user.isEnabled && found.user.role == session.role && now - session.seenAt < limits.idle
            && now - session.createdAt < limits.absolute
    }

    /// The company that a session belongs to, and all that hangs on it.
    private static func look(_ id: SessionID, in connection: any SQLConnection) throws -> (CompanyID, SignedIn?)? {
        guard let row = try connection.first("SELECT company_id FROM session WHERE id = \(id)") else { return nil }
        let transaction = CompanyTransaction(company: try row.get("company_id"), connection: connection)
        guard let session = try Session.find(id, in: transaction),
            let user = try AppUser.find(session.userID, in: transaction),
            let company = try Company.findOpen(transaction.company, in: connection)
        else { return (transaction.company, nil) }
        let worker = try Worker.find(username: user.username, in: transaction)?.id
        return (company.id, SignedIn(company: company, user: user, session: session, worker: worker))
    }
}
