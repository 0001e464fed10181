import Foundation

/// A key of a record as a part of a path (API.md 2.6).
enum PathKey {
    /// Trimmed; percent-encoded, or `b64(…)` when it holds characters that a path reserves. Nil for an empty key, which would
    /// ask for the whole list instead.
    static func encoded(_ key: String) -> String? {
        let key = key.trimmingCharacters(in: .whitespaces)
        guard !key.isEmpty else { return nil }
        let plain = key.unicodeScalars.allSatisfy {
            $0 == " " || !$0.isASCII || PercentEncoding.isUnreserved(String($0))
        }
        if plain, !key.allSatisfy({ $0 == "." }) { return PercentEncoding.encoded(key) }
        return "b64(\(Base64URL.encoded(Array(key.utf8))))"
    }

    /// The key in a path part, percent-decoded and unwrapped; nil if it is empty or not text.
    static func decoded(_ part: String) -> String? {
        guard let text = part.removingPercentEncoding.map(withoutMarks) else { return nil }
        guard text.hasPrefix("b64("), text.hasSuffix(")") else { return text.isEmpty ? nil : text }
        return Base64URL.decoded(String(text.dropFirst(4).dropLast())).flatMap { String(validating: $0, as: UTF8.self) }
            .map(withoutMarks)
    }

    /// Foundation drops one byte order mark at the beginning; so that the same key comes of it again, none is left.
    private static func withoutMarks(_ text: String) -> String {
        String(String.UnicodeScalarView(text.unicodeScalars.drop { $0 == "\u{FEFF}" }))
    }
}
