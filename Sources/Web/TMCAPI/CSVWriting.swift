import Foundation

/// Rows as text with semicolons (RFC 4180). All cells are texts: one that a spreadsheet could take for a formula gets an
/// apostrophe in front.
enum CSVWriting {
    static func text(_ rows: [[String]]) -> String {
        rows.map { $0.map(cell).joined(separator: ";") + "\r\n" }.joined()
    }

    private static let dangerous: Set<Character> = ["=", "+", "-", "@", "\t", "\r", "\n", "\r\n", "＝", "＋", "－", "＠"]

    private static func cell(_ text: String) -> String {
        let safe = text.first.map(dangerous.contains) == true ? "'" + text : text
        guard safe.contains(where: { ";,\"".contains($0) || $0.isNewline }) || safe.first == " " || safe.last == " "
        else {
            return safe
        }
        return "\"" + safe.replacing("\"", with: "\"\"") + "\""
    }
}
