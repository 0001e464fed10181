import Foundation

/// Turns a file's bytes into rows. A fault of the whole file is thrown; a fault of one row stands beside the others.
enum FileReader {
    static let sizeLimitMiB = 32
    static let rowLimit = 200_000

    typealias Rows = [Result<FileRow, FileFaultAt>]

    static func rows(name: String, bytes: [UInt8], rowLimit: Int = rowLimit) throws(FileFaultAt) -> Rows {
        guard bytes.count <= sizeLimitMiB << 20 else { throw FileFaultAt(fault: .tooLarge(limitMiB: sizeLimitMiB)) }
        let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
        let bytes = bytes.starts(with: byteOrderMark) ? Array(bytes.dropFirst(3)) : bytes
        guard !bytes.contains(0), String(validating: bytes, as: UTF8.self) != nil else {
            throw FileFaultAt(fault: .notUTF8)
        }
        let first = bytes.first { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }
        let isJSON = first == UInt8(ascii: "[") || first == UInt8(ascii: "{")
        let rows =
            isJSON
            ? try JSONFile(name: name).rows(JSONText.read(bytes), limit: rowLimit)
            : try csvRows(name: name, CSVText.rows(bytes, limit: rowLimit))
        return refusingDoubleKeys(rows)
    }

    private static func csvRows(name: String, _ rows: [CSVText.Row]) throws(FileFaultAt) -> Rows {
        guard let heading = rows.first, rows.count > 1 else { throw FileFaultAt(fault: .hasNoRows) }
        let kind = try csvKind(name: name, heading: heading, first: rows[1])
        let columns = try columns(of: heading, kind: kind)
        return rows.dropFirst().map { row in
            Result { () throws(FileFaultAt) in
                guard !row.hasStrayQuote else { throw FileFaultAt(fault: .strayQuote, line: row.line, kind: kind) }
                guard row.cells.count == columns.count else {
                    throw FileFaultAt(
                        fault: .cellCount(found: row.cells.count, expected: columns.count), line: row.line,
                        kind: kind)
                }
                let cells = zip(columns, row.cells.map(\.trimmed)).filter { !$0.1.isEmpty }
                return try FileRow(
                    file: name, line: row.line, kind: kind,
                    cells: Dictionary(cells, uniquingKeysWith: { first, _ in first }), allowsDecimalComma: true
                ).refusingOtherKind()
            }
        }
    }

    /// The name decides, then a column `kind`, then the headings.
    private static func csvKind(name: String, heading: CSVText.Row, first: CSVText.Row) throws(FileFaultAt) -> FileKind
    {
        if let kind = FileKind(fileName: name) { return kind }
        let stated = zip(heading.cells, first.cells).first { ["kind", "type"].contains($0.0.lowercased()) }
        if let word = stated?.1, let kind = FileKind(word: word) { return kind }
        guard let kind = FileKind(columns: heading.cells) else {
            throw FileFaultAt(fault: .unknownKind, line: heading.line)
        }
        return kind
    }

    private static func columns(of heading: CSVText.Row, kind: FileKind) throws(FileFaultAt) -> [FileColumn] {
        var columns: [FileColumn] = []
        for name in heading.cells {
            guard let column = FileColumn(heading: name, kind: kind) else {
                throw FileFaultAt(fault: .unknownColumn(name), line: heading.line, field: name)
            }
            guard !columns.contains(column) else {
                throw FileFaultAt(fault: .doubleColumn(name), line: heading.line, field: name)
            }
            columns.append(column)
        }
        if let missing = kind.requiredColumns.first(where: { !columns.contains($0) }) {
            throw FileFaultAt(fault: .missingColumn(missing), line: heading.line, field: missing.rawValue)
        }
        return columns
    }

    /// The second row with the same key is a mistake, not a change.
    private static func refusingDoubleKeys(_ rows: Rows) -> Rows {
        var lines: [String: Int] = [:]
        return rows.map { result in
            guard case .success(let row) = result, let column = row.kind.keyColumn, let key = row.text(column) else {
                return result
            }
            let place = "\(row.kind.rawValue) \(key)"
            if let line = lines[place] { return .failure(row.fault(.doubleKey(key, firstLine: line), column)) }
            lines[place] = row.line
            return result
        }
    }
}

extension FileRow {
    func refusingOtherKind() throws(FileFaultAt) -> FileRow {
        if let word = text(.kind), FileKind(word: word) != kind { throw fault(.otherKind(word), .kind) }
        return self
    }
}
