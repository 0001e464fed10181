import Foundation

/// Rows as text with semicolons (RFC 4180). A cell that a spreadsheet could take for a formula gets an apostrophe in
/// front; a plain negative number is none.
public enum CSVWriting {
    public static func text(_ rows: [[String]]) -> String {
        rows.map { $0.map(cell).joined(separator: ";") + "\r\n" }.joined()
    }

    private static let dangerous: Set<Character> = ["=", "+", "-", "@", "\t", "\r", "\n", "\r\n", "＝", "＋", "－", "＠"]

    private static func isNegativeNumber(_ text: String) -> Bool { text.wholeMatch(of: /-[0-9]+([.][0-9]+)?/) != nil }

    private static func cell(_ text: String) -> String {
        let isDangerous = text.first.map(dangerous.contains) == true && !isNegativeNumber(text)
        let safe = isDangerous ? "'" + text : text
        guard safe.contains(where: { ";,\"".contains($0) || $0.isNewline }) || safe.first == " " || safe.last == " "
        else {
            return safe
        }
        return "\"" + safe.replacing("\"", with: "\"\"") + "\""
    }
}
