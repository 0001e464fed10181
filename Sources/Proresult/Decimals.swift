import Foundation

extension Decimal {
    /// How many digits stand behind the point when it is written as short as it can be.
    var decimals: Int {
        let text = description
        guard let point = text.firstIndex(of: ".") else { return 0 }
        return text.distance(from: point, to: text.endIndex) - 1
    }

    /// Rounded half away from zero, as money and hours are.
    public func rounded(toDecimals count: Int) -> Decimal {
        var (value, result) = (self, Decimal())
        NSDecimalRound(&result, &value, count, .plain)
        return result
    }
}
