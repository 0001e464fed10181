import Foundation

/// An instant, in whole milliseconds since 1970 UTC: machines' time. `Date` is a Double and shifts milliseconds.
public struct Timestamp: SQLConvertible, Hashable, Comparable {
    public let milliseconds: Int64

    public init(milliseconds: Int64) { self.milliseconds = milliseconds }

    public var sqlValue: SQLValue { .integer(milliseconds) }
    public init(sqlValue: SQLValue) throws { milliseconds = try Int64(sqlValue: sqlValue) }

    public static func < (one: Self, other: Self) -> Bool { one.milliseconds < other.milliseconds }

    public static func + (time: Self, duration: Duration) -> Self {
        Self(milliseconds: time.milliseconds.clampedAdding(duration.milliseconds))
    }

    public static func - (time: Self, duration: Duration) -> Self {
        Self(milliseconds: time.milliseconds.clampedSubtracting(duration.milliseconds))
    }

    public static func - (one: Self, other: Self) -> Duration {
        .milliseconds(one.milliseconds.clampedSubtracting(other.milliseconds))
    }

    public var date: Date { Date(timeIntervalSince1970: Double(milliseconds) / 1000) }
}

extension Duration {
    /// Whole milliseconds, cut towards zero; the largest number for durations beyond it.
    public var milliseconds: Int64 {
        let (whole, overflow) = components.seconds.multipliedReportingOverflow(by: 1000)
        if overflow { return components.seconds < 0 ? .min : .max }
        return whole.clampedAdding(components.attoseconds / 1_000_000_000_000_000)
    }
}

/// A stored instant may be any number, so that sums stop at the ends instead of trapping.
extension Int64 {
    fileprivate func clampedAdding(_ other: Int64) -> Int64 {
        let (sum, overflow) = addingReportingOverflow(other)
        return overflow ? (other < 0 ? .min : .max) : sum
    }

    fileprivate func clampedSubtracting(_ other: Int64) -> Int64 {
        let (difference, overflow) = subtractingReportingOverflow(other)
        return overflow ? (other < 0 ? .max : .min) : difference
    }
}

/// The wall clock as a value: the executable passes the real one, a test passes its own.
public struct WallClock: Sendable {
    private let read: @Sendable () -> Timestamp

    public init(_ read: @escaping @Sendable () -> Timestamp) { self.read = read }

    public var now: Timestamp { read() }
}
