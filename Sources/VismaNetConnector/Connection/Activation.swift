import Logging
import Persistence
import Sync
import VismaNet

/// A grant that has been shown to reach a company, before anything is kept.
struct ReachedCompany: Sendable {
    var kind: GrantKind
    var grant: StoredGrant
    var organisation: Organisation
}

extension VismaNetConnections {
    /// Connects a company by its tenant id, without a person's sign-in, and returns the name and number of the
    /// organisation that was reached: show it, so that a person can see that it is the right one.
    ///
    /// Throws `ConnectionRefused`, for a tenant id of the wrong kind (API.md 1.5) and for a company that is already
    /// connected to another organisation.
    public func activateService(company: CompanyID, tenantID: String, by person: String) async throws -> String {
        let reached = try await reachService(company, tenantID: tenantID, by: person)
        let seal = seal(of: company)
        try await database.transaction(company: company) { try $0.connect(reached, seal, by: person) }
        forget(company)
        return reached.organisation.description
    }

    /// The same, but the company that was reached waits for the person's `confirm`.
    public func holdService(company: CompanyID, tenantID: String, by person: String) async throws {
        try await hold(
            try await reachService(company, tenantID: tenantID, by: person), of: company, by: person)
    }

    private func reachService(
        _ company: CompanyID, tenantID: String, by person: String
    ) async throws -> ReachedCompany {
        let scopes = GrantKind.serviceScopes
        let tenantID = tenantID.trimmed
        guard !tenantID.isEmpty else { throw ConnectionRefused.tenantUnknown }
        let outcome = await tokenRequests(transport).service(tenantID: tenantID, scopes: scopes)
        return try await reach(
            company, .service(tenantID: tenantID, scopes: scopes), with: try granted(outcome, company), by: person)
    }

    /// Ends the connection: the tokens are erased here first, then revoked at Visma. Returns false when Visma did not
    /// confirm that, so that a person can take the application out in the Visma App Store.
    @discardableResult
    public func disconnect(company: CompanyID, by person: String) async throws -> Bool {
        let (seal, pendingSeal) = (seal(of: company), pendingSeal(of: company))
        let grants = try await database.transaction(company: company) { transaction in
            // The row is taken first: a refresh that is under way can change nothing after this.
            let changed = try transaction.execute(
                """
                UPDATE connection SET state = 'disconnected', changed_at = \(transaction.now())
                WHERE company_id = \(company) AND state <> 'disconnected'
                """)
            try transaction.forgetSignIn()
            let held = try transaction.takePending()?.grant(pendingSeal)
            guard changed == 1 else { return [held].compactMap(\.self) }
            try transaction.audit(by: person, "disconnected", of: ConnectionRow.auditKind, ConnectionRow.auditSubject)
            return [try transaction.takeGrant(seal), held].compactMap(\.self)
        }
        forget(company)
        var isRevoked = true
        for grant in grants { isRevoked = await revoke(grant) && isRevoked }
        return isRevoked
    }

    /// True when Visma says that nothing lives on.
    func revoke(_ grant: StoredGrant) async -> Bool {
        var isRevoked = true
        for token in [grant.refreshToken, grant.previousRefreshToken].compactMap(\.self) {
            isRevoked = await tokenRequests(transport).revoke(refreshToken: token) && isRevoked
        }
        return isRevoked
    }

    /// Proves that new tokens reach an organisation, and the one that the company is connected to if it is. A grant that
    /// does not is revoked.
    func reach(
        _ company: CompanyID, _ kind: GrantKind, with answer: TokenAnswer, by person: String
    ) async throws -> ReachedCompany {
        let clock = clock
        let trial = MemoryTokenStore(
            StoredGrant(signedIn: answer, replacing: nil, nowMilliseconds: erpClock.now),
            clock: { clock.now.milliseconds })
        let line = line(company, kind, store: trial, lane: .manual)
        do {
            let organisation = try await line.client.organisation()
            // A 401 on the way has had the tokens renewed: the newest count.
            guard let grant = await trial.load() else { throw ConnectionRefused.misunderstood("no tokens") }
            try await database.transaction(company: company) {
                try $0.demandSame(organisation, as: ConnectionRow.read(in: $0))
            }
            return ReachedCompany(kind: kind, grant: grant, organisation: organisation)
        } catch {
            if let grant = await trial.load() { _ = await revoke(grant) }
            let refused = ConnectionRefused(error)
            if case .otherCompany(let known, let reached)? = refused {
                try await database.transaction(company: company) { transaction in
                    try transaction.audit(
                        by: person, "otherCompanyRefused", of: ConnectionRow.auditKind, ConnectionRow.auditSubject,
                        before: known, after: reached)
                }
            }
            logger.notice("a company was not connected", metadata: ["company": "\(company)", "error": "\(error)"])
            throw refused ?? error
        }
    }

