import Foundation
import Proresult

/// What a command says: sentences and tables for people, or one line of JSON for programs. Progress goes to the error
/// output, and only when a person is looking.
struct Console: Sendable {
    var language: Language
    var isJSON: Bool
    var showsProgress: Bool

    init(language: Language, isJSON: Bool) {
        self.language = language
        self.isJSON = isJSON
        showsProgress = !isJSON && isatty(STDERR_FILENO) == 1
    }

    func text(_ text: Text) -> String { text.inLanguage(language) }

    /// A sentence for people; nothing for programs.
    func say(_ text: Text) { say(text.inLanguage(language)) }

    func say(_ line: String = "") {
        if !isJSON { Self.write(line + "\n", to: .standardOutput) }
    }

    func say(_ table: Table) {
        for line in table.lines { say(line) }
    }

    /// A remark that is not part of the result.
    func remark(_ text: Text) {
        if !isJSON { Self.write(text.inLanguage(language) + "\n", to: .standardError) }
    }

    /// The result for programs, on one line; nothing for people.
    func answer(_ value: some Encodable) throws {
        if isJSON { Self.write(try Self.line(value), to: .standardOutput) }
    }

    static func line(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(value), as: UTF8.self) + "\n"
    }

    /// Straight to the descriptor, so that the lines come when they are said also when the output is a pipe.
    static func write(_ text: String, to handle: FileHandle) {
        try? handle.write(contentsOf: Data(text.utf8))
    }

    /// `1234567.5` as `1 234 567,50` or `1,234,567.50`; never rounded, at least two decimals.
    func money(_ amount: Decimal) -> String { grouped(amount, leastDecimals: 2) }

    func number(_ number: Int) -> String { grouped(Decimal(number), leastDecimals: 0) }

    func quantity(_ quantity: Decimal) -> String { grouped(quantity, leastDecimals: 0) }

    private func grouped(_ value: Decimal, leastDecimals: Int) -> String {
        let isNegative = value < 0
        let parts = (isNegative ? -value : value).description.split(separator: ".", maxSplits: 1).map(String.init)
        var whole = ""
        for (offset, digit) in (parts.first ?? "0").reversed().enumerated() {
            if offset > 0, offset.isMultiple(of: 3) { whole.append(language == .norwegian ? " " : ",") }
            whole.append(digit)
        }
        var fraction = parts.count > 1 ? parts[1] : ""
        while fraction.count < leastDecimals { fraction.append("0") }
        let point = fraction.isEmpty ? "" : (language == .norwegian ? "," : ".")
        return (isNegative ? "-" : "") + String(whole.reversed()) + point + fraction
    }
}
