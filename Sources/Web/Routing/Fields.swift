import Foundation

/// The fields of a form or of the part of an address after `?`, in the order in which they came.
struct Fields: Sendable, Hashable {
    private(set) var pairs: [(name: String, value: String)] = []

    static func == (one: Fields, other: Fields) -> Bool { one.text == other.text }
    func hash(into hasher: inout Hasher) { hasher.combine(text) }

    /// More fields than a form of ours can have.
    static let mostFields = 5_000

    init() {}

    init(_ pairs: [(name: String, value: String)]) { self.pairs = pairs }

    /// Nil for text that is not URL-encoded, holds a NUL, or has too many fields.
    init?(urlEncoded text: some StringProtocol) {
        for part in text.split(separator: "&") {
            let halves = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard pairs.count < Self.mostFields, let first = halves.first, let name = Self.decoded(first),
                let value = Self.decoded(halves.count > 1 ? halves[1] : "")
            else { return nil }
            pairs.append((name, value))
        }
    }

    /// A form sends a blank as `+`.
    private static func decoded(_ part: some StringProtocol) -> String? {
        guard let text = String(part).replacing("+", with: " ").removingPercentEncoding, !text.utf8.contains(0) else {
            return nil
        }
        // Foundation drops one byte order mark at the beginning; so that the same fields come of them again, none is left.
        return String(String.UnicodeScalarView(text.unicodeScalars.drop { $0 == "\u{FEFF}" }))
    }

    /// The first field of the name, without blanks around it; empty when there is none.
    subscript(name: String) -> String {
        (pairs.first { $0.name == name }?.value ?? "").trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// As it was typed, blanks and all: passwords.
    func exact(_ name: String) -> String { pairs.first { $0.name == name }?.value ?? "" }

    func all(_ name: String) -> [String] { pairs.filter { $0.name == name }.map(\.value) }

    func has(_ name: String) -> Bool { pairs.contains { $0.name == name } }

    /// The same with one field set, or taken away by nil: for links that change one thing of a list.
    func with(_ name: String, _ value: String?) -> Fields {
        var fields = self
        fields.pairs.removeAll { $0.name == name }
        if let value { fields.pairs.append((name, value)) }
        return fields
    }

    /// For an address, with `?` in front; empty without fields.
    var query: String { pairs.isEmpty ? "" : "?" + text }

    private var text: String {
        pairs.map { Self.encoded($0.name) + "=" + Self.encoded($0.value) }.joined(separator: "&")
    }

    private static func encoded(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: .urlQueryValueAllowed) ?? ""
    }
}

extension CharacterSet {
    static let urlQueryValueAllowed = CharacterSet(
        charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
}
