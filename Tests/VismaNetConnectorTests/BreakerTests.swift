import Persistence
import Sync
import TestSupport
import Testing
import VismaNet

@testable import VismaNetConnector

/// The breaker's second rule: half of at least twenty calls in a minute. The first, five in a row, is in `RateGateTests`.
struct BreakerTests {
    /// Answers and failures in turn, each after a look at the gate, and a clock that moves on.
    private func alternate(_ bench: GateBench, calls: Int, every pause: Duration = .seconds(1)) async {
        for call in 0..<calls {
            #expect(await bench.wait(bench.gates[0]) == nil, "call \(call)")
            if call % 2 == 0 { await bench.gates[0].answered(status: 200) } else { await bench.gates[0].failed() }
            if call < calls - 1 { bench.clock.advance(by: pause) }
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func halfOfTwentyCallsInAMinuteOpenIt(kind: TestDatabaseKind) async throws {
        try await withGates(kind) { bench in
            await alternate(bench, calls: 19)
            #expect(await bench.wait(bench.gates[0]) == nil)
            await bench.gates[0].failed()
            for gate in bench.gates {
                #expect(await bench.wait(gate) == .seconds(30))
                #expect(await bench.wait(gate, .write, in: .manual) == .seconds(30))
            }
            bench.clock.advance(by: .seconds(30))
            #expect(await bench.wait(bench.gates[1], .write) == .seconds(30))
            #expect(await bench.wait(bench.gates[1]) == nil)
            #expect(await bench.wait(bench.gates[0]) == .seconds(30))
            await bench.gates[1].failed()
            #expect(await bench.wait(bench.gates[0]) == .seconds(60))
            bench.clock.advance(by: .seconds(60))
            #expect(await bench.wait(bench.gates[0]) == nil)
            await bench.gates[0].answered(status: 404)
            for gate in bench.gates { #expect(await bench.wait(gate, .write) == nil) }
            // What failed before the pause is forgotten.
            await bench.gates[0].failed()
            #expect(await bench.wait(bench.gates[0]) == nil)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func theSameFailuresOverALongerTimeDoNot(kind: TestDatabaseKind) async throws {
        try await withGates(kind) { bench in
            await alternate(bench, calls: 40, every: .seconds(4))
            #expect(await bench.wait(bench.gates[0]) == nil)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func validationErrorsAnd429AreNoFailures(kind: TestDatabaseKind) async throws {
        try await withGates(kind) { bench in
            await alternate(bench, calls: 18)
            for status in [429, 429, 429, 429] { await bench.gates[0].answered(status: status) }
            // Neither a failure nor a call: eighteen have been counted.
            #expect(await bench.wait(bench.gates[0]) == nil)
            for status in [400, 401, 404, 409, 412, 422] { await bench.gates[0].answered(status: status) }
            await bench.gates[0].failed()
            // Ten of twenty-five.
            #expect(await bench.wait(bench.gates[0]) == nil)
            for _ in 0..<4 { await bench.gates[0].answered(status: 503) }
            #expect(await bench.wait(bench.gates[0]) == .seconds(30))
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func otherCompaniesGoOn(kind: TestDatabaseKind) async throws {
        try await withGates(kind) { bench in
            let other = CompanyID("annen")
            try await bench.database.makeCompany(other)
            await alternate(bench, calls: 20)
            #expect(await bench.wait(bench.gates[0]) != nil)
            #expect(await bench.wait(bench.gate(of: other)) == nil)
        }
    }

    /// The probe of an open breaker is not spent on a call that the quota holds back.
    @Test(arguments: TestDatabaseKind.allCases)
    func aCallWithoutQuotaDoesNotTakeTheProbe(kind: TestDatabaseKind) async throws {
        try await withGates(kind) { bench in
            #expect(await bench.wait(bench.gates[0]) == nil)
            await bench.gates[0].told(RateLimitState(limit: 20, remaining: 3, reset: .seconds(3600)))
            for _ in 0..<5 { await bench.gates[0].failed() }
            bench.clock.advance(by: .seconds(30))
            #expect(await bench.wait(bench.gates[0]) == .seconds(3570))
            #expect(await bench.wait(bench.gates[0], in: .manual) == nil)
            #expect(await bench.wait(bench.gates[1], in: .manual) == .seconds(30))
        }
    }

    /// The other end of the line, as told by a 429.
    @Test(arguments: TestDatabaseKind.allCases)
    func a429HoldsAllProcessesAndIsNoFailure(kind: TestDatabaseKind) async throws {
        try await withGates(kind) { bench in
            for _ in 0..<6 {
                #expect(await bench.wait(bench.gates[0]) == nil)
                await bench.gates[0].answered(status: 429)
                await bench.gates[0].told(RateLimitState(retryAfter: .seconds(90)))
                // A shorter wait that is told meanwhile does not open the gate.
                await bench.gates[1].told(RateLimitState(retryAfter: .seconds(5)))
                for gate in bench.gates {
                    #expect(await bench.wait(gate, in: .manual) == .seconds(90))
                    #expect(await bench.wait(gate, .write, in: .exports) == .seconds(90))
                }
                bench.clock.advance(by: .seconds(90))
            }
            let counted = try await bench.number("failures + open_seconds")
            #expect(counted == 0)
        }
    }
}