    /// The tokens, or what a person or time must mend.
    func granted(_ outcome: TokenOutcome, _ company: CompanyID) throws -> TokenAnswer {
        let refused: ConnectionRefused
        switch outcome {
        case .granted(let answer): return answer
        case .tryLater: refused = .noAnswer
        case .dead(let error), .refused(let error):
            refused =
                switch error {
                case "invalid_client", "unauthorized_client": .applicationNotAccepted
                case "invalid_scope": .scopesMissing
                case "invalid_grant": .codeUsed
                default: .tenantUnknown
                }
        }
        logger.notice("no token was given", metadata: ["company": "\(company)", "why": "\(refused)"])
        throw refused
    }
}

extension CompanyTransaction {
    /// A connection never changes company but through a disconnection.
    func demandSame(_ reached: Organisation, as row: ConnectionRow?) throws {
        guard let row, row.state != .disconnected, let known = row.organisation, !reached.isSame(as: known) else {
            return
        }
        throw ConnectionRefused.otherCompany(known: known, reached: reached.description)
    }

    /// Stores the connection; from here on the jobs may use it.
    func connect(_ reached: ReachedCompany, _ seal: GrantSeal, by person: String) throws {
        let before = try ConnectionRow.read(in: self)
        try demandSame(reached.organisation, as: before)
        // Token versions go on counting, so that a 401 to an older token is not held against the new one.
        let version = try grantVersion() + 1
        var grant = reached.grant
        grant.tokenVersion = version
        let sealed = try seal.sealed(grant)
        let name = reached.organisation.description
        try execute(
            """
            INSERT INTO connection (company_id, kind, state, tenant_id, organisation, grant_sealed, grant_version,
                changed_at)
            VALUES (\(company), \(reached.kind.word), 'connected', \(reached.kind.tenantID), \(name), \(sealed.current),
                \(version), \(now()))
            ON CONFLICT (company_id) DO UPDATE SET kind = excluded.kind, state = 'connected',
                tenant_id = excluded.tenant_id, organisation = excluded.organisation,
                grant_sealed = excluded.grant_sealed, previous_grant_sealed = NULL,
                grant_version = CASE WHEN connection.grant_version < excluded.grant_version
                    THEN excluded.grant_version ELSE connection.grant_version + 1 END,
                refresh_lease_until = 0, refresh_started_at = NULL,
                changed_at = excluded.changed_at
            """)
        try audit(
            by: person, "connected", of: ConnectionRow.auditKind, ConnectionRow.auditSubject,
            because: reached.kind.word.rawValue, before: before?.organisation, after: name)
    }

    /// Grows with everything that happens to the grant, and is never behind the version of its token.
    fileprivate func grantVersion() throws -> Int64 {
        try first("SELECT grant_version FROM connection WHERE company_id = \(company)")?.get("grant_version") ?? 0
    }

    /// The grant for the last time: it is erased.
    fileprivate func takeGrant(_ seal: GrantSeal) throws -> StoredGrant {
        let row = try first(
            "SELECT grant_sealed, previous_grant_sealed FROM connection WHERE company_id = \(company)")
        try execute(
            """
            UPDATE connection SET grant_sealed = NULL, previous_grant_sealed = NULL, refresh_started_at = NULL,
                grant_version = grant_version + 1
            WHERE company_id = \(company)
            """)
        guard let row else { return StoredGrant() }
        return try seal.open(try row.get("grant_sealed"), previous: try row.get("previous_grant_sealed"), version: 0)
    }
}

extension GrantKind {
    var word: ConnectionStatus.Kind { if case .interactive = self { .interactive } else { .service } }
    var tenantID: String? { if case .service(let tenantID, _) = self { tenantID } else { nil } }
}

extension ConnectionRefused {
    /// Nil for what is no refusal but a fault of the machine, such as a database that does not answer.
    init?(_ error: any Error) {
        switch error {
        case let refused as ConnectionRefused: self = refused
        case let refused as AuthorizationRefusal: self.init(refused)
        case let error as VismaNetError: self.init(error)
        default: return nil
        }
    }

    init(_ refusal: AuthorizationRefusal) {
        self =
            switch refusal {
            case .foreignState, .foreignIssuer, .doubledParameter, .noCode: .notExpected
            case .refused("access_denied"): .declined
            case .refused(let word): .refused(String(word.prefix(60)))
            }
    }

    private init(_ error: VismaNetError) {
        self =
            switch error.failure {
            case .notSent, .noAnswer, .tryLater, .cancelled: .noAnswer
            case .reconnectRequired: .codeUsed
            case .refused(let refusal) where refusal.kind == .unauthorized: .wrongTenant
            case .refused(let refusal) where refusal.kind == .forbidden: .rightsMissing
            case .refused(let refusal) where refusal.kind == .rateLimited: .noAnswer
            case .refused, .badAnswer, .invalidRequest: .misunderstood(ERPError(error).message)
            }
    }
}
