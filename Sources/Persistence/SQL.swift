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
            var shifted: [UInt8] = []
            shifted.reserveCapacity(part.text.utf8.count + part.bindings.count)
            var isAfterSign = false
            var number: Int?
            for byte in part.text.utf8 {
                if UInt8.isDigit(byte), isAfterSign || number != nil {
                    number = (number ?? 0) * 10 + Int(byte - UInt8(ascii: "0"))
                } else {
                    if let known = number { shifted += String(known + bindings.count).utf8 }
                    number = nil
                    shifted.append(byte)
                }
                isAfterSign = byte == UInt8(ascii: "$")
            }
            if let known = number { shifted += String(known + bindings.count).utf8 }
            text += String(decoding: shifted, as: UTF8.self)
            bindings += part.bindings
        }

        /// Text of the program's own, such as a list of columns.
        public mutating func appendInterpolation(raw fragment: String) {
            text += fragment
        }
    }
}
