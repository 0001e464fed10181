import Persistence
import Sync
import VismaNet

extension VismaNetConnections {
    /// Connects a company by its tenant id, without a person's sign-in, and returns the name and number of the
    /// organisation that was reached: show it, so that a person can see that it is the right one.
    ///
    /// Throws `ERPError(.askPerson)` for a tenant id of the wrong kind (API.md 1.5) and for a company that is already
    /// connected to another organisation.
    public func activateService(company: CompanyID, tenantID: String, by person: String) async throws -> String {
        let tenantID = tenantID.trimmed
        let kind = GrantKind.service(tenantID: tenantID, scopes: GrantKind.serviceScopes)
        let outcome = await tokenRequests(transport).service(tenantID: tenantID, scopes: GrantKind.serviceScopes)
        return try await connect(
            company, kind, tenantID: tenantID, with: try Self.granted(outcome), by: person)
    }

    /// Ends the connection: the tokens are erased here first, then revoked at Visma. Returns false when Visma did not
    /// confirm that, so that a person can take the application out in the Visma App Store.
    @discardableResult
    public func disconnect(company: CompanyID, by person: String) async throws -> Bool {
        let seal = seal(of: company)
        let grant = try await database.transaction(company: company) { transaction in
            // The row is taken first: a refresh that is under way can change nothing after this.
            let changed = try transaction.execute(
                """
                UPDATE connection SET state = 'disconnected', changed_at = \(transaction.now())
                WHERE company_id = \(company) AND state <> 'disconnected'
                """)
            try transaction.forgetSignIn()
            guard changed == 1 else { return StoredGrant() }
            try transaction.audit(by: person, "disconnected", of: ConnectionRow.auditKind, ConnectionRow.auditSubject)
            return try transaction.takeGrant(seal)
        }
        forget(company)
        var isRevoked = true
        for token in [grant.refreshToken, grant.previousRefreshToken].compactMap(\.self) {
            isRevoked = await tokenRequests(transport).revoke(refreshToken: token) && isRevoked
        }
        return isRevoked
    }

    /// Proves that the new tokens reach an organisation, and stores the connection.
    func connect(
        _ company: CompanyID, _ kind: GrantKind, tenantID: String?, with answer: TokenAnswer, by person: String
    ) async throws -> String {
        let clock = clock
        let trial = MemoryTokenStore(
            StoredGrant(signedIn: answer, replacing: nil, nowMilliseconds: erpClock.now),
            clock: { clock.now.milliseconds })
        let line = line(company, kind, store: trial, lane: .manual)
        let reached = try await inERPErrors { try await line.client.organisation() }
        // A 401 on the way has had the tokens renewed: the newest count.
        guard let grant = await trial.load() else {
            throw ERPError(.bug, "the new tokens are gone", request: "connect")
        }
        try await store(company, kind, tenantID, grant, reached, by: person)
        forget(company)
        return reached.description
    }

    private func store(
        _ company: CompanyID, _ kind: GrantKind, _ tenantID: String?, _ grant: StoredGrant, _ reached: Organisation,
        by person: String
    ) async throws {
        let seal = seal(of: company)
        let word: ConnectionStatus.Kind = kind == .interactive ? .interactive : .service
        try await database.transaction(company: company) { transaction in
            let before = try ConnectionRow.read(in: transaction)
            if let before, before.state != .disconnected, let known = before.organisation, !reached.isSame(as: known) {
                throw ERPError(
                    .askPerson, "the company is connected to \(known), not \(reached): disconnect it first",
                    request: "connect")
            }
            // Token versions go on counting, so that a 401 to an older token is not held against the new one.
            let version = try transaction.grantVersion() + 1
            var grant = grant
            grant.tokenVersion = version
            let sealed = try seal.sealed(grant)
            try transaction.execute(
                """
                INSERT INTO connection (company_id, kind, state, tenant_id, organisation, grant_sealed, grant_version,
                    changed_at)
                VALUES (\(company), \(word), 'connected', \(tenantID), \(reached.description), \(sealed.current), \(version),
                    \(transaction.now()))
                ON CONFLICT (company_id) DO UPDATE SET kind = excluded.kind, state = 'connected',
                    tenant_id = excluded.tenant_id, organisation = excluded.organisation,
                    grant_sealed = excluded.grant_sealed, previous_grant_sealed = NULL,
                    grant_version = CASE WHEN connection.grant_version < excluded.grant_version
                        THEN excluded.grant_version ELSE connection.grant_version + 1 END,
                    refresh_lease_until = 0, refresh_started_at = NULL,
                    changed_at = excluded.changed_at
                """)
            try transaction.audit(
                by: person, "connected", of: ConnectionRow.auditKind, ConnectionRow.auditSubject,
                because: word.rawValue, before: before?.organisation, after: reached.description)
        }
    }

    /// The tokens, or what a person or time must mend.
    static func granted(_ outcome: TokenOutcome) throws -> TokenAnswer {
        let request = "POST /connect/token"
        switch outcome {
        case .granted(let answer): return answer
        case .tryLater(let after, _, let reason):
            throw ERPError(.tryLater(after: after), "Visma Connect gave no token: \(reason)", request: request)
        case .dead(let error), .refused(let error):
            let why =
                switch error {
                case "invalid_client", "unauthorized_client":
                    "the client id or secret of the application is not accepted"
                case "invalid_scope": "the application does not have the scopes read, create and update"
                case "invalid_grant": "the sign-in has expired or was used before, sign in again"
                default: "the tenant id is unknown, or the company has not approved the application"
                }
            throw ERPError(.askPerson, "Visma Connect refused: \(why) (\(error))", request: request)
        }
    }
}

extension CompanyTransaction {
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
