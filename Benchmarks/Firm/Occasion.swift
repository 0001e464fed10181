import Persistence

/// What happened since the last run.
public enum Occasion: String, CaseIterable, Sendable {
    /// Nothing has been read before.
    case first
    /// An hour later, with no change.
    case unchanged
    /// Another hour later, with one record in a hundred changed.
    case changed
    /// The next day, when everything is read again.
    case nightly

    /// Hours after the first import.
    public var hours: Int {
        switch self {
        case .first: 0
        case .unchanged: 1
        case .changed: 2
        case .nightly: 26
        }
    }
}

extension WallClock {
    /// Starts at noon of a fixed day, so that no night falls between two occasions but the one that is meant.
    public static func shifted(byHours hours: Int) -> WallClock {
        let start = ContinuousClock.now
        return WallClock {
            Timestamp(milliseconds: noon + Int64(hours) * 3_600_000) + (ContinuousClock.now - start)
        }
    }

    /// 2026-11-18 12:00 UTC, the day of the generator.
    public static let noon: Int64 = 1_795_003_200_000
}
