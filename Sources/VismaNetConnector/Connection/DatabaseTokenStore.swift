import Foundation
import Persistence
import Sync
import VismaNet

/// The grant of one company in the table `connection`, sealed, shared by every process on the database.
///
/// The lease on a refresh lives in the same row and runs by the database's clock. After a disconnect nothing can be
/// committed any more, so a refresh that was under way cannot bring a grant back to life.
struct DatabaseTokenStore: TokenStore, CustomStringConvertible {
    let database: any SQLDatabase
    let company: CompanyID
    let seal: GrantSeal

    var description: String { "***" }

    func load() async throws -> StoredGrant? { try await database.read(company: company, load) }

    func load(in transaction: CompanyTransaction) throws -> StoredGrant? {
        let row = try transaction.first(
            """
            SELECT state, grant_sealed, previous_grant_sealed, grant_version, refresh_started_at
            FROM connection WHERE company_id = \(company)
            """)
        guard let row else { return nil }
        let version: Int64 = try row.get("grant_version")
        let state: ConnectionStatus.State = try row.get("state")
        guard state != .disconnected else {
            return StoredGrant(version: version, reconnectReason: "disconnected")
        }
        var grant = try seal.open(
            try row.get("grant_sealed"), previous: try row.get("previous_grant_sealed"), version: version)
        grant.refreshStarted = try row.get("refresh_started_at")
        if state == .reconnectRequired { grant.reconnectReason = grant.reconnectReason ?? "connect again" }
        return grant
    }

    func leaseRefresh(for duration: Duration) async throws -> RefreshLease? {
        try await database.transaction(company: company) { transaction in
            let now = try transaction.now()
            let row = try transaction.first(
                """
                UPDATE connection
                SET refresh_epoch = refresh_epoch + 1, refresh_lease_until = \(now + duration)
                WHERE company_id = \(company) AND refresh_lease_until <= \(now) AND state = 'connected'
                RETURNING refresh_epoch
                """)
            return try row.map { RefreshLease(epoch: try $0.get("refresh_epoch")) }
        }
    }

    func release(_ lease: RefreshLease) async throws {
        try await database.transaction(company: company) { transaction in
            _ = try transaction.execute(
                """
                UPDATE connection SET refresh_lease_until = 0
                WHERE company_id = \(company) AND refresh_epoch = \(lease.epoch)
                """)
        }
    }

    func commit(_ grant: StoredGrant, ifVersion version: Int64) async throws -> StoredGrant? {
        let sealed = try seal.sealed(grant)
        return try await database.transaction(company: company) { transaction in
            let changed = try transaction.execute(
                """
                UPDATE connection SET grant_sealed = \(sealed.current), previous_grant_sealed = \(sealed.previous),
                    grant_version = grant_version + 1, refresh_started_at = \(grant.refreshStarted)
                WHERE company_id = \(company) AND grant_version = \(version) AND state = 'connected'
                """)
            guard changed == 1 else { return nil }
            if let reason = grant.reconnectReason { try transaction.requireReconnect(because: reason) }
            var stored = grant
            stored.version = version + 1
            return stored
        }
    }
}

extension CompanyTransaction {
    /// The grant is dead: said once, in the row and in the audit.
    func requireReconnect(because reason: String) throws {
        let changed = try execute(
            """
            UPDATE connection SET state = 'reconnectRequired', changed_at = \(now())
            WHERE company_id = \(company) AND state = 'connected'
            """)
        guard changed == 1 else { return }
        try audit(
            by: "system", "reconnectRequired", of: ConnectionRow.auditKind, ConnectionRow.auditSubject, because: reason)
    }
}
