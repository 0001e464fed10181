import Proresult
import Synchronization

/// How many event streams each session holds open here, so that nobody can take all connections.
final class OpenStreams: Sendable {
    static let mostOfSession = 5

    private let open = Mutex<[SessionID: Int]>([:])

    /// False when the session has as many as it may.
    func enter(_ session: SessionID) -> Bool {
        open.withLock { open in
            guard open[session, default: 0] < Self.mostOfSession else { return false }
            open[session, default: 0] += 1
            return true
        }
    }

    func leave(_ session: SessionID) {
        open.withLock { open in
            let left = (open[session] ?? 1) - 1
            open[session] = left > 0 ? left : nil
        }
    }
}
