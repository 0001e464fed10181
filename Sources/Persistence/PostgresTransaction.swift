/// The connection that a transaction's body gets on PostgreSQL.
final class PostgresTransaction: SQLConnection {
    private let session: PostgresSession
    private let clock: WallClock?
    /// The server's time at the beginning, for as long as it is the present: a statement may wait for others.
    private var begunAt: Timestamp?
    private(set) var failure = FirstFailure()

    init(session: PostgresSession, clock: WallClock?, begunAt: Timestamp?) {
        self.session = session
        self.clock = clock
        self.begunAt = begunAt
    }

    func execute(_ sql: SQL) throws -> Int {
        try asking { try session.run(sql.text, sql.bindings).changedRows }
    }

    func query(_ sql: SQL) throws -> [SQLRow] {
        try asking { try session.run(sql.text, sql.bindings).rows() }
    }

    func executeMany(_ text: String, _ rows: [[SQLValue]]) throws -> Int {
        try asking { try session.run(text, rows: rows) }
    }

    func now() throws -> Timestamp {
        if let clock { return clock.now }
        if let begunAt { return begunAt }
        let row = try first("SELECT \(raw: PostgresOpening.time) AS now")
        guard let row else { throw SQLError.unreadable("the database does not tell the time") }
        return try row.get("now")
    }

    /// The server delivers it with the commit.
    func hint() throws {
        _ = try asking { try session.run("SELECT pg_notify($1, '')", [.text(PostgresListener.channel)]) }
    }

    /// Not so strong as to hinder new rows that point at the locked ones.
    func lockingPassingBy(_ table: String) -> String { "FOR NO KEY UPDATE OF \(table) SKIP LOCKED" }

    /// For five hundred keys in a plain list PostgreSQL would read all rows of a company that is new to its statistics: it
    /// takes such a company for a small one. An array that it knows only when it runs counts as ten keys.
    /// Both together, so that there is no way through all rows of the company: where the server takes that for few, it goes
    /// there and holds each row against every key.
    func among(_ keys: [some SQLConvertible], in column: String, of company: CompanyID) -> SQL {
        guard !keys.isEmpty else { return "FALSE" }
        let values = (2...keys.count + 1).map { "($1, $\($0))" }.joined(separator: ", ")
        return SQL(
            "(company_id, \(column)) IN (VALUES \(values))", bindings: [company.sqlValue] + keys.map(\.sqlValue))
    }

    /// Migrations wait for each other without limit, and one of them may take longer than a statement of every day;
    /// what they wait for besides keeps its limit.
    func lockSchema() throws {
        try asking {
            try session.run("SET LOCAL statement_timeout = 0")
            try session.run("SET LOCAL lock_timeout = 0")
            try session.run("SELECT pg_advisory_xact_lock($1)", [.integer(Self.schemaLock)])
            try session.run("SET LOCAL lock_timeout = '10s'")
        }
    }

    func columnNames(of table: String) throws -> Set<String> {
        let rows = try query(
            """
            SELECT CAST(a.attname AS TEXT) AS name FROM pg_class AS t JOIN pg_attribute AS a ON a.attrelid = t.oid
            WHERE t.relnamespace = CAST(current_schema() AS regnamespace) AND t.relname = \(table)
                AND t.relkind IN ('r', 'p') AND a.attnum > 0 AND NOT a.attisdropped
            """)
        return Set(try rows.map { try $0.get("name") })
    }

    /// A table that others are at is locked in a transaction of its own, so that nobody waits in a circle.
    func separateCompanies() throws -> Bool {
        for statement in try query(PostgresRowSecurity.missing) {
            _ = try execute(SQL(stringLiteral: statement.get("ddl")))
            if try statement.get("renews", as: Int.self) == 1 { return true }
        }
        return false
    }

    private func asking<Answer>(_ work: () throws -> Answer) throws -> Answer {
        begunAt = nil
        return try failure.keeping(work)
    }

    /// Any number that no other program uses in the same database.
    private static let schemaLock: Int64 = 0x6665_726A_65
}
