import Persistence

/// A time on the clock of the place of work, `hh:mm`, without a date: when the worker began or went home.
public struct TimeOfDay: SQLConvertible, Hashable, Comparable, CustomStringConvertible {
    public let minutes: Int

    public init?(hour: Int, minute: Int) {
        guard (0...23).contains(hour), (0...59).contains(minute) else { return nil }
        minutes = hour * 60 + minute
    }

    /// From `hh:mm` or `h:mm`.
    public init?(_ text: String) {
        guard let match = text.wholeMatch(of: /([0-9]{1,2}):([0-9]{2})/), let hour = Int(match.1),
            let minute = Int(match.2)
        else { return nil }
        self.init(hour: hour, minute: minute)
    }

    public var description: String {
        let (hour, minute) = minutes.quotientAndRemainder(dividingBy: 60)
        return "\(hour < 10 ? "0" : "")\(hour):\(minute < 10 ? "0" : "")\(minute)"
    }

    public var sqlValue: SQLValue { .text(description) }
    public init(sqlValue: SQLValue) throws {
        let text = try String(sqlValue: sqlValue)
        guard let time = Self(text) else { throw SQLError.unreadable("time of day expected, found \(text)") }
        self = time
    }

    public static func < (one: Self, other: Self) -> Bool { one.minutes < other.minutes }

    /// Minutes from this time to another; an earlier or equal one is on the next day, as on a night shift.
    public func minutes(to end: Self) -> Int {
        end > self ? end.minutes - minutes : end.minutes - minutes + 24 * 60
    }
}
