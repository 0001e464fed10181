/// Columns that stand under each other: texts to the left, numbers to the right.
struct Table {
    enum Side { case left, right }

    private let sides: [Side]
    private var rows: [[String]] = []
    private let hasHeader: Bool

    /// `header` nil gives a table of rows only.
    init(_ sides: [Side], header: [String]? = nil) {
        self.sides = sides
        hasHeader = header != nil
        if let header { rows.append(header) }
    }

    var isEmpty: Bool { rows.count == (hasHeader ? 1 : 0) }

    mutating func add(_ row: [String]) { rows.append(row) }

    var lines: [String] {
        let widths = sides.indices.map { column in
            rows.map { $0.indices.contains(column) ? $0[column].count : 0 }.max() ?? 0
        }
        var lines = rows.map { line($0, widths: widths) }
        if hasHeader { lines.insert(widths.map { String(repeating: "─", count: $0) }.joined(separator: "  "), at: 1) }
        return lines.map { "  " + $0 }
    }

    private func line(_ row: [String], widths: [Int]) -> String {
        var line = ""
        for (column, width) in widths.enumerated() {
            let cell = row.indices.contains(column) ? row[column] : ""
            let space = String(repeating: " ", count: max(0, width - cell.count))
            if column > 0 { line += "  " }
            line += sides[column] == .left ? cell + space : space + cell
        }
        while line.last == " " { line.removeLast() }
        return line
    }
}
