import Persistence

/// How the connection of a company stands, for people to see.
public struct ConnectionStatus: Sendable, Hashable {
    public enum State: String, SQLConvertible, CaseIterable { case connected, reconnectRequired, disconnected }
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
        let row = try transaction.first(
            """
            SELECT connection.state AS state, connection.kind AS kind, connection.organisation AS organisation,
                connection.changed_at AS changed_at, gate.closed_until AS closed_until, gate.rate_limit AS rate_limit,
                gate.rate_remaining AS rate_remaining, gate.rate_resets_at AS rate_resets_at
            FROM connection LEFT JOIN erp_gate gate ON gate.company_id = connection.company_id
            WHERE connection.company_id = \(transaction.company)
            """)
        guard let row else { return nil }
        let now = try transaction.now()
        let closedUntil: Timestamp? = try row.get("closed_until")
        let resetsAt: Timestamp? = try row.get("rate_resets_at")
        let hasWindow = resetsAt.map { $0 > now } ?? false
        return ConnectionStatus(
            state: try row.get("state"), kind: try row.get("kind"), organisation: try row.get("organisation"),
            changedAt: try row.get("changed_at"), heldUntil: closedUntil.flatMap { $0 > now ? $0 : nil },
            callsLeft: hasWindow ? try row.get("rate_remaining") : nil,
            callsPerHour: hasWindow ? try row.get("rate_limit") : nil)
    }
}
