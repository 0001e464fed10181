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

    static func read(in transaction: CompanyTransaction) throws -> ConnectionRow? {
        let row = try transaction.first(
            """
            SELECT kind, state, tenant_id, organisation, changed_at
            FROM connection WHERE company_id = \(transaction.company)
            """)
        return try row.map {
            ConnectionRow(
                kind: try $0.get("kind"), state: try $0.get("state"), tenantID: try $0.get("tenant_id"),
                organisation: try $0.get("organisation"), changedAt: try $0.get("changed_at"))
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

/// How the connection of a company stands, for people to see.
public struct ConnectionStatus: Sendable, Hashable {
    public enum State: String, SQLConvertible { case connected, reconnectRequired, disconnected }
    public enum Kind: String, SQLConvertible { case service, interactive }

    public var state: State
    public var kind: Kind
    /// Name and number of the organisation that was reached when it was connected.
    public var organisation: String?
    /// Since when it stands so.
    public var changedAt: Timestamp
    /// Calls are held back until then, because of a 429 or of failures; nil when nothing is held back.
    public var heldUntil: Timestamp?
    /// Calls left in this hour, and of how many, where the ERP has told.
    public var callsLeft: Int?
    public var callsPerHour: Int?

    /// Nil for a company that never had a connection. Needs neither the application's secret nor the key file.
    public static func read(in transaction: CompanyTransaction) throws -> ConnectionStatus? {
        guard let row = try ConnectionRow.read(in: transaction) else { return nil }
        let gate = try GateRow.read(in: transaction)
        let now = try transaction.now()
        let window = gate.window.flatMap { $0.resetsAt > now ? $0 : nil }
        return ConnectionStatus(
            state: row.state, kind: row.kind, organisation: row.organisation, changedAt: row.changedAt,
            heldUntil: gate.closedUntil > now ? gate.closedUntil : nil, callsLeft: window?.remaining,
            callsPerHour: window?.limit)
    }
}
