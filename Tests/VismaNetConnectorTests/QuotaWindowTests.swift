import Persistence
import TestSupport
import Testing

@testable import VismaNetConnector

/// How one window of calls is shared out.
struct QuotaWindowTests {
    private static let start = Timestamp.testStart
    private static let half = start + .seconds(1800)
    private static let end = start + .seconds(3600)

    /// Lends to a lane until it gets no more. Returns the calls and what it is told then.
    private func drain(
        _ window: inout QuotaWindow, _ lane: Lane, at now: Timestamp
    ) -> (calls: Int, until: Timestamp?) {
        var total = 0
        while true {
            switch window.loan(to: lane, at: now) {
            case .none(let until, _): return (total, until)
            case .calls(let calls):
                #expect((1...20).contains(calls))
                window.remaining -= calls
                window.lent[lane, default: 0] += calls
                total += calls
            }
        }
    }

    private func window(_ limit: Int) -> QuotaWindow {
        QuotaWindow(limit: limit, remaining: limit, resetsAt: Self.end)
    }

    @Test(arguments: [(Lane.imports, 500), (.exports, 300), (.upkeep, 100)])
    func backgroundKeepsToItsShareInTheFirstHalf(lane: Lane, share: Int) {
        var window = window(1000)
        let first = drain(&window, lane, at: Self.start)
        #expect(first.calls == share)
        #expect(first.until == Self.half)
        #expect(drain(&window, lane, at: Self.half - .milliseconds(1)).calls == 0)
    }

    @Test(arguments: [Lane.imports, .exports, .upkeep])
    func unusedSharesFlowInTheSecondHalf(lane: Lane) {
        var window = window(1000)
        let all = drain(&window, lane, at: Self.half)
        #expect(all.calls == 850)
        #expect(all.until == Self.end)
    }

    @Test(arguments: [1000, 15_000, 500, 60, 20, 5])
    func backgroundNeverTakesWhatIsKeptForPeople(limit: Int) {
        for now in [Self.start, Self.half, Self.end - .seconds(1)] {
            var window = window(limit)
            for lane in [Lane.upkeep, .exports, .imports] { _ = drain(&window, lane, at: now) }
            #expect(window.remaining * 100 >= limit * 15)
            let kept = window.remaining
            #expect(drain(&window, .manual, at: now).calls == kept)
            #expect(window.remaining == 0)
        }
    }

    @Test func peopleMayUseEverythingAtAnyTime() {
        var window = window(1000)
        let all = drain(&window, .manual, at: Self.start)
        #expect(all.calls == 1000)
        #expect(all.until == Self.end)
        #expect(drain(&window, .imports, at: Self.half).calls == 0)
    }

    @Test func aSmallQuotaHasACallForEachLane() {
        for lane in Lane.allCases {
            var window = window(5)
            #expect(drain(&window, lane, at: Self.start).calls > 0)
        }
    }

    @Test func aSliceIsAtMostTwentyCallsAndOnePerCentOfASmallQuota() {
        for (limit, slice) in [(15_000, 20), (2000, 20), (500, 5), (20, 1)] {
            #expect(window(limit).loan(to: .imports, at: Self.start) == .calls(slice))
        }
    }
}
