import Persistence
import Synchronization

/// Two clocks: the true time, by which the ERP and the network go, and our own, which may jump.
final class StormClock: Sendable {
    private struct Times {
        var erp: Timestamp
        var offset = Duration.zero
    }

    private let times: Mutex<Times>

    init(_ start: Timestamp) { times = Mutex(Times(erp: start)) }

    /// The true time.
    var erp: Timestamp { times.withLock { $0.erp } }
    /// What our own machines take for the time.
    var now: Timestamp { times.withLock { $0.erp + $0.offset } }
    var offset: Duration { times.withLock { $0.offset } }
    var own: WallClock { WallClock { self.now } }

    func pass(_ duration: Duration) { times.withLock { $0.erp = $0.erp + max(.zero, duration) } }

    /// F37: our clock is put forward or back.
    func jump(_ duration: Duration) { times.withLock { $0.offset += duration } }
}
