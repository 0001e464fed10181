import Foundation

extension String {
    /// Without the blanks at its ends, as keys are compared (API.md 2.6).
    var withoutBlanks: String { hasBareEnds ? self : trimmingCharacters(in: .whitespaces) }

    /// Without the spaces and tabs at its ends, as headers have them.
    var trimmed: String {
        if hasBareEnds { return self }
        return String(drop { $0 == " " || $0 == "\t" }.reversed().drop { $0 == " " || $0 == "\t" }.reversed())
    }

    /// True where a look at the bytes shows that there is nothing to cut: ASCII, or one of the letters that begin with C3,
    /// such as Ø.
    private var hasBareEnds: Bool {
        guard let first = utf8.first, let last = utf8.last else { return true }
        let isLastBare = (0x21...0x7E).contains(last) || utf8.dropLast().last == 0xC3
        return ((0x21...0x7E).contains(first) || first == 0xC3) && isLastBare
    }
}
