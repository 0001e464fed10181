import CLibpq
import Foundation
import Synchronization

/// Hears the hints of all processes on a database, on a connection and a thread of its own. When the connection dies it
/// makes another; what was missed meanwhile is made good by ringing once.
final class PostgresListener: Sendable {
    static let channel = "ferje_job"
    /// Between two attempts to connect, in milliseconds.
    private static let pause: Int32 = 1000

    private enum State {
        case off
        /// Closing this end of a pipe ends the thread.
        case listening(stop: Int32)
        case closed
    }

    let hints = Hints()
    private let address: PostgresAddress
    private let state = Mutex(State.off)

    init(address: PostgresAddress) { self.address = address }

    /// Does nothing the second time. Without a free file handle there are no hints, and work is found at the next look.
    func start() {
        state.withLock { state in
            guard case .off = state else { return }
            var ends: [Int32] = [-1, -1]
            guard pipe(&ends) == 0 else { return }
            for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
            let stopped = ends[0]
            Thread.detachNewThread { [address, hints] in
                Self.listen(at: address, hints, until: stopped)
                Foundation.close(stopped)
            }
            state = .listening(stop: ends[1])
        }
    }

    func close() {
        state.withLock { state in
            if case .listening(let stop) = state { Foundation.close(stop) }
            state = .closed
        }
    }

    private static func listen(at address: PostgresAddress, _ hints: Hints, until stopped: Int32) {
        var waiting = pollfd(fd: stopped, events: Int16(POLLIN), revents: 0)
        repeat {
            do {
                let session = try PostgresSession(address)
                try session.run("LISTEN \(channel)")
                hints.ring()
                while try session.isNotified(orStopped: stopped) { hints.ring() }
                return
            } catch {}
        } while poll(&waiting, 1, pause) == 0
    }
}
