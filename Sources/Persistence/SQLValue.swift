import Foundation

/// The values that both databases store alike: NULL, 64-bit integers and text.
public enum SQLValue: Sendable, Hashable {
    case null
    case integer(Int64)
    case text(String)
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
        guard case .text(let text) = sqlValue else { throw SQLError.unreadable("text expected, found \(sqlValue)") }
        self = text
    }
}

extension Int64: SQLConvertible {
    public var sqlValue: SQLValue { .integer(self) }
    public init(sqlValue: SQLValue) throws {
        guard case .integer(let number) = sqlValue else {
            throw SQLError.unreadable("integer expected, found \(sqlValue)")
        }
        self = number
    }
}

extension Int: SQLConvertible {
    public var sqlValue: SQLValue { .integer(Int64(self)) }
    public init(sqlValue: SQLValue) throws {
        guard let number = Int(exactly: try Int64(sqlValue: sqlValue)) else {
            throw SQLError.unreadable("integer out of range: \(sqlValue)")
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
        guard let decimal = Decimal(exact: text) else { throw SQLError.unreadable("decimal expected, found \(text)") }
        self = decimal
    }

    /// A decimal from text such as `-12.50`: optional sign, digits, optional fraction, nothing else.
    /// `Decimal(string:)` by itself would read the digits of `12abc` and stop.
    public init?(exact text: String) {
        guard text.wholeMatch(of: /[+-]?[0-9]{1,30}(\.[0-9]{1,20})?/) != nil, let value = Decimal(string: text) else {
            return nil
        }
        self = value
    }
}

extension SQLConvertible where Self: RawRepresentable, RawValue: SQLConvertible {
    public var sqlValue: SQLValue { rawValue.sqlValue }
    public init(sqlValue: SQLValue) throws {
        guard let value = Self(rawValue: try RawValue(sqlValue: sqlValue)) else {
            throw SQLError.unreadable("\(Self.self) has no case \(sqlValue)")
        }
        self = value
    }
}
