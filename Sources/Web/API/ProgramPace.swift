import Persistence
import Proresult
import Synchronization

/// How many calls a key may make in a minute, so that one program that has run wild leaves room for people and for the
/// others. Each process counts for itself.
final class ProgramPace: Sendable {
    static let callsPerMinute = 600

    private struct Minute {
        var start: Timestamp
        var calls: Int
    }

    private let minutes = Mutex<[ProgramKeyID: Minute]>([:])

    /// Counts the call, or tells how long to wait.
    func enter(_ key: ProgramKeyID, at now: Timestamp) -> Duration? {
        minutes.withLock { minutes in
            let end = { (minute: Minute) in minute.start + .seconds(60) }
            guard var minute = minutes[key], now < end(minute), now >= minute.start else {
                minutes = minutes.filter { now < end($0.value) }
                minutes[key] = Minute(start: now, calls: 1)
                return nil
            }
            guard minute.calls < Self.callsPerMinute else { return end(minute) - now }
            minute.calls += 1
            minutes[key] = minute
            return nil
        }
    }
}
