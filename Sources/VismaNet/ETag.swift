/// The version of one record, from the header `ETag` or the body field `timeStamp`: the same value (API.md 2.3).
public struct ETag: Sendable, Hashable, CustomStringConvertible {
    /// Without quotes.
    public let text: String

    /// Takes the header's form (quoted, perhaps weak) or the bare value of `timeStamp`. Nil if it cannot go into a header.
    public init?(_ text: String) {
        var bare = Substring(text.trimmed)
        if bare.hasPrefix("W/") { bare = bare.dropFirst(2) }
        if bare.hasPrefix("\""), bare.hasSuffix("\""), bare.count >= 2 { bare = bare.dropFirst().dropLast() }
        guard !bare.isEmpty, bare.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\"") }) else {
            return nil
        }
        self.text = String(bare)
    }

    public var description: String { text }

    /// The value of `If-Match`.
    var header: String { "\"\(text)\"" }
}
