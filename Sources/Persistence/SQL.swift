/// SQL text with its bindings: `"SELECT name FROM worker WHERE id = \(id)"`.
///
/// An interpolated value becomes `$1`, `$2` … with a binding, never a piece of the text. SQLite reads `$1` as a named
/// parameter and PostgreSQL as a numbered one, so that one text serves both. `\(raw:)` is for identifiers and
/// fragments that the program itself wrote.
public struct SQL: ExpressibleByStringInterpolation, Sendable, Hashable {
    public private(set) var text: String
    public private(set) var bindings: [SQLValue]

    public init(stringLiteral value: String) {
        text = value
        bindings = []
    }

    public init(stringInterpolation: Interpolation) {
        text = stringInterpolation.text
        bindings = stringInterpolation.bindings
    }

    /// A text with `$1` … in it and the values for them.
    public init(_ text: String, bindings: [SQLValue]) {
        self.text = text
        self.bindings = bindings
    }

    public struct Interpolation: StringInterpolationProtocol {
        var text = ""
        var bindings: [SQLValue] = []

        public init(literalCapacity: Int, interpolationCount: Int) {
            text.reserveCapacity(literalCapacity + interpolationCount * 3)
        }

        public mutating func appendLiteral(_ literal: String) {
            text += literal
        }

        public mutating func appendInterpolation(_ value: some SQLConvertible) {
            bindings.append(value.sqlValue)
            text += "$\(bindings.count)"
        }

        /// The same for an optional: with a parameter that says so, the compiler does not warn of an optional in a string.
        public mutating func appendInterpolation(_ value: (some SQLConvertible)?) {
            bindings.append(value.sqlValue)
            text += "$\(bindings.count)"
        }

        /// A list for `IN (…)`. An empty list gives `NULL`, which matches nothing.
        public mutating func appendInterpolation(list values: [some SQLConvertible]) {
            guard !values.isEmpty else {
                text += "NULL"
                return
            }
            for (index, value) in values.enumerated() {
                if index > 0 { text += ", " }
                appendInterpolation(value)
            }
        }

        /// Another text with its values, such as a condition that stands there only sometimes.
        public mutating func appendInterpolation(sql part: SQL) {
            let pieces = part.text.split(separator: "$", omittingEmptySubsequences: false)
            for (index, piece) in pieces.enumerated() {
                let digits = index == 0 ? "" : piece.prefix { $0.isNumber }
                if index > 0 { text += "$" + (Int(digits).map { String($0 + bindings.count) } ?? String(digits)) }
                text += piece.dropFirst(digits.count)
            }
            bindings += part.bindings
        }

        /// Text of the program's own, such as a list of columns.
        public mutating func appendInterpolation(raw fragment: String) {
            text += fragment
        }
    }
}
