import Logging
import Persistence
import VismaNet

/// Holds calls of one company back before they are sent: after a 429 until the time it named, after failures until a
/// read gets through, and when the lane's share of the hour's calls is used up (`QuotaWindow`).
///
/// The state is a row that all processes see. It is read before each call and written only when it changes: calls are
/// borrowed in slices. What fails in a minute is counted by each process for itself; what it opens holds for all.
actor RateGate {
    private static let mostFailuresInARow = 5
    /// The other rule: at least half of at least so many calls in a minute.
    private static let fewestForTheRate = 20
    /// A gate that opens this soon is waited for.
    private static let shortWait = Duration.seconds(2)
    private static let mostTries = 3

    private let database: any SQLDatabase
    private let company: CompanyID
    private let clock: WallClock
    private let sleep: @Sendable (Duration) async throws -> Void
    private let logger: Logger
    private var row = GateRow()
    /// The database's time when the row was last read, just before the call.
    private var lookedAt = Timestamp(milliseconds: 0)
    private var slices: [Lane: Slice] = [:]
    private var lastMinute = LastMinute()

    /// Calls that this process has borrowed and not made. They end with their window.
    private struct Slice: Sendable {
        var calls: Int
        var window: Timestamp
    }

    private enum Verdict: Sendable {
        case go(borrowed: Slice?)
        case wait(Duration, why: String)
    }

    init(
        database: any SQLDatabase, company: CompanyID, clock: WallClock,
        sleep: @escaping @Sendable (Duration) async throws -> Void, logger: Logger
    ) {
        self.database = database
        self.company = company
        self.clock = clock
        self.sleep = sleep
        self.logger = logger
    }

    /// Returns when the call may be sent, else throws `tryLater` with the time to wait.
    func admit(_ kind: CallKind, in lane: Lane) async throws {
        var verdict = try await look(kind, lane)
        if case .wait(let wait, _) = verdict, wait <= Self.shortWait {
            try await sleep(wait)
            verdict = try await look(kind, lane)
        }
        guard case .wait(let wait, let why) = verdict else { return }
        let call = VismaNetCall(operation: "gate", method: kind == .read ? "GET" : "POST", path: "/v1")
        throw VismaNetError(call: call, failure: .tryLater(after: wait, reason: why))
    }

    private func look(_ kind: CallKind, _ lane: Lane) async throws -> Verdict {
        let company = company
        // Taken before the first wait, so that two callers do not use the same call.
        let held = takeHeld(lane)
        let seen = try await database.read(company: company) { transaction in
            let now = try transaction.now()
            let row = try GateRow.read(in: transaction)
            return Self.verdict(row, kind, lane, held: held, now: now).map { (row, now, $0) }
        }
        let (found, now, verdict) =
            if let seen { seen } else {
                try await database.transaction(company: company) { transaction in
                    let now = try transaction.now()
                    var row = try GateRow.read(in: transaction)
                    let verdict = try Self.take(of: &row, kind, lane, held: held, now: now, in: transaction)
                    return (row, now, verdict)
                }
            }
        row = found
        lookedAt = now
        if row.isBroken { lastMinute.clear() }
        settle(verdict, held, lane)
        return verdict
    }

    /// Nil where a call has to be borrowed, or is the one that tries the ERP: then the row is written.
    private static func verdict(
        _ row: GateRow, _ kind: CallKind, _ lane: Lane, held: Timestamp?, now: Timestamp
    ) -> Verdict? {
        if let wait = pause(row, kind, now: now) { return wait }
        switch row.openWindow(besides: held, at: now)?.loan(to: lane, at: now) {
        case .none(let until, let why)?: return .wait(until - now, why: why)
        case .calls?: return nil
        case nil: return row.isBroken ? nil : .go(borrowed: nil)
        }
    }

    /// The breaker comes after the quota: a probe that must not be sent would keep the others from probing.
    private static func take(
        of row: inout GateRow, _ kind: CallKind, _ lane: Lane, held: Timestamp?, now: Timestamp,
        in transaction: CompanyTransaction
    ) throws -> Verdict {
        if let wait = pause(row, kind, now: now) { return wait }
        var mayProbe = !row.isBroken
        for _ in 0..<mostTries {
            let window = row.openWindow(besides: held, at: now)
            let loan = window?.loan(to: lane, at: now)
            if case .none(let until, let why)? = loan { return .wait(until - now, why: why) }
            if !mayProbe {
                mayProbe = try GateRow.takeProbe(of: row, now: now, in: transaction)
                guard mayProbe else {
                    return .wait(.seconds(row.openSeconds), why: "another call is trying Visma.net")
                }
            }
            guard let window, case .calls(let calls)? = loan else { return .go(borrowed: nil) }
            if try GateRow.lend(calls, to: lane, of: window, in: transaction) {
                return .go(borrowed: Slice(calls: calls, window: window.resetsAt))
            }
            row = try GateRow.read(in: transaction)
        }
        return .wait(.seconds(1), why: "other processes are borrowing calls")
    }

    /// Nil when neither a 429 nor the breaker holds the call back; while the breaker is open only reads may try.
    private static func pause(_ row: GateRow, _ kind: CallKind, now: Timestamp) -> Verdict? {
        guard row.closedUntil <= now else {
            let why = row.isBroken ? "Visma.net has failed too often" : "Visma.net asked us to wait"
            return .wait(row.closedUntil - now, why: why)
        }
        guard row.isBroken, kind != .read else { return nil }
        return .wait(.seconds(GateRow.shortestPause), why: "nothing is sent before a read has got through again")
    }

    private func takeHeld(_ lane: Lane) -> Timestamp? {
        guard let slice = slices[lane], slice.calls > 0 else { return nil }
        slices[lane] = Slice(calls: slice.calls - 1, window: slice.window)
        return slice.window
    }

    private func settle(_ verdict: Verdict, _ held: Timestamp?, _ lane: Lane) {
        switch verdict {
        case .go(let borrowed?):
            let rest = slices[lane].flatMap { $0.window == borrowed.window ? $0.calls : nil } ?? 0
            slices[lane] = Slice(calls: rest + borrowed.calls - 1, window: borrowed.window)
            row.window?.remaining -= borrowed.calls
        case .go(nil): break
        case .wait:
            guard let held, let slice = slices[lane], slice.window == held else { return }
            slices[lane] = Slice(calls: slice.calls + 1, window: held)
        }
    }

    /// What the answer's headers said about the quota.
    func told(_ state: RateLimitState) async {
        let window = newWindow(state)
        guard window != nil || state.retryAfter != nil else { return }
        let company = company
        await keeping {
            try await database.transaction(company: company) { transaction in
                let now = try transaction.now()
                if let wait = state.retryAfter { try GateRow.close(until: now + wait, in: transaction) }
                if let window { try GateRow.write(window, now: now, in: transaction) }
            }
        }
        row.window = window ?? row.window
    }

    /// Nil when it says no more than the table does: no new window, and no fewer calls than are left to lend.
    private func newWindow(_ state: RateLimitState) -> QuotaWindow? {
        guard let limit = state.limit, limit > 0, let remaining = state.remaining else { return nil }
        if let known = row.window, known.resetsAt > lookedAt, known.remaining <= remaining { return nil }
        let reset = min(state.reset ?? QuotaWindow.length, QuotaWindow.length)
        return QuotaWindow(limit: limit, remaining: remaining, resetsAt: lookedAt + reset)
    }

    /// A 429 is no failure and proves nothing else; any other answer below 500 shows that the ERP is there.
    func answered(status: Int) async {
        if status == 408 || status >= 500 { return await failed() }
        guard status != 429 else { return }
        lastMinute.add(calls: 1, at: clock.now)
        guard row.failures > 0 else { return }
        let company = company
        await keeping { try await database.transaction(company: company) { try GateRow.recover(in: $0) } }
        (row.failures, row.openSeconds) = (0, 0)
    }

    func failed() async {
        let (company, now) = (company, clock.now)
        lastMinute.add(calls: 1, marked: 1, at: now)
        let calls = lastMinute.calls(at: now)
        let isTooMany = calls >= Self.fewestForTheRate && lastMinute.marked(at: now) * 2 >= calls
        let counted = await keeping {
            try await database.transaction(company: company) {
                try GateRow.countFailure(mostInARow: Self.mostFailuresInARow, isTooMany: isTooMany, in: $0)
            }
        }
        if let counted { (row.failures, row.openSeconds) = counted }
    }

    /// The gate must not make a call fail that has been answered.
    @discardableResult
    private func keeping<Answer: Sendable>(_ body: () async throws -> Answer) async -> Answer? {
        do {
            return try await body()
        } catch {
            logger.error("the gate of Visma.net could not be written", metadata: ["error": "\(error)"])
            return nil
        }
    }
}
