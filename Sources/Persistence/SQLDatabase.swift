/// One transaction's way to the database: synchronous, so that no network call can be made while it is open.
public protocol SQLConnection {
    /// Runs a statement and tells how many rows it changed.
    @discardableResult
    func execute(_ sql: SQL) throws -> Int

    /// Runs a statement and reads its rows, also those of `RETURNING`.
    func query(_ sql: SQL) throws -> [SQLRow]

    /// Runs one statement for many rows of values: prepared once, `$1` … in its text. Tells how many rows changed.
    @discardableResult
    func executeMany(_ text: String, _ rows: [[SQLValue]]) throws -> Int

    /// The database's own clock on PostgreSQL, so that all nodes agree on leases; the process's clock on SQLite.
    func now() throws -> Timestamp

    /// Rings the bell of `SQLDatabase.hints()` once this transaction has committed: there is work.
    func hint() throws

    /// The end of a SELECT that locks the rows of a table (by the name that it has there) for this transaction and passes
    /// by those that another holds: many take from one queue and none waits. Empty where there is one writer at a time.
    func lockingPassingBy(_ table: String) -> String

    /// The condition that a row is the company's and has one of the keys in a column; with none, no row does. For lists as
    /// long as a page: each key is looked up by an index that begins with both, however few rows the planner takes the
    /// company to have.
    func among(_ keys: [some SQLConvertible], in column: String, of company: CompanyID) -> SQL

    /// Keeps every other migration out until this transaction ends.
    func lockSchema() throws

    /// The columns of a table of the schema in use; none when there is no such table.
    func columnNames(of table: String) throws -> Set<String>

    /// Has the database itself keep companies apart, in every table that has a `company_id`. True when there may be more to
    /// do, in the next transaction.
    func separateCompanies() throws -> Bool
}

extension SQLConnection {
    /// A database with one writer at a time has nothing more to lock.
    public func lockSchema() throws {}
    public func lockingPassingBy(_ table: String) -> String { "" }
    public func among(_ keys: [some SQLConvertible], in column: String, of company: CompanyID) -> SQL {
        "company_id = \(company) AND \(raw: column) IN (\(list: keys))"
    }

    /// SQLite has no rules for rows. There the filter of each statement and the company in every foreign key are all.
    public func separateCompanies() throws -> Bool { false }

    /// Whether the schema in use has a table of this name.
    public func hasTable(_ name: String) throws -> Bool { try !columnNames(of: name).isEmpty }

    /// The first row, if there is one.
    public func first(_ sql: SQL) throws -> SQLRow? { try query(sql).first }
}

/// A transaction that belongs to one company.
public struct CompanyTransaction {
    public let company: CompanyID
    public let connection: any SQLConnection

    public init(company: CompanyID, connection: any SQLConnection) {
        self.company = company
        self.connection = connection
    }

    @discardableResult
    public func execute(_ sql: SQL) throws -> Int { try connection.execute(sql) }
    public func query(_ sql: SQL) throws -> [SQLRow] { try connection.query(sql) }
    public func first(_ sql: SQL) throws -> SQLRow? { try connection.first(sql) }
    @discardableResult
    public func executeMany(_ text: String, _ rows: [[SQLValue]]) throws -> Int {
        try connection.executeMany(text, rows)
    }
    public func among(_ keys: [some SQLConvertible], in column: String) -> SQL {
        connection.among(keys, in: column, of: company)
    }
    public func now() throws -> Timestamp { try connection.now() }
    public func hint() throws { try connection.hint() }
}

/// Whose rows a transaction may see and write.
public enum CompanyScope: Sendable, Hashable {
    case all
    case one(CompanyID)
}

/// A database: SQLite for one process, PostgreSQL for many. Asynchronous outside, synchronous inside a transaction.
public protocol SQLDatabase: Sendable {
    /// Runs the body in one writing transaction and commits it; an error from the body rolls it back and is thrown
    /// unchanged. When it returns, the commit is on stable storage.
    func transaction<Result: Sendable>(
        over scope: CompanyScope, _ body: @Sendable (any SQLConnection) throws -> Result
    ) async throws -> Result

    /// Runs the body in one transaction that can only read: a statement that writes is an error. Pages are read so, and
    /// wait for no writer.
    func read<Result: Sendable>(
        over scope: CompanyScope, _ body: @Sendable (any SQLConnection) throws -> Result
    ) async throws -> Result

    /// The bell that rings for work. On PostgreSQL it is heard in every process, over a connection that the first call
    /// makes.
    func hints() async -> Hints

    /// Closes the connections. Nothing may be called afterwards.
    func close() async throws
}

extension SQLDatabase {
    /// Only the engine's claim, migrations, the door and the operator's commands look across companies; all else uses
    /// `transaction(company:)`.
    public func transactionAcrossCompanies<Result: Sendable>(
        _ body: @Sendable (any SQLConnection) throws -> Result
    ) async throws -> Result {
        try await transaction(over: .all, body)
    }

    public func readAcrossCompanies<Result: Sendable>(
        _ body: @Sendable (any SQLConnection) throws -> Result
    ) async throws -> Result {
        try await read(over: .all, body)
    }

    /// Runs the body in one writing transaction of a company.
    public func transaction<Result: Sendable>(
        company: CompanyID, _ body: @Sendable (CompanyTransaction) throws -> Result
    ) async throws -> Result {
        try await transaction(over: .one(company)) { connection in
            try body(CompanyTransaction(company: company, connection: connection))
        }
    }

    /// Runs the body in one transaction of a company that can only read.
    public func read<Result: Sendable>(
        company: CompanyID, _ body: @Sendable (CompanyTransaction) throws -> Result
    ) async throws -> Result {
        try await read(over: .one(company)) { connection in
            try body(CompanyTransaction(company: company, connection: connection))
        }
    }
}
