import Foundation

/// The server's own wall clock, Europe/Oslo, as texts without offset (API.md 2.2).
enum OsloTime {
    private static let zone = TimeZone(identifier: "Europe/Oslo") ?? .gmt

    static func offsetSeconds(atMilliseconds milliseconds: Int64) -> Int64 {
        let seconds = floorDivide(milliseconds, 1000)
        return Int64(zone.secondsFromGMT(for: Date(timeIntervalSince1970: TimeInterval(seconds))))
    }

    /// `yyyy-MM-ddTHH:mm:ss.fff`
    static func text(_ milliseconds: Int64) -> String {
        text(utc: milliseconds + offsetSeconds(atMilliseconds: milliseconds) * 1000)
    }

    /// `yyyy-MM-dd`
    static func day(_ milliseconds: Int64) -> String { String(text(milliseconds).prefix(10)) }

    static func text(utc milliseconds: Int64) -> String {
        let seconds = floorDivide(milliseconds, 1000)
        let days = floorDivide(seconds, 86_400)
        let (year, month, day) = civil(fromDays: days)
        let rest = seconds - days * 86_400
        let date = "\(pad(year, 4))-\(pad(month, 2))-\(pad(day, 2))"
        return date
            + "T\(pad(rest / 3600, 2)):\(pad(rest / 60 % 60, 2)):\(pad(rest % 60, 2)).\(pad(milliseconds - seconds * 1000, 3))"
    }

    /// Milliseconds since the epoch of a wall-clock text made by `text(_:)`.
    static func milliseconds(local text: String) -> Int64? {
        let parts = text.split { !$0.isNumber }.compactMap { Int64($0) }
        guard parts.count >= 3 else { return nil }
        let clock = parts.dropFirst(3) + [0, 0, 0, 0]
        let fields = Array(clock.prefix(4))
        let seconds =
            days(fromCivil: parts[0], parts[1], parts[2]) * 86_400 + fields[0] * 3600 + fields[1] * 60 + fields[2]
        let asUTC = seconds * 1000 + fields[3]
        return asUTC - offsetSeconds(atMilliseconds: asUTC - 3_600_000) * 1000
    }

    static func isDay(_ text: some StringProtocol) -> Bool {
        let parts = String(text).split(separator: "-", omittingEmptySubsequences: false).map { String($0) }
        guard parts.count == 3, parts[0].count == 4, parts[1].count == 2, parts[2].count == 2,
            let year = Int64(parts[0]), let month = Int64(parts[1]), let day = Int64(parts[2]),
            (1...12).contains(month), (1...31).contains(day)
        else { return false }
        return civil(fromDays: days(fromCivil: year, month, day)) == (year, month, day)
    }

    private static func pad(_ value: Int64, _ width: Int) -> String {
        let digits = String(value)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }

    static func floorDivide(_ value: Int64, _ divisor: Int64) -> Int64 {
        value >= 0 ? value / divisor : -((-value + divisor - 1) / divisor)
    }

    /// Days since 1970-01-01 of a date of the Gregorian calendar, counted from March so that leap days come last.
    private static func days(fromCivil year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
        let shifted = month <= 2 ? year - 1 : year
        let era = floorDivide(shifted, 400)
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    private static func civil(fromDays days: Int64) -> (Int64, Int64, Int64) {
        let shifted = days + 719_468
        let era = floorDivide(shifted, 146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let march = (5 * dayOfYear + 2) / 153
        let month = march < 10 ? march + 3 : march - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * march + 2) / 5 + 1)
    }
}
