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
        let store = DatabaseTokenStore(database: database, company: company, seal: seal(of: company))
        let grant = try await store.load()
        try await database.transaction(company: company) { transaction in
            let changed = try transaction.execute(
                """
                UPDATE connection SET state = 'disconnected', grant_sealed = NULL, previous_grant_sealed = NULL,
                    grant_version = grant_version + 1, refresh_started_at = NULL, changed_at = \(transaction.now())
                WHERE company_id = \(company) AND state <> 'disconnected'
                """)
            try transaction.forgetSignIn()
            guard changed == 1 else { return }
            try transaction.audit(by: person, "disconnected", of: ConnectionRow.auditKind, ConnectionRow.auditSubject)
        }
        forget(company)
        var isRevoked = true
        for token in [grant?.refreshToken, grant?.previousRefreshToken].compactMap(\.self) {
            isRevoked = await tokenRequests(transport).revoke(refreshToken: token) && isRevoked
        }
        return isRevoked
    }

    /// Proves that the new tokens reach an organisation, and stores the connection.
    func connect(
        _ company: CompanyID, _ kind: GrantKind, tenantID: String?, with answer: TokenAnswer, by person: String
    ) async throws -> String {
        let trial = StoredGrant(signedIn: answer, replacing: nil, nowMilliseconds: clock.now.milliseconds)
        let clock = clock
        let line = line(
            company, kind, store: MemoryTokenStore(trial, clock: { clock.now.milliseconds }), isBackground: false)
        let reached = try await inERPErrors { try await line.client.organisation() }
        // A 401 on the way has had the token renewed; the store has the newest.
        try await store(company, kind, tenantID, trial, reached, by: person)
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
            var grant = grant
            // Token versions go on counting, so that a 401 to an older token is not held against the new one.
            grant.tokenVersion = transaction.milliseconds(try transaction.now())
            let sealed = try seal.sealed(grant)
            try transaction.execute(
                """
                INSERT INTO connection (company_id, kind, state, tenant_id, organisation, grant_sealed, grant_version,
                    changed_at)
                VALUES (\(company), \(word), 'connected', \(tenantID), \(reached.description), \(sealed.current), 1,
                    \(transaction.now()))
                ON CONFLICT (company_id) DO UPDATE SET kind = excluded.kind, state = 'connected',
                    tenant_id = excluded.tenant_id, organisation = excluded.organisation,
                    grant_sealed = excluded.grant_sealed, previous_grant_sealed = NULL,
                    grant_version = connection.grant_version + 1, refresh_lease_until = 0, refresh_started_at = NULL,
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
