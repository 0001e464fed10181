import Persistence
import Synchronization

/// A clock that stands still until the test moves it.
public final class TestClock: Sendable {
    private let time: Mutex<Timestamp>

    public init(_ start: Timestamp = .testStart) { time = Mutex(start) }

    public var now: Timestamp { time.withLock { $0 } }

    /// The same time for whoever asks for a `WallClock`.
    public var clock: WallClock { WallClock { self.now } }

    public func advance(by duration: Duration) { time.withLock { $0 = $0 + duration } }

    public func set(_ instant: Timestamp) { time.withLock { $0 = instant } }
}

extension Timestamp {
    /// 2026-11-16T08:00:00Z, a Monday.
    public static let testStart = Timestamp(milliseconds: 1_794_816_000_000)
}

extension WallClock {
    /// Always `Timestamp.testStart`.
    public static let frozen = WallClock { .testStart }
}
