import Persistence

/// A connection that writes down the statements that pass through it.
public final class CountingConnection: SQLConnection {
    private let connection: any SQLConnection
    public private(set) var statements: [SQL] = []

    public init(_ connection: any SQLConnection) { self.connection = connection }

    public func execute(_ sql: SQL) throws -> Int {
        statements.append(sql)
        return try connection.execute(sql)
    }

    public func query(_ sql: SQL) throws -> [SQLRow] {
        statements.append(sql)
        return try connection.query(sql)
    }

    public func executeMany(_ text: String, _ rows: [[SQLValue]]) throws -> Int {
        if let first = rows.first { statements.append(SQL(text, bindings: first)) }
        return try connection.executeMany(text, rows)
    }

    public func among(_ keys: [some SQLConvertible], in column: String, of company: CompanyID) -> SQL {
        connection.among(keys, in: column, of: company)
    }
    public func now() throws -> Timestamp { try connection.now() }
    public func columnNames(of table: String) throws -> Set<String> { try connection.columnNames(of: table) }
    public func hint() throws { try connection.hint() }
    public func separateCompanies() throws -> Bool { try connection.separateCompanies() }
    public func lockSchema() throws { try connection.lockSchema() }
}
