import Persistence

/// A connection that tells what passes through it, and that a broken variant may bend on the way.
struct WatchedConnection: SQLConnection {
    let connection: any SQLConnection
    let notes: TransactionNotes
    let bite: Bite?
    let node: Node

    func execute(_ sql: SQL) throws -> Int {
        let bent = try bite?.bent(sql, on: connection) ?? sql
        if let bite, try bite.puts(off: bent, node: node) { return 1 }
        let changed = try connection.execute(bent)
        notes.wrote(bent, changed: changed)
        try bite?.follow(bent, on: connection)
        return changed
    }

    func query(_ sql: SQL) throws -> [SQLRow] {
        let bent = try bite?.bent(sql, on: connection) ?? sql
        let rows = try connection.query(bent)
        notes.read(bent, rows: rows)
        if !rows.isEmpty { notes.wrote(bent, changed: rows.count) }
        return rows
    }

    func executeMany(_ text: String, _ rows: [[SQLValue]]) throws -> Int {
        let changed = try connection.executeMany(text, rows)
        notes.wroteMany(text, changed: changed)
        return changed
    }

    func now() throws -> Timestamp { try connection.now() }
    func columnNames(of table: String) throws -> Set<String> { try connection.columnNames(of: table) }
    func hint() throws { try connection.hint() }
    func separateCompanies() throws -> Bool { try connection.separateCompanies() }
    func lockSchema() throws { try connection.lockSchema() }
    func among(_ keys: [some SQLConvertible], in column: String, of company: CompanyID) -> SQL {
        connection.among(keys, in: column, of: company)
    }
    func lockingPassingBy(_ table: String) -> String { connection.lockingPassingBy(table) }
}
