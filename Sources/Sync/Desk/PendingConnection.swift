import Persistence

/// A company that a sign-in has reached and that nobody has said yes to. Until then nothing is connected.
public struct PendingConnection: Sendable, Hashable {
    /// Random: who says yes says it to what was on the page.
    public var id: String
    public var kind: ConnectionStatus.Kind
    public var name: String
    public var number: String?
    /// Whoever signed in, and the only one who can say yes.
    public var person: String
    public var expiresAt: Timestamp

    /// Nil when nothing waits, or when it has waited too long.
    public static func read(in transaction: CompanyTransaction) throws -> PendingConnection? {
        try transaction.first(
            """
            SELECT id, kind, organisation_name, organisation_number, person, expires_at FROM connection_pending
            WHERE company_id = \(transaction.company) AND expires_at > \(transaction.now())
            """
        ).map { row in
            try PendingConnection(
                id: row.get("id"), kind: row.get("kind"), name: row.get("organisation_name"),
                number: row.get("organisation_number"), person: row.get("person"), expiresAt: row.get("expires_at"))
        }
    }
}

/// Everything that the connection's page tells.
public struct ConnectionOverview: Sendable, Hashable {
    /// Nil for a company that never had a connection.
    public var status: ConnectionStatus?
    /// Who connected it the last time, and when.
    public var connectedBy: String?
    public var connectedAt: Timestamp?
    /// Why a person must connect again, in the original words.
    public var reconnectReason: String?
    public var pending: PendingConnection?

    public static func read(in transaction: CompanyTransaction) throws -> ConnectionOverview {
        func last(_ action: String) throws -> SQLRow? {
            try transaction.first(
                """
                SELECT actor, at, reason FROM audit
                WHERE company_id = \(transaction.company) AND subject_kind = 'connection' AND action = \(action)
                ORDER BY at DESC, length(id) DESC, id DESC LIMIT 1
                """)
        }
        let (connected, required) = (try last("connected"), try last("reconnectRequired"))
        let status = try ConnectionStatus.read(in: transaction)
        return ConnectionOverview(
            status: status, connectedBy: try connected?.get("actor"), connectedAt: try connected?.get("at"),
            reconnectReason: status?.state == .reconnectRequired ? try required?.get("reason") : nil,
            pending: try PendingConnection.read(in: transaction))
    }
}
