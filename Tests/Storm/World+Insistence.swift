import Persistence
import Proresult
import Sync
import Synchronization

extension World {
    private static let mostRounds = 12

    /// A directed world goes on until its faults and its crash points have happened: people mend what stops it, new
    /// records come in, and what has not happened yet is planned anew.
    func insist() async throws {
        guard let goal = weather.goal else { return }
        for round in 0..<Self.mostRounds {
            let (faults, points) = state.withLock { state in
                (
                    goal.faults.filter { !state.struck.contains($0) },
                    goal.points.filter { !state.reached.contains($0) }
                )
            }
            if faults.isEmpty && points.isEmpty { return }
            tell("weather", "goes on for \((faults.map(\.rawValue) + points.map(\.rawValue)).joined(separator: ", "))")
            try await openTheWay()
            plan(faults, points, of: goal, round)
            try await live(until: clock.erp + .seconds(2400))
        }
    }

    /// Nobody dies while people are at it.
    private func openTheWay() async throws {
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

    private func plan(_ faults: [Fault], _ points: [CrashPoint], of goal: Goal, _ round: Int) {
        let (now, weather) = (clock.erp, weather)
        state.withLock { state in
            var aim = Aim()
            for fault in faults where !goal.mustWait(fault, reached: state.reached) {
                state.faults.removeAll { $0.fault == fault }
                aim.add(fault, nth: 1, within: 1500, &state.dice)
            }
            for point in points {
                state.crashes.removeAll { $0.point == point }
                if point == .restore { state.agenda.removeAll { $0.what.isAboutBackups } }
                aim.add(point, in: weather, &state.dice)
            }
            for index in aim.crashes.indices where aim.crashes[index].point != .anywhere { aim.crashes[index].nth = 1 }
            state.faults += aim.faults
            state.crashes += aim.crashes
            // Registered before a backup is taken: what comes after it would be lost with it.
            for index in 0..<3 {
                let record = weather.record("h\(100 + round * 10 + index)", 1, &state.dice)
                aim.agenda.append((.zero, .hours(record)))
            }
            let lists: [JobName] = goal.faults.contains(where: \.isAboutLists) ? [.customers, .projects, .items] : []
            for at in [1, 700] {
                for job in lists + [.hours] { aim.agenda.append((.seconds(at), .request(job, company: 0))) }
            }
            let agenda = state.agenda + aim.agenda.map { (now + $0.at, $0.what) }
            state.agenda = agenda.enumerated().sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }
                .map(\.element)
        }
    }
}
