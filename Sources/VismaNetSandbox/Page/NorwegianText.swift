import Foundation

/// Numbers and status words as a Norwegian reads them.
enum NorwegianText {
    /// `1 234,50`: two decimals, half away from zero, a no-break space between the thousands.
    static func amount(_ value: Decimal) -> String {
        grouped(rounded(value, 2), leastDecimals: 2)
    }

    /// `7,5`: up to four decimals, none when they are not needed.
    static func quantity(_ value: Decimal) -> String {
        grouped(rounded(value, 4), leastDecimals: 0)
    }

    static func count(_ number: Int) -> String {
        grouped(Decimal(number), leastDecimals: 0)
    }

    static func status(_ status: String) -> String {
        switch status {
        case "Active": "Aktiv"
        case "Completed": "Avsluttet"
        case "Cancelled", "Canceled": "Kansellert"
        case "OnHold": "Stanset"
        case "Planned": "Under planlegging"
        case "PendingApproval": "Venter på godkjenning"
        case "Hold": "På vent"
        case "Balanced": "Balansert"
        case "Released": "Frigitt"
        case "Inactive": "Inaktiv"
        case "NoSales": "Ikke salg"
        case "NoPurchases": "Ikke innkjøp"
        case "NoRequest": "Ikke rekvisisjon"
        case "MarkedForDeletion": "Skal slettes"
        default: status
        }
    }

    private static func rounded(_ value: Decimal, _ decimals: Int) -> Decimal {
        var source = value
        var result = Decimal()
        NSDecimalRound(&result, &source, decimals, .plain)
        return result
    }

    private static func grouped(_ value: Decimal, leastDecimals: Int) -> String {
        let isNegative = value < 0
        let parts = (isNegative ? -value : value).description.split(separator: ".")
        let whole = parts.first.map(Array.init) ?? ["0"]
        var decimals = parts.count > 1 ? String(parts[1]) : ""
        while decimals.count < leastDecimals { decimals += "0" }
        var text = isNegative ? "\u{2212}" : ""
        for (index, digit) in whole.enumerated() {
            if index > 0, (whole.count - index).isMultiple(of: 3) { text += "\u{00A0}" }
            text.append(digit)
        }
        return decimals.isEmpty ? text : "\(text),\(decimals)"
    }
}
