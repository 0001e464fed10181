import Persistence

/// A week as the calendar on the wall numbers it: Monday to Sunday, in the year that has its Thursday.
public struct ISOWeek: Sendable, Hashable, Comparable, CustomStringConvertible {
    public let year: Int
    public let number: Int
    public let days: ClosedRange<CalendarDate>

    public var monday: CalendarDate { days.lowerBound }
    public var sunday: CalendarDate { days.upperBound }

    /// Nil at the edge of the supported years.
    public init?(containing date: CalendarDate) {
        guard let days = date.week, let thursday = days.lowerBound.adding(days: 3),
            let newYear = CalendarDate(year: thursday.year, month: 1, day: 1)
        else { return nil }
        self.days = days
        year = thursday.year
        number = newYear.days(to: thursday) / 7 + 1
    }

    /// From `2026-W47`.
    public init?(_ text: String) {
        let parts = text.split(separator: "-W", omittingEmptySubsequences: false)
        // The fourth of January is always in the first week.
        guard parts.map(\.count) == [4, 2], let year = Int(parts[0]), let number = Int(parts[1]), number > 0,
            let fourth = CalendarDate(year: year, month: 1, day: 4), let date = fourth.adding(days: 7 * (number - 1)),
            let week = Self(containing: date), week.year == year, week.number == number
        else { return nil }
        self = week
    }

    public var description: String { "\(year)-W\(number < 10 ? "0" : "")\(number)" }

    public func adding(weeks: Int) -> Self? { monday.adding(days: 7 * weeks).flatMap(Self.init(containing:)) }

    public static func < (one: Self, other: Self) -> Bool { one.monday < other.monday }
}
