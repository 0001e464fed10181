import Persistence
import Sync
import VismaNet

/// The row of `connection` without its secrets.
struct ConnectionRow: Sendable {
    static let auditKind = "connection"
    static let auditSubject = "visma.net"

    var kind: ConnectionStatus.Kind
    var state: ConnectionStatus.State
    var tenantID: String?
    var organisation: String?
    var changedAt: Timestamp
    /// The newest token by which the organisation was seen to be the right one, by any process.
    var provenVersion: Int64?

    static func read(in transaction: CompanyTransaction) throws -> ConnectionRow? {
        let row = try transaction.first(
            """
            SELECT kind, state, tenant_id, organisation, changed_at, proven_version
            FROM connection WHERE company_id = \(transaction.company)
            """)
        return try row.map {
            ConnectionRow(
                kind: try $0.get("kind"), state: try $0.get("state"), tenantID: try $0.get("tenant_id"),
                organisation: try $0.get("organisation"), changedAt: try $0.get("changed_at"),
                provenVersion: try $0.get("proven_version"))
        }
    }

    /// How tokens are got again; nil for a service connection that has lost its tenant.
    var grantKind: GrantKind? {
        switch kind {
        case .interactive: .interactive
        case .service: tenantID.map { .service(tenantID: $0, scopes: GrantKind.serviceScopes) }
        }
    }
}
