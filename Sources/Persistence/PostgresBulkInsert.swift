import CLibpq

/// `INSERT INTO … VALUES ($1, …)` for many rows as one statement: an array for each column, in the server's binary form.
/// The server starts and ends it once, and not for every row.
struct PostgresBulkInsert {
    /// The statement with an array in the place of each value.
    let text: String
    /// The types of the arrays.
    let types: [Oid]
    /// The columns that an array is sent of, with the type of their values; of the others all values are NULL.
    private let sent: [(column: Int, type: Oid)]

    /// Nil for any other statement, also one that goes on after the values.
    init?(_ text: String, columns: [Oid]) {
        let values = "VALUES (\(columns.indices.map { "$\($0 + 1)" }.joined(separator: ", ")))"
        sent = columns.enumerated().filter { $0.element != 0 }.map { (column: $0.offset, type: $0.element) }
        guard text.hasPrefix("INSERT INTO "), text.hasSuffix(values), !sent.isEmpty else { return nil }
        let names = columns.indices.map { columns[$0] == 0 ? "NULL" : "c\($0)" }.joined(separator: ", ")
        let arrays = sent.indices.map { "$\($0 + 1)" }.joined(separator: ", ")
        let arrayNames = sent.map { "c\($0.column)" }.joined(separator: ", ")
        self.text = "\(text.dropLast(values.count))SELECT \(names) FROM unnest(\(arrays)) AS many (\(arrayNames))"
        types = sent.map { $0.type == SQLValue.bigint ? 1016 : 1009 }
    }

    /// Lends the arrays with their lengths.
    func withArrays<Answer>(
        of rows: ArraySlice<[SQLValue]>, _ body: ([UnsafePointer<CChar>?], _ lengths: [Int32]) throws -> Answer
    ) throws -> Answer {
        var (bytes, ends): ([UInt8], [Int]) = ([], [])
        for (column, type) in sent {
            try Self.append(column, type, of: rows, to: &bytes)
            ends.append(bytes.count)
        }
        let starts = [0] + ends.dropLast()
        return try bytes.withUnsafeBytes { all in
            let base = all.baseAddress?.assumingMemoryBound(to: CChar.self)
            return try body(starts.map { start in base.map { $0 + start } }, zip(starts, ends).map { Int32($1 - $0) })
        }
    }

    /// The form of `array_recv`: dimensions, whether there are NULLs, the type; how many and from which index on; then of
    /// each value its length (-1 for NULL) and its bytes. Everything with the highest byte first.
    private static func append(
        _ column: Int, _ type: Oid, of rows: ArraySlice<[SQLValue]>, to bytes: inout [UInt8]
    ) throws {
        for head in [1, 1, Int32(type), Int32(rows.count), 1] { bytes.append(bigEndian: head) }
        for row in rows {
            switch row[column] {
            case .null: bytes.append(bigEndian: Int32(-1))
            case .integer(let number):
                bytes.append(bigEndian: Int32(8))
                bytes.append(bigEndian: number)
            case .text(let text):
                try row[column].refuseNUL()
                bytes.append(bigEndian: Int32(text.utf8.count))
                bytes.append(contentsOf: text.utf8)
            }
        }
    }
}

extension [UInt8] {
    fileprivate mutating func append(bigEndian number: some FixedWidthInteger) {
        Swift.withUnsafeBytes(of: number.bigEndian) { append(contentsOf: $0) }
    }
}
