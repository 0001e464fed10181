/// HTML whose inserted texts are escaped by their type: a `String` in an interpolation can never become markup.
///
/// Only literals in the source and other `Markup` go in as they are.
public struct Markup: ExpressibleByStringInterpolation, Sendable {
    public let html: String

    public init(stringLiteral value: String) {
        html = value
    }

    public init(stringInterpolation: StringInterpolation) {
        html = stringInterpolation.html
    }

    public init(_ parts: [Markup]) {
        html = parts.map(\.html).joined()
    }

    public static let nothing: Markup = ""

    public struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var html = ""

        public init(literalCapacity: Int, interpolationCount: Int) {
            html.reserveCapacity(literalCapacity + interpolationCount * 16)
        }

        public mutating func appendLiteral(_ literal: String) {
            html += literal
        }

        public mutating func appendInterpolation(_ text: String) {
            html += Markup.escaped(text)
        }

        public mutating func appendInterpolation(_ number: Int) {
            html += String(number)
        }

        public mutating func appendInterpolation(_ part: Markup) {
            html += part.html
        }

        public mutating func appendInterpolation(_ parts: [Markup]) {
            for part in parts { html += part.html }
        }
    }

    /// Safe between tags and inside quoted attributes.
    public static func escaped(_ text: String) -> String {
        var escaped = ""
        escaped.reserveCapacity(text.utf8.count)
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            case "'": escaped += "&#39;"
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }

    /// One segment of a path or one value of a query; numbers of records may hold `/`, `#`, `%` and blanks.
    public static func urlPart(_ text: String) -> String {
        var encoded = ""
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "~"):
                encoded.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                let hex = String(byte, radix: 16, uppercase: true)
                encoded += byte < 16 ? "%0\(hex)" : "%\(hex)"
            }
        }
        return encoded
    }
}
