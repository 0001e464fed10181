/// A wall-clock time of the ERP with 100-nanosecond steps.
///
/// The API gives most times without a zone and some with one, and mixes 0 to 7 digits of fraction (API.md 2.2). Times without a
/// zone are kept as they are; a time with `Z` or an offset is turned into Norwegian wall time, so that all can be compared.
/// It is a value to compare with other times of the ERP and to ask the ERP with; it is not an instant.
public struct VismaDateTime: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// 100-nanosecond steps since 0001-01-01T00:00:00.
    let ticks: Int64

    private static let ticksPerSecond: Int64 = 10_000_000
    private static let latest = VismaDateTime(ticks: 315_537_897_599 * ticksPerSecond + 9_999_999)

    private init(ticks: Int64) { self.ticks = ticks }

    /// Reads `yyyy-MM-dd`, or that and a time, with up to seven digits of fraction and perhaps `Z` or an offset.
    /// Nil for anything else and for times that do not exist (2026-02-30, year 99999).
    public init?(_ text: String) {
        guard let parsed = WallClockText(text) else { return nil }
        self.init(parsed)
    }

    init?(_ parsed: WallClockText) {
        var seconds = Int64(parsed.days) * 86_400 + Int64(parsed.secondOfDay)
        if let offset = parsed.offsetMinutes {
            let utc = seconds - Int64(offset) * 60
            seconds = utc + NorwegianTime.offsetSeconds(atUTC: utc)
        }
        let ticks = seconds * Self.ticksPerSecond + Int64(parsed.ticks)
        guard (0...Self.latest.ticks).contains(ticks) else { return nil }
        self.ticks = ticks
    }

    /// Canonical text of fixed width, `yyyy-MM-ddTHH:mm:ss.fffffff`: sorts as text exactly as in time. Store this.
    public var text: String { Self.wholeSeconds(ticks) + "." + padded(ticks % Self.ticksPerSecond, 7) }

    public var description: String { text }

    /// The form that filters take: milliseconds, cut and never rounded up, no zone (API.md 2.2). Cutting keeps a `>=` filter from
    /// losing the row that gave the time.
    public var filterText: String {
        Self.wholeSeconds(ticks) + "." + padded(ticks % Self.ticksPerSecond / 10_000, 3)
    }

    /// The calendar day.
    public var date: VismaDate { VismaDate(days: Int(ticks / (86_400 * Self.ticksPerSecond))) }

    /// Earlier by so many minutes; stops at the year 1.
    public func minus(minutes: Int) -> VismaDateTime {
        let (shift, tooMuch) = Int64(minutes).multipliedReportingOverflow(by: 60 * Self.ticksPerSecond)
        guard !tooMuch else { return VismaDateTime(ticks: minutes > 0 ? 0 : Self.latest.ticks) }
        let (moved, overflow) = ticks.subtractingReportingOverflow(shift)
        guard !overflow else { return VismaDateTime(ticks: minutes > 0 ? 0 : Self.latest.ticks) }
        return VismaDateTime(ticks: min(max(moved, 0), Self.latest.ticks))
    }

    public static func < (left: VismaDateTime, right: VismaDateTime) -> Bool { left.ticks < right.ticks }

    private static func wholeSeconds(_ ticks: Int64) -> String {
        let seconds = ticks / ticksPerSecond
        let ofDay = seconds % 86_400
        let clock = "\(padded(ofDay / 3600, 2)):\(padded(ofDay / 60 % 60, 2)):\(padded(ofDay % 60, 2))"
        return "\(VismaDate(days: Int(seconds / 86_400)).text)T\(clock)"
    }
}

/// A calendar date: the day of work, the start of a project. It has no zone and never shifts.
///
/// On the wire it is midnight without offset (API.md 2.6).
public struct VismaDate: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// Days since 0001-01-01.
    let days: Int

    init(days: Int) { self.days = days }

    /// Reads `yyyy-MM-dd` with or without a time, which is dropped. With an offset the Norwegian day counts. Nil if it does not exist.
    public init?(_ text: String) {
        guard let parsed = WallClockText(text), let time = VismaDateTime(parsed) else { return nil }
        self = time.date
    }

    public init?(year: Int, month: Int, day: Int) {
        guard let days = CivilCalendar.days(year: year, month: month, day: day) else { return nil }
        self.days = days
    }

    /// `yyyy-MM-dd`.
    public var text: String {
        let civil = CivilCalendar.civil(days: days)
        return "\(padded(Int64(civil.year), 4))-\(padded(Int64(civil.month), 2))-\(padded(Int64(civil.day), 2))"
    }

    /// `yyyy-MM-ddT00:00:00`, the form that bodies carry.
    public var wireText: String { text + "T00:00:00" }

    public var description: String { text }

    public var year: Int { CivilCalendar.civil(days: days).year }
    public var month: Int { CivilCalendar.civil(days: days).month }
    public var day: Int { CivilCalendar.civil(days: days).day }

    public static func < (left: VismaDate, right: VismaDate) -> Bool { left.days < right.days }
}

func padded(_ number: Int64, _ width: Int) -> String {
    let digits = String(number)
    let missing = width - digits.utf8.count
    return missing > 0 ? String(repeating: "0", count: missing) + digits : digits
}
