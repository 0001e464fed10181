import Logging
import Persistence
import VismaNet

/// Holds calls back before they are sent: after a 429 until the time it named, after five failures in a row until a
/// read gets through, and for background work while little of the hour's quota is left.
///
/// The state is a row that all processes see. It is read before each call and written only when it changes.
actor RateGate {
    private static let mostFailures = 5
    /// Left for a person's button, in per cent of the window.
    private static let reserve = 15
    /// A gate that opens this soon is waited for.
    private static let shortWait = Duration.seconds(2)

    private let database: any SQLDatabase
    private let company: CompanyID
    /// Started by the schedule, not by a person.
    private let isBackground: Bool
    private let sleep: @Sendable (Duration) async throws -> Void
    private let logger: Logger
    private var row = GateRow()
    /// The database's time when the row was last read, just before the call.
    private var lookedAt = Timestamp(milliseconds: 0)

    init(
        database: any SQLDatabase, company: CompanyID, isBackground: Bool,
        sleep: @escaping @Sendable (Duration) async throws -> Void, logger: Logger
    ) {
        self.database = database
        self.company = company
        self.isBackground = isBackground
        self.sleep = sleep
        self.logger = logger
    }

    /// Returns when the call may be sent, else throws `tryLater` with the time to wait.
    func admit(_ kind: CallKind) async throws {
        var verdict = try await look(kind)
        if case .wait(let wait, _) = verdict, wait <= Self.shortWait {
            try await sleep(wait)
            verdict = try await look(kind)
        }
        guard case .wait(let wait, let why) = verdict else { return }
        let call = VismaNetCall(operation: "gate", method: kind == .read ? "GET" : "POST", path: "/v1")
        throw VismaNetError(call: call, failure: .tryLater(after: wait, reason: why))
    }

    private enum Verdict: Sendable {
        case go
        case wait(Duration, why: String)
    }

    private func look(_ kind: CallKind) async throws -> Verdict {
        let (isBackground, company) = (isBackground, company)
        let (found, now, verdict) = try await database.transaction(company: company) { transaction in
            let row = try GateRow.read(in: transaction)
            let now = try transaction.now()
            return (row, now, try Self.verdict(row, kind, now: now, isBackground: isBackground, in: transaction))
        }
        row = found
        lookedAt = now
        return verdict
    }

    private static func verdict(
        _ row: GateRow, _ kind: CallKind, now: Timestamp, isBackground: Bool, in transaction: CompanyTransaction
    ) throws -> Verdict {
        let isBroken = row.failures >= mostFailures
        guard row.closedUntil <= now else {
            let why = isBroken ? "Visma.net failed \(row.failures) times in a row" : "Visma.net asked us to wait"
            return .wait(row.closedUntil - now, why: why)
        }
        if isBroken {
            guard kind == .read else {
                return .wait(
                    .seconds(GateRow.shortestPause), why: "nothing is sent before a read has got through again")
            }
            // The condition lets one probe through; the others wait for what it finds out.
            let isProbe = try transaction.execute(
                """
                UPDATE erp_gate SET closed_until = \(now + .seconds(row.openSeconds))
                WHERE company_id = \(transaction.company) AND closed_until = \(row.closedUntil)
                """)
            return isProbe == 1 ? .go : .wait(.seconds(row.openSeconds), why: "another call is trying Visma.net")
        }
        if isBackground, let window = row.window, window.resetsAt > now,
            window.remaining * 100 < window.limit * reserve
        {
            return .wait(window.resetsAt - now, why: "the rest of this hour's calls is kept for people")
        }
        return .go
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

    /// Nil when it says no more than the table does.
    private func newWindow(_ state: RateLimitState) -> QuotaWindow? {
        guard let limit = state.limit, let remaining = state.remaining else { return nil }
        let resetsAt = lookedAt + (state.reset ?? .seconds(3600))
        let window = QuotaWindow(limit: limit, remaining: remaining, resetsAt: resetsAt)
        return window.isWorthWriting(over: row.window, now: lookedAt) ? window : nil
    }

    /// A 429 is no failure and proves nothing else; any other answer below 500 shows that the ERP is there.
    func answered(status: Int) async {
        if status == 408 || status >= 500 { return await failed() }
        guard status != 429, row.failures > 0 else { return }
        let company = company
        await keeping { try await database.transaction(company: company) { try GateRow.recover(in: $0) } }
        row.failures = 0
    }

    func failed() async {
        let company = company
        let failures = await keeping {
            try await database.transaction(company: company) {
                try GateRow.countFailure(in: $0, pauseAt: Self.mostFailures)
            }
        }
        row.failures = failures ?? row.failures
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
