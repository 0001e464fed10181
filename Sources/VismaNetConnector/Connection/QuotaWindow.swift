import Persistence

/// One hour of calls of one company, shared out among the lanes and all processes.
///
/// The rule, complete:
/// - In the first half of the hour a background lane gets no more than its own share.
/// - In the second half unused shares flow to whoever asks.
/// - Background never gets the last 15 % of the window, which covers the 10 % of people.
/// - A person's call gets whatever is left, at any time.
struct QuotaWindow: Sendable, Hashable {
    /// The ERP's windows are fixed hours (API.md 2.8).
    static let length = Duration.seconds(3600)
    /// Per cent of the window that only people get.
    private static let reserve = 15
    private static let largestSlice = 20

    var limit: Int
    /// Calls that are not lent to anybody and that the ERP has not told us are gone.
    var remaining: Int
    var resetsAt: Timestamp
    var lent: [Lane: Int] = [:]

    enum Loan: Sendable, Hashable {
        case calls(Int)
        case none(until: Timestamp, why: String)
    }

    /// How many calls a process may take for a lane now: a slice, so that the table is not written on every call.
    func loan(to lane: Lane, at now: Timestamp) -> Loan {
        let kept = lane == .manual ? 0 : partOfLimit(Self.reserve)
        var free = remaining - kept
        guard free > 0 else {
            return .none(
                until: resetsAt,
                why: lane == .manual
                    ? "this hour's calls are used up" : "the rest of this hour's calls is kept for people")
        }
        let flowing = resetsAt - Self.length / 2
        if lane != .manual, now < flowing {
            free = min(free, partOfLimit(lane.share) - lent[lane, default: 0])
            guard free > 0 else {
                return .none(until: flowing, why: "the share of \(lane.rawValue) in this hour's calls is used up")
            }
        }
        return .calls(min(free, slice))
    }

    /// One per cent of a small quota.
    private var slice: Int { min(Self.largestSlice, max(1, limit / 100)) }

    /// Rounded up, so that a small quota leaves a call to each lane.
    private func partOfLimit(_ share: Int) -> Int { (limit * share + 99) / 100 }
}
