import GRDB
import GRDBSQLite

/// A statement that is kept, bound and stepped by SQLite's own calls: GRDB makes a dictionary of the values and an
/// object of each row, which costs more than SQLite itself.
package struct PreparedStatement {
    private let statement: Statement
    private let connection: OpaquePointer
    private let handle: OpaquePointer
    /// For each parameter in SQLite's own order which value it takes: `$1` is a *named* parameter to SQLite, so that
    /// `$2` may stand before `$1` in the text.
    private let order: [Int]
    private let columns: [String: Int]
    /// Whether it leaves the file as it is.
    let isReadOnly: Bool

    init(_ statement: Statement, in database: Database) throws {
        self.statement = statement
        guard let connection = database.sqliteConnection else {
            throw SQLError.connectionLost("the database has been closed")
        }
        self.connection = connection
        let handle = statement.sqliteStatement
        self.handle = handle
        order = try (0..<sqlite3_bind_parameter_count(handle)).map { index in
            guard let name = sqlite3_bind_parameter_name(handle, index + 1),
                let number = Int(String(cString: name).dropFirst()), number > 0
            else { throw SQLError.statement("a parameter is not $1, $2 … in: \(statement.sql)") }
            return number - 1
        }
        columns = SQLRow.positions(statement.columnNames)
        isReadOnly = sqlite3_stmt_readonly(handle) != 0
    }

    /// Tells how many rows changed.
    @discardableResult
    package func run(_ bindings: [SQLValue] = []) throws -> Int {
        defer { reset() }
        try bind(bindings)
        let before = sqlite3_total_changes(connection)
        while try step() {}
        // SQLite keeps the last count when a statement changes no rows by nature, such as CREATE TABLE.
        return sqlite3_total_changes(connection) == before ? 0 : Int(sqlite3_changes(connection))
    }

    func rows(_ bindings: [SQLValue]) throws -> [SQLRow] {
        defer { reset() }
        try bind(bindings)
        let width = sqlite3_column_count(handle)
        var rows: [SQLRow] = []
        while try step() {
            rows.append(SQLRow(columns: columns, values: try (0..<width).map(value)))
        }
        return rows
    }

    private func bind(_ bindings: [SQLValue]) throws {
        for (index, place) in order.enumerated() {
            guard bindings.indices.contains(place) else {
                throw SQLError.statement("no value for $\(place + 1) in: \(statement.sql)")
            }
            let number = Int32(index + 1)
            let code: Int32
            switch bindings[place] {
            case .null: code = sqlite3_bind_null(handle, number)
            case .integer(let value): code = sqlite3_bind_int64(handle, number, value)
            case .text(var text):
                try bindings[place].refuseNUL()
                // Passed as a `String` it would be copied once more on the way.
                code = text.withUTF8 { bytes in
                    bytes.withMemoryRebound(to: CChar.self) { bytes in
                        guard let start = bytes.baseAddress else {
                            return sqlite3_bind_text(handle, number, "", 0, nil)
                        }
                        return sqlite3_bind_text(handle, number, start, Int32(bytes.count), Self.copied)
                    }
                }
            }
            guard code == SQLITE_OK else { throw error() }
        }
    }

    /// False at the end.
    private func step() throws -> Bool {
        switch sqlite3_step(handle) {
        case SQLITE_ROW: return true
        case SQLITE_DONE: return false
        default: throw error()
        }
    }

    private func value(_ column: Int32) throws -> SQLValue {
        switch sqlite3_column_type(handle, column) {
        case SQLITE_NULL: return .null
        case SQLITE_INTEGER: return .integer(sqlite3_column_int64(handle, column))
        case SQLITE_TEXT:
            let start = sqlite3_column_text(handle, column)
            let bytes = UnsafeBufferPointer(start: start, count: Int(sqlite3_column_bytes(handle, column)))
            return .text(String(decoding: bytes, as: UTF8.self))
        case SQLITE_FLOAT: throw SQLError.unreadable("the answer has a floating-point number")
        default: throw SQLError.unreadable("the answer has bytes")
        }
    }

    private func error() -> DatabaseError {
        DatabaseError(
            resultCode: ResultCode(rawValue: sqlite3_extended_errcode(connection)),
            message: String(cString: sqlite3_errmsg(connection)), sql: statement.sql)
    }

    /// The statement stays as it came, and holds no lock.
    private func reset() {
        sqlite3_reset(handle)
        sqlite3_clear_bindings(handle)
    }

    /// `SQLITE_TRANSIENT`, a macro that Swift does not see: SQLite makes a copy.
    private static let copied = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
}
