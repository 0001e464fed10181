import Persistence
import Proresult
import Sync
import Synchronization

extension World {
    private static let mostRounds = 12

    /// A directed world goes on until its fault and its crash point have both happened: people mend what stops it, new
    /// records come in, and what has not happened yet is planned anew.
    func insist() async throws {
        guard let pair = weather.pair else { return }
        for round in 0..<Self.mostRounds {
            let (struck, reached) = state.withLock { ($0.struck.contains(pair.fault), $0.reached.contains(pair.point)) }
            if struck && reached { return }
            tell("weather", "goes on: \(struck ? "" : pair.fault.rawValue) \(reached ? "" : pair.point.rawValue)")
            try await openTheWay(round)
            plan(pair, lacksFault: !struck && (reached || !pair.faultComesAfterRestore), lacksPoint: !reached, round)
            try await live(until: clock.erp + .seconds(2400))
        }
    }

    /// Nobody dies while people are at it.
    private func openTheWay(_ round: Int) async throws {
        state.withLock { $0.isCalm = true }
        defer { state.withLock { $0.isCalm = false } }
        reopen()
        try await reconnect(0)
        _ = try await inCompany(0) { transaction in
            for job in [JobName.hours, .withdrawals] {
                _ = try ExportReview.retryRefused(job, by: "kontoret", in: transaction)
            }
        }
    }

    private func plan(_ pair: Pair, lacksFault: Bool, lacksPoint: Bool, _ round: Int) {
        let (now, weather) = (clock.erp, weather)
        state.withLock { state in
            var aim = Aim()
            if lacksFault {
                state.faults.removeAll { $0.fault == pair.fault }
                aim.add(pair.fault, nth: 1, within: 1500, &state.dice)
            }
            if lacksPoint {
                state.crashes.removeAll { $0.point == pair.point }
                state.agenda.removeAll { $0.what.isAboutBackups }
                aim.add(pair.point, in: weather, &state.dice)
                for index in aim.crashes.indices where pair.point != .anywhere { aim.crashes[index].nth = 1 }
            }
            state.faults += aim.faults
            state.crashes += aim.crashes
            // Registered before a backup is taken: what comes after it would be lost with it.
            for index in 0..<3 {
                let record = weather.record("h\(100 + round * 10 + index)", 1, &state.dice)
                aim.agenda.append((.zero, .hours(record)))
            }
            let jobs: [JobName] = pair.fault.isAboutLists ? [.customers, .projects, .items, .hours] : [.hours]
            for at in [1, 700] { for job in jobs { aim.agenda.append((.seconds(at), .request(job, company: 0))) } }
            let agenda = state.agenda + aim.agenda.map { (now + $0.at, $0.what) }
            state.agenda = agenda.enumerated().sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }
                .map(\.element)
        }
    }
}
