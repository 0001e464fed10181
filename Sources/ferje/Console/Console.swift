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

    /// With ordinary blanks, so that what is copied from a terminal is found again.
    func money(_ amount: Decimal) -> String { Self.plain(language.money(amount)) }
    func number(_ number: Int) -> String { Self.plain(language.number(number)) }
    func quantity(_ quantity: Decimal) -> String { Self.plain(language.quantity(quantity)) }

    private static func plain(_ text: String) -> String { text.replacing("\u{a0}", with: " ") }
}
