import Persistence
import Synchronization

/// Bounds what this process adds to the load of a host in trouble: of all calls to the API in a minute, for all
/// companies together, at most a tenth may be repetitions. Ten are always allowed, so that a quiet system can repeat.
final class RetryBudget: Sendable {
    private static let alwaysAllowed = 10
    private let lastMinute = Mutex(LastMinute())

    func called(at now: Timestamp) { lastMinute.withLock { $0.add(calls: 1, at: now) } }

    /// True when a call may be repeated, which is then counted.
    func take(at now: Timestamp) -> Bool {
        lastMinute.withLock { minute in
            guard minute.marked(at: now) < max(Self.alwaysAllowed, minute.calls(at: now) / 10) else { return false }
            minute.add(marked: 1, at: now)
            return true
        }
    }
}
