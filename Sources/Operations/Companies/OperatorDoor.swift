import Logging
import Persistence
import Synchronization

/// Lets in who shows the key. Who shows a wrong one too often from one address is not listened to for a while, whatever is
/// shown then.
final class OperatorDoor: Sendable {
    static let mostFailures = 10
    static let window = Duration.seconds(60)
    /// Beyond so many addresses all others count together: none may fill the memory.
    static let mostAddresses = 1000

    private struct Failures {
        var since: Timestamp
        var count = 0
    }

    private let key: OperatorKey
    private let clock: WallClock
    private let logger: Logger
    private let failures = Mutex<[String: Failures]>([:])

    init(key: OperatorKey, clock: WallClock, logger: Logger) {
        (self.key, self.clock, self.logger) = (key, clock, logger)
    }

    /// Throws `OperatorProblem`.
    func admit(_ header: String?, from address: String) throws {
        let now = clock.now
        let wait: Duration? = failures.withLock { failures in
            failures = failures.filter { now - $0.value.since < Self.window }
            let place = Self.place(of: address, in: failures)
            guard let known = failures[place], known.count >= Self.mostFailures else { return nil }
            return Self.window - (now - known.since)
        }
        if let wait { throw OperatorProblem.tooMany(wait) }
        if key.isShown(in: header) { return }
        let count = failures.withLock { failures in
            failures[Self.place(of: address, in: failures), default: Failures(since: now)].count += 1
            return failures[Self.place(of: address, in: failures)]?.count ?? 0
        }
        logger.warning(
            "the operator's key was missing or wrong",
            metadata: [
                "address": "\(address)", "failures": "\(count)", "shut": "\(count >= Self.mostFailures)",
            ])
        throw OperatorProblem.keyNeeded
    }

    private static func place(of address: String, in failures: [String: Failures]) -> String {
        failures[address] != nil || failures.count < mostAddresses ? address : ""
    }
}
