import Foundation

/// Rows as text with semicolons (RFC 4180). A cell that a spreadsheet could take for a formula gets an apostrophe in
/// front.
public enum CSVWriting {
    /// With `numbersStay` a plain negative number is none of those: for columns of amounts, where an apostrophe would make
    /// it a text.
    public static func text(_ rows: [[String]], numbersStay: Bool = false) -> String {
        rows.map { row in row.map { cell($0, numbersStay) }.joined(separator: ";") + "\r\n" }.joined()
    }

    private static let dangerous: Set<Character> = ["=", "+", "-", "@", "\t", "\r", "\n", "\r\n", "＝", "＋", "－", "＠"]

    private static func isNegativeNumber(_ text: String) -> Bool { text.wholeMatch(of: /-[0-9]+([.][0-9]+)?/) != nil }

    private static func cell(_ text: String, _ numbersStay: Bool) -> String {
        let isDangerous =
            text.first.map(dangerous.contains) == true && !(numbersStay && isNegativeNumber(text))
        let safe = isDangerous ? "'" + text : text
        guard safe.contains(where: { ";,\"".contains($0) || $0.isNewline }) || safe.first == " " || safe.last == " "
        else {
            return safe
        }
        return "\"" + safe.replacing("\"", with: "\"\"") + "\""
    }
}
