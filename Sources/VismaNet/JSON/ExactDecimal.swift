import Foundation

extension Decimal {
    /// The exact value of a JSON number, or nil if it does not fit (more than 38 significant digits, or an exponent beyond ±127).
    init?(exactly number: String) {
        if let short = Self.short(number) {
            self = short
            return
        }
        var digits = ""
        var exponent = 0
        var negative = false
        var afterPoint = false
        var rest = Substring(number)
        if let mark = number.firstIndex(where: { $0 == "e" || $0 == "E" }) {
            guard let written = Int(number[number.index(after: mark)...]), abs(written) < 1000 else { return nil }
            exponent = written
            rest = number[..<mark]
        }
        for character in rest {
            switch character {
            case "-": negative = true
            case ".": afterPoint = true
            default:
                digits.append(character)
                if afterPoint { exponent -= 1 }
            }
        }
        digits = String(digits.drop { $0 == "0" })
        while digits.last == "0" {
            digits.removeLast()
            exponent += 1
        }
        if digits.isEmpty {
            self = .zero
            return
        }
        guard digits.count <= 38 else { return nil }
        // Trailing zeros that the exponent cannot carry go back into the digits.
        while exponent > 127, digits.count < 38 {
            digits.append("0")
            exponent -= 1
        }
        guard (-128...127).contains(exponent),
            let significand = Decimal(string: digits, locale: nil), significand.isFinite
        else { return nil }
        self.init(sign: negative ? .minus : .plus, exponent: exponent, significand: significand)
    }

    /// Up to 18 digits without an exponent, which is every price there is.
    private static func short(_ number: String) -> Decimal? {
        guard number.utf8.count <= 18 else { return nil }
        var significand: Int64 = 0
        var exponent = 0
        var isNegative = false
        var isAfterPoint = false
        for byte in number.utf8 {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                significand = significand * 10 + Int64(byte - UInt8(ascii: "0"))
                if isAfterPoint { exponent -= 1 }
            case UInt8(ascii: "-"): isNegative = true
            case UInt8(ascii: "."): isAfterPoint = true
            default: return nil
            }
        }
        guard significand != 0 else { return .zero }
        while significand % 10 == 0 {
            significand /= 10
            exponent += 1
        }
        return Decimal(sign: isNegative ? .minus : .plus, exponent: exponent, significand: Decimal(significand))
    }

    /// Plain decimal notation without exponent, as JSON wants it; nil for "not a number".
    var jsonText: String? {
        guard isFinite else { return nil }
        let text = description
        return text.contains("e") || text.contains("E") ? nil : text
    }
}
