import Persistence
import Sync
import VismaNet

/// The row of `connection_pending`: taken out, for it is used once.
struct PendingRow: Sendable {
    var kind: ConnectionStatus.Kind
    var tenantID: String?
    var organisation: Organisation
    var sealed: String
    var person: String
    var expiresAt: Timestamp

    func grant(_ seal: GrantSeal) throws -> StoredGrant { try seal.open(sealed, previous: nil, version: 0) }

    var grantKind: GrantKind? {
        switch kind {
        case .interactive: .interactive
        case .service: tenantID.map { .service(tenantID: $0, scopes: GrantKind.serviceScopes) }
        }
    }
}

extension VismaNetConnections {
    /// How long a company that was reached waits for a yes.
    static let patience = Duration.seconds(1800)

    func pendingSeal(of company: CompanyID) -> GrantSeal {
        GrantSeal(company: company, table: "connection_pending", masterKey: masterKey, randomness: randomness)
    }

    /// Keeps a grant sealed until the person says yes or no. One that waited before is replaced and revoked.
    func hold(_ reached: ReachedCompany, of company: CompanyID, by person: String) async throws {
        let seal = pendingSeal(of: company)
        let (id, sealed) = (Identifier<PendingRow>(using: randomness).text, try seal.sealed(reached.grant).current)
        let replaced = try await database.transaction(company: company) { transaction in
            let replaced = try transaction.takePending()?.grant(seal)
            try transaction.execute(
                """
                INSERT INTO connection_pending (company_id, id, kind, tenant_id, organisation_name,
                    organisation_number, grant_sealed, person, expires_at)
                VALUES (\(company), \(id), \(reached.kind.word), \(reached.kind.tenantID), \(reached.organisation.name),
                    \(reached.organisation.number), \(sealed), \(person), \(transaction.now() + Self.patience))
                """)
            try transaction.audit(
                by: person, "companyReached", of: ConnectionRow.auditKind, ConnectionRow.auditSubject,
                because: reached.kind.word.rawValue, after: reached.organisation.description)
            return replaced
        }
        if let replaced { _ = await revoke(replaced) }
    }

    /// The person who signed in says yes to the company that was shown under the id, and it is connected. Returns its
    /// name and number. Throws `ConnectionRefused`; then it waits on, or was taken already.
    public func confirm(company: CompanyID, id: String, by person: String) async throws -> String {
        let (seal, pendingSeal) = (seal(of: company), pendingSeal(of: company))
        let reached = try await database.transaction(company: company) { transaction in
            guard let row = try transaction.takePending(id), row.person == person,
                try row.expiresAt > transaction.now(), let kind = row.grantKind
            else { throw ConnectionRefused.nothingWaits }
            let grant = try row.grant(pendingSeal)
            guard grant.reconnectReason == nil else { throw ConnectionRefused.nothingWaits }
            let reached = ReachedCompany(kind: kind, grant: grant, organisation: row.organisation)
            try transaction.connect(reached, seal, by: person)
            return reached
        }
        forget(company)
        return reached.organisation.description
    }

    /// No: the grant is erased here, then revoked at Visma. Returns false when Visma did not confirm that.
    @discardableResult
    public func decline(company: CompanyID, id: String, by person: String) async throws -> Bool {
        let seal = pendingSeal(of: company)
        let grant = try await database.transaction(company: company) { transaction in
            guard let row = try transaction.takePending(id) else { throw ConnectionRefused.nothingWaits }
            try transaction.audit(
                by: person, "companyDeclined", of: ConnectionRow.auditKind, ConnectionRow.auditSubject,
                before: row.organisation.description)
            return try row.grant(seal)
        }
        return await revoke(grant)
    }

    /// Nobody has answered in time: that is a no.
    func declineLate() async throws {
        let late = try await database.readAcrossCompanies { connection in
            try connection.query(
                """
                SELECT company_id, id FROM connection_pending WHERE expires_at <= \(connection.now())
                    AND company_id IN (SELECT id FROM company WHERE state IN ('active', 'paused'))
                ORDER BY expires_at, company_id LIMIT 10
                """
            ).map { (company: try $0.get("company_id", as: CompanyID.self), id: try $0.get("id", as: String.self)) }
        }
        for (company, id) in late {
            do {
                try await decline(company: company, id: id, by: "system")
            } catch ConnectionRefused.nothingWaits {
                // Another process was first.
                continue
            }
        }
    }
}

extension CompanyTransaction {
    /// What waits, for the last time; only under the id where one is given.
    func takePending(_ id: String? = nil) throws -> PendingRow? {
        try first(
            """
            DELETE FROM connection_pending WHERE company_id = \(company) AND id = coalesce(CAST(\(id) AS TEXT), id)
            RETURNING kind, tenant_id, organisation_name, organisation_number, grant_sealed, person, expires_at
            """
        ).map { row in
            try PendingRow(
                kind: row.get("kind"), tenantID: row.get("tenant_id"),
                organisation: Organisation(
                    name: row.get("organisation_name"), number: row.get("organisation_number")),
                sealed: row.get("grant_sealed"), person: row.get("person"), expiresAt: row.get("expires_at"))
        }
    }
}

extension VismaNetConnections {
    /// The same acts for the pages.
    public var desk: ConnectionDesk {
        ConnectionDesk(
            authority: configuration.authority.schemeAndHost,
            begin: { try await self.beginSignIn(company: $0, by: $1) },
            finish: { try await self.finishSignIn(company: $0, answer: $1, by: $2) },
            reach: { try await self.holdService(company: $0, tenantID: $1, by: $2) },
            confirm: { try await self.confirm(company: $0, id: $1, by: $2) },
            decline: { try await self.decline(company: $0, id: $1, by: $2) },
            disconnect: { try await self.disconnect(company: $0, by: $1) })
    }
}
