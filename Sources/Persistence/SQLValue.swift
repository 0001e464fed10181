import Foundation

/// The values that both databases store alike: NULL, 64-bit integers and text.
public enum SQLValue: Sendable, Hashable {
    case null
    case integer(Int64)
    case text(String)

    /// What an error may say of a value: never the value itself, which can be a person's.
    var kind: String {
        switch self {
        case .null: "NULL"
        case .integer: "an integer"
        case .text: "a text"
        }
    }

    /// PostgreSQL cannot store the character NUL in a text, so SQLite must not either.
    func refuseNUL() throws {
        guard case .text(let text) = self else { return }
        let hasNUL = text.utf8.withContiguousStorageIfAvailable { bytes in
            bytes.baseAddress.map { memchr($0, 0, bytes.count) != nil } ?? false
        }
        guard !(hasNUL ?? text.utf8.contains(0)) else {
            throw SQLError.statement("a text to be stored contains the character NUL")
        }
    }
}

/// A Swift value with one stored form.
public protocol SQLConvertible: Sendable {
    var sqlValue: SQLValue { get }
    /// Throws `SQLError.unreadable` when the stored value has another form.
    init(sqlValue: SQLValue) throws
}

extension SQLValue: SQLConvertible {
    public var sqlValue: SQLValue { self }
    public init(sqlValue: SQLValue) { self = sqlValue }
}

extension String: SQLConvertible {
    public var sqlValue: SQLValue { .text(self) }
    public init(sqlValue: SQLValue) throws {
        guard case .text(let text) = sqlValue else {
            throw SQLError.unreadable("text expected, found \(sqlValue.kind)")
        }
        self = text
    }
}

extension Int64: SQLConvertible {
    public var sqlValue: SQLValue { .integer(self) }
    public init(sqlValue: SQLValue) throws {
        guard case .integer(let number) = sqlValue else {
            throw SQLError.unreadable("integer expected, found \(sqlValue.kind)")
        }
        self = number
    }
}

extension Int: SQLConvertible {
    public var sqlValue: SQLValue { .integer(Int64(self)) }
    public init(sqlValue: SQLValue) throws {
        guard let number = Int(exactly: try Int64(sqlValue: sqlValue)) else {
            throw SQLError.unreadable("integer out of range")
        }
        self = number
    }
}

extension Optional: SQLConvertible where Wrapped: SQLConvertible {
    public var sqlValue: SQLValue { self?.sqlValue ?? .null }
    public init(sqlValue: SQLValue) throws {
        self = sqlValue == .null ? nil : try Wrapped(sqlValue: sqlValue)
    }
}

/// Exact decimals are stored as plain text without exponent; sums are made in Swift, not in SQL.
extension Decimal: SQLConvertible {
    public var sqlValue: SQLValue { .text(description) }
    public init(sqlValue: SQLValue) throws {
        let text = try String(sqlValue: sqlValue)
        guard let decimal = Decimal(exact: text) else { throw SQLError.unreadable("decimal expected") }
        self = decimal
    }

    /// A decimal from text such as `-12.50`: optional sign, digits, optional fraction, nothing else, and nothing that
    /// `Decimal` would round. `Decimal(string:)` by itself reads the digits of `12abc` and stops.
    public init?(exact text: String) {
        let isNegative = text.hasPrefix("-")
        let unsigned = isNegative || text.hasPrefix("+") ? text.dropFirst() : text[...]
        let parts = unsigned.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy(UInt8.isDigit) }), unsigned.utf8.count <= 80,
            let value = Decimal(string: String(unsigned)), value.description == Self.shortest(parts)
        else { return nil }
        self = isNegative ? -value : value
    }

    /// `007.50` → `7.5`, the form that `description` gives.
    private static func shortest(_ parts: [Substring]) -> String {
        let whole = parts[0].drop { $0 == "0" }
        var fraction = parts.count > 1 ? parts[1] : ""
        while fraction.last == "0" { fraction.removeLast() }
        return (whole.isEmpty ? "0" : String(whole)) + (fraction.isEmpty ? "" : "." + fraction)
    }
}

extension UInt8 {
    static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
}

extension SQLConvertible where Self: RawRepresentable, RawValue: SQLConvertible {
    public var sqlValue: SQLValue { rawValue.sqlValue }
    public init(sqlValue: SQLValue) throws {
        guard let value = Self(rawValue: try RawValue(sqlValue: sqlValue)) else {
            throw SQLError.unreadable("\(Self.self) has no case for the stored value")
        }
        self = value
    }
}
