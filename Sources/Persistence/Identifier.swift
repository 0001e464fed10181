/// The key of a record of one kind, so that a worker's key cannot stand where a project's should.
public struct Identifier<Record>: SQLConvertible, Hashable, Codable, CustomStringConvertible {
    public let text: String

    public init(_ text: String) { self.text = text }

    /// 128 random bits in 26 characters of Crockford's base 32, lower case.
    public init(using randomness: Randomness) {
        text = Crockford.encode(randomness.bytes(16)).lowercased()
    }

    public var description: String { text }
    public var sqlValue: SQLValue { .text(text) }
    public init(sqlValue: SQLValue) throws { text = try String(sqlValue: sqlValue) }

    public init(from decoder: any Decoder) throws { text = try String(from: decoder) }
    public func encode(to encoder: any Encoder) throws { try text.encode(to: encoder) }
}

extension Identifier: Comparable {
    public static func < (one: Self, other: Self) -> Bool { one.text < other.text }
}

/// A tenant: one contractor. Every row of the business carries it.
public enum CompanyKey {}
public typealias CompanyID = Identifier<CompanyKey>
