/// The database for many processes: PostgreSQL 13 or newer.
///
/// Transactions are READ COMMITTED: what must not be lost to another node is guarded by a constraint, by a condition
/// in the UPDATE itself, or by a row lock.
public final class PostgresDatabase: SQLDatabase {
    private let pool: PostgresPool
    private let listener: PostgresListener

    /// `url` is `postgres://user@host/database` or libpq's `key=value` form. Nothing is connected before the first
    /// transaction. `clock` nil: `now()` is the server's time, so that all nodes agree; tests pass their own.
    public init(url: String, poolSize: Int = 4, clock: WallClock? = nil) throws {
        let address = try PostgresAddress(url)
        pool = PostgresPool((0..<max(1, poolSize)).map { _ in PostgresConnection(address: address, clock: clock) })
        listener = PostgresListener(address: address)
    }

    public func transaction<Result: Sendable>(
        over scope: CompanyScope, _ body: @Sendable (any SQLConnection) throws -> Result
    ) async throws -> Result {
        try await pool.lend { try await $0.transaction(over: scope, body) }
    }

    public func read<Result: Sendable>(
        over scope: CompanyScope, _ body: @Sendable (any SQLConnection) throws -> Result
    ) async throws -> Result {
        try await pool.lend { try await $0.transaction(over: scope, readOnly: true, body) }
    }

    /// Whether the role of the address is one that policies of rows do not hold for: a superuser, or BYPASSRLS.
    public func standsAbovePolicies() async throws -> Bool {
        try await readAcrossCompanies { connection in
            try connection.first(
                "SELECT 1 AS yes FROM pg_roles WHERE rolname = current_user AND (rolsuper OR rolbypassrls)") != nil
        }
    }

    public func hints() async -> Hints {
        listener.start()
        return listener.hints
    }

    public func close() async throws {
        listener.close()
        await pool.close()
    }
}
