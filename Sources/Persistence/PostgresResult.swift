import CLibpq

/// An answer of the server, freed with its last reader.
final class PostgresResult {
    private let handle: OpaquePointer

    init(_ handle: OpaquePointer) { self.handle = handle }

    deinit { PQclear(handle) }

    var status: ExecStatusType { PQresultStatus(handle) }

    /// `COMMIT`, `INSERT 0 1` …
    var commandTag: String { String(cString: PQcmdStatus(handle)) }

    var changedRows: Int {
        commandTag.hasPrefix("SELECT") ? 0 : Int(String(cString: PQcmdTuples(handle))) ?? 0
    }

    func rows() throws -> [SQLRow] {
        let width = PQnfields(handle)
        let names = (0..<width).map { String(cString: PQfname(handle, $0)) }
        let kinds = try (0..<width).map { try Kind(type: PQftype(handle, $0), column: names[Int($0)]) }
        let columns = SQLRow.positions(names)
        return try (0..<PQntuples(handle)).map { row in
            SQLRow(columns: columns, values: try (0..<width).map { try value(row, $0, kinds[Int($0)]) })
        }
    }

    /// The first column of the first row, where it is an integer.
    var firstInteger: Int64? {
        PQntuples(handle) > 0 ? PQgetvalue(handle, 0, 0).flatMap { Int64(String(cString: $0)) } : nil
    }

    private func value(_ row: Int32, _ column: Int32, _ kind: Kind) throws -> SQLValue {
        guard PQgetisnull(handle, row, column) == 0, let bytes = PQgetvalue(handle, row, column) else { return .null }
        let text = String(cString: bytes)
        switch kind {
        case .text: return .text(text)
        case .integer:
            guard let number = Int64(text) else { throw SQLError.unreadable("the answer has no readable integer") }
            return .integer(number)
        }
    }

    /// A field of an error, by its letter in the protocol.
    func errorField(_ letter: Unicode.Scalar) -> String? {
        PQresultErrorField(handle, Int32(letter.value)).map { String(cString: $0) }
    }

    /// The types that both databases have, by the numbers of `pg_type`.
    private enum Kind {
        case integer, text

        init(type: Oid, column: String) throws {
            switch type {
            case 20, 21, 23: self = .integer
            case 25, 1043, 19, 705: self = .text
            default:
                throw SQLError.unreadable("column \(column) has type number \(type): cast it to BIGINT or TEXT")
            }
        }
    }
}
