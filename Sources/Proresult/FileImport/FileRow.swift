import Foundation
import Persistence

/// One row of a file: the cells that have a value, by column. Reading a cell as something names the cell when it is
/// not that.
struct FileRow: Hashable, Sendable {
    let file: String
    let line: Int
    let kind: FileKind
    let cells: [FileColumn: String]
    /// Spreadsheets here write a decimal comma; JSON does not.
    let allowsDecimalComma: Bool

    func text(_ column: FileColumn) -> String? { cells[column] }

    func required(_ column: FileColumn) throws -> String {
        guard let text = cells[column] else { throw fault(.missing, column) }
        return text
    }

    func decimal(_ column: FileColumn) throws -> Decimal? {
        guard let text = cells[column] else { return nil }
        let plain = allowsDecimalComma && !text.contains(".") ? text.replacing(",", with: ".") : text
        guard let number = Decimal(exact: plain) else { throw fault(.notNumber(text), column) }
        return number
    }

    func wholeNumber(_ column: FileColumn) throws -> Int? {
        guard let text = cells[column] else { return nil }
        guard let number = Int(text) else { throw fault(.notWholeNumber(text), column) }
        return number
    }

    /// `2026-11-24` or, as people write here, `24.11.2026`.
    func date(_ column: FileColumn) throws -> CalendarDate? {
        guard let text = cells[column] else { return nil }
        if let date = CalendarDate(text) { return date }
        let parts = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard parts.map(\.utf8.count) == [2, 2, 4], let date = CalendarDate(parts.reversed().joined(separator: "-"))
        else { throw fault(.notDate(text), column) }
        return date
    }

    func time(_ column: FileColumn) throws -> TimeOfDay? {
        guard let text = cells[column] else { return nil }
        guard let time = TimeOfDay(text) else { throw fault(.notTime(text), column) }
        return time
    }

    func truth(_ column: FileColumn) throws -> Bool? {
        guard let text = cells[column] else { return nil }
        switch text.lowercased() {
        case "yes", "ja", "true", "1": return true
        case "no", "nei", "false", "0": return false
        default: throw fault(.notYesNo(text), column)
        }
    }

    func role(_ column: FileColumn) throws -> Role? {
        guard let text = cells[column] else { return nil }
        guard let role = Role(rawValue: text.lowercased()) else { throw fault(.notRole(text), column) }
        return role
    }

    func fault(_ fault: FileFault, _ column: FileColumn? = nil) -> FileFaultAt {
        FileFaultAt(fault: fault, line: line, field: column?.rawValue, kind: kind)
    }
}
