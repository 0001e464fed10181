import Foundation
import Persistence

/// How a language writes numbers, dates and times for people. Never rounded: what is stored is what is shown.
extension Language {
    /// `1234567.5` as `1 234 567,50` or `1,234,567.50`, at least two decimals. The blank does not break.
    public func money(_ amount: Decimal) -> String { grouped(amount, leastDecimals: 2) }

    public func number(_ number: Int) -> String { grouped(Decimal(number), leastDecimals: 0) }

    public func quantity(_ quantity: Decimal) -> String { grouped(quantity, leastDecimals: 0) }

    private func grouped(_ value: Decimal, leastDecimals: Int) -> String {
        let isNegative = value < 0
        let parts = (isNegative ? -value : value).description.split(separator: ".", maxSplits: 1).map(String.init)
        var whole = ""
        for (offset, digit) in (parts.first ?? "0").reversed().enumerated() {
            if offset > 0, offset.isMultiple(of: 3) { whole.append(self == .norwegian ? "\u{a0}" : ",") }
            whole.append(digit)
        }
        var fraction = parts.count > 1 ? parts[1] : ""
        while fraction.count < leastDecimals { fraction.append("0") }
        let point = fraction.isEmpty ? "" : (self == .norwegian ? "," : ".")
        return (isNegative ? "-" : "") + String(whole.reversed()) + point + fraction
    }

    /// `25.11.2026`; in English `25 Nov 2026`, which nobody reads as November the 25th or the other way round.
    public func date(_ date: CalendarDate) -> String {
        switch self {
        case .norwegian: "\(Self.two(date.day)).\(Self.two(date.month)).\(date.year)"
        case .english: "\(date.day) \(Self.months[date.month - 1]) \(date.year)"
        }
    }

    /// Day and time by the clock of the place of work.
    public func time(_ time: Timestamp) -> String {
        guard let day = CalendarDate(inNorwayAt: time) else { return "?" }
        return "\(date(day)) \(clock(time))"
    }

    /// `10:15`
    public func clock(_ time: Timestamp) -> String {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = TimeZone(identifier: "Europe/Oslo") ?? .gmt
        let parts = calendar.dateComponents([.hour, .minute], from: time.date)
        return "\(Self.two(parts.hour ?? 0)):\(Self.two(parts.minute ?? 0))"
    }

    /// `202611` as people write it: `11-2026`.
    public func period(_ id: String) -> String { id.count == 6 ? "\(id.suffix(2))-\(id.prefix(4))" : id }

    private static func two(_ number: Int) -> String { (number < 10 ? "0" : "") + String(number) }
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
}
