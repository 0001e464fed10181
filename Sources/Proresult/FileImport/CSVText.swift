import Foundation

/// Rows of a CSV file (RFC 4180): cells in quotation marks may hold separators, line ends and doubled marks. Line ends
/// are CRLF, LF or CR; rows of empty cells, as spreadsheets leave them, are left out.
struct CSVText {
    struct Row: Hashable {
        /// The line that the row begins on, counted from 1.
        let line: Int
        let cells: [String]
        /// A mark stands where none may; the row cannot be trusted.
        let hasStrayQuote: Bool
    }

    private let bytes: [UInt8]
    private let separator: UInt8
    private var position = 0
    private var line = 1

    /// All rows, the heading first. Throws for a quotation mark that is never closed.
    static func rows(_ bytes: [UInt8], limit: Int) throws(FileFaultAt) -> [Row] {
        var text = CSVText(bytes: bytes)
        var rows: [Row] = []
        while let row = try text.nextRow() {
            guard row.cells.contains(where: { !$0.isEmpty }) else { continue }
            rows.append(row)
            // The heading is a row here.
            if rows.count > limit + 1 { throw FileFaultAt(fault: .tooManyRows(limit: limit)) }
        }
        return rows
    }

    /// The separator is the semicolon when the heading has one outside quotation marks, else the comma.
    private init(bytes: [UInt8]) {
        self.bytes = bytes
        var isQuoted = false
        let heading = bytes.drop { $0 == .lineFeed || $0 == .carriageReturn }.prefix { byte in
            if byte == .quote { isQuoted.toggle() }
            return isQuoted || (byte != .lineFeed && byte != .carriageReturn)
        }
        isQuoted = false
        let hasSemicolon = heading.contains { byte in
            if byte == .quote { isQuoted.toggle() }
            return !isQuoted && byte == .semicolon
        }
        separator = hasSemicolon ? .semicolon : .comma
    }

    private var current: UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func nextRow() throws(FileFaultAt) -> Row? {
        guard current != nil else { return nil }
        let firstLine = line
        var cells: [String] = []
        var hasStrayQuote = false
        while true {
            let (cell, isStray) = try nextCell()
            cells.append(cell)
            hasStrayQuote = hasStrayQuote || isStray
            guard current == separator else { break }
            position += 1
        }
        skipLineEnd()
        return Row(line: firstLine, cells: cells, hasStrayQuote: hasStrayQuote)
    }

    private mutating func nextCell() throws(FileFaultAt) -> (String, isStray: Bool) {
        guard current == .quote else {
            let cell = plainText()
            return (cell.trimmed, cell.utf8.contains(.quote))
        }
        let cell = try quotedText()
        let rest = plainText()
        return (cell, !rest.trimmed.isEmpty)
    }

    /// Up to the separator or the end of the line.
    private mutating func plainText() -> String {
        let start = position
        while let byte = current, byte != separator, byte != .lineFeed, byte != .carriageReturn { position += 1 }
        return String(decoding: bytes[start..<position], as: UTF8.self)
    }

    private mutating func quotedText() throws(FileFaultAt) -> String {
        let firstLine = line
        var content: [UInt8] = []
        position += 1
        while let byte = current {
            position += 1
            if byte == .quote {
                guard current == .quote else { return String(decoding: content, as: UTF8.self) }
                position += 1
            } else if byte == .lineFeed || (byte == .carriageReturn && current != .lineFeed) {
                line += 1
            }
            content.append(byte)
        }
        throw FileFaultAt(fault: .openQuote, line: firstLine)
    }

    private mutating func skipLineEnd() {
        guard let end = current else { return }
        position += 1
        if end == .carriageReturn, current == .lineFeed { position += 1 }
        line += 1
    }
}

extension UInt8 {
    static let quote = UInt8(ascii: "\"")
    static let comma = UInt8(ascii: ",")
    static let semicolon = UInt8(ascii: ";")
    static let lineFeed = UInt8(ascii: "\n")
    static let carriageReturn = UInt8(ascii: "\r")
}

extension String {
    var trimmed: String { trimmingCharacters(in: .whitespacesAndNewlines) }
}
