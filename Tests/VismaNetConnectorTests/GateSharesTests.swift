import Logging
import Persistence
import Sync
import TestSupport
import Testing
import VismaNet

@testable import VismaNetConnector

/// Gates of two processes on one database, and a clock that all go by.
struct GateBench: Sendable {
    static let company = Firm.company
    let clock: TestClock
    let database: any SQLDatabase
    /// One for each process.
    let gates: [RateGate]

    func gate(of company: CompanyID) -> RateGate {
        let clock = clock
        return RateGate(
            database: database, company: company, clock: clock.clock, sleep: { clock.advance(by: $0) }, logger: .quiet)
    }

    /// The wait that the gate names; nil when the call may go.
    func wait(_ gate: RateGate, _ kind: CallKind = .read, in lane: Lane = .imports) async -> Duration? {
        do {
            try await gate.admit(kind, in: lane)
            return nil
        } catch {
            return (error as? VismaNetError)?.retryAfter
        }
    }

    func number(_ column: String) async throws -> Int? {
        try await database.transaction(company: Self.company) { transaction in
            try transaction.first(
                "SELECT \(raw: column) AS number FROM erp_gate WHERE company_id = \(transaction.company)")?.get(
                    "number")
        }
    }
}

func withGates(_ kind: TestDatabaseKind, _ body: (GateBench) async throws -> Void) async throws {
    let clock = TestClock()
    try await withDatabase(kind, clock: clock.clock, migrations: SyncSchema.all) { database in
        try await database.makeCompany(GateBench.company)
        let bench = GateBench(clock: clock, database: database, gates: [])
        let gates = [bench.gate(of: GateBench.company), bench.gate(of: GateBench.company)]
        try await body(GateBench(clock: clock, database: database, gates: gates))
    }
}

/// The window's calls in the table, borrowed by the processes.
struct GateSharesTests {
    private func opened(_ bench: GateBench, limit: Int) async throws {
        let told = RateLimitState(limit: limit, remaining: limit, reset: .seconds(3600))
        #expect(await bench.wait(bench.gates[0]) == nil)
        await bench.gates[0].told(told)
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func processesBorrowSlicesOfOneShare(kind: TestDatabaseKind) async throws {
        try await withGates(kind) { bench in
            try await opened(bench, limit: 2000)
            for _ in 0..<20 { #expect(await bench.wait(bench.gates[0]) == nil) }
            #expect(try await bench.number("imports_calls") == 20)
            #expect(await bench.wait(bench.gates[1]) == nil)
            #expect(try await bench.number("imports_calls") == 40)
            #expect(await bench.wait(bench.gates[0]) == nil)
            #expect(try await bench.number("imports_calls") == 60)
            #expect(await bench.wait(bench.gates[0], in: .exports) == nil)
            #expect(try await bench.number("exports_calls") == 20)
            #expect(try await bench.number("rate_remaining") == 2000 - 80)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func processesTogetherKeepToTheShare(kind: TestDatabaseKind) async throws {
        try await withGates(kind) { bench in
            try await opened(bench, limit: 40)
            var calls = [0, 0]
            for round in 0..<40 where await bench.wait(bench.gates[round % 2]) == nil { calls[round % 2] += 1 }
            #expect(calls == [10, 10])
            for gate in bench.gates { #expect(await bench.wait(gate) == .seconds(1800)) }
            #expect(await bench.wait(bench.gates[0], in: .manual) == nil)
            bench.clock.advance(by: .seconds(1800))
            for gate in bench.gates { #expect(await bench.wait(gate) == nil) }
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func manyAtOnceBorrowNoMoreThanThereIs(kind: TestDatabaseKind) async throws {
        try await withGates(kind) { bench in
            try await opened(bench, limit: 20)
            let gone = await withTaskGroup(of: Bool.self) { group in
                for caller in 0..<40 {
                    group.addTask { await bench.wait(bench.gates[caller % 2], in: .manual) == nil }
                }
                return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            let left = try #require(try await bench.number("rate_remaining"))
            #expect(gone + left == 20)
            #expect(try await bench.number("manual_calls") == gone)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func answersCorrectTheCountDownwardOnly(kind: TestDatabaseKind) async throws {
        try await withGates(kind) { bench in
            try await opened(bench, limit: 1000)
            let resets = try await bench.number("rate_resets_at")
            for (told, left) in [(1000, 1000), (400, 400), (900, 400), (399, 399)] {
                bench.clock.advance(by: .seconds(1))
                for gate in bench.gates {
                    await gate.told(RateLimitState(limit: 1000, remaining: told, reset: .seconds(3600)))
                    #expect(try await bench.number("rate_remaining") == left)
                }
            }
            #expect(try await bench.number("rate_resets_at") == resets)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func aNewWindowStartsAllCountsAnew(kind: TestDatabaseKind) async throws {
        try await withGates(kind) { bench in
            try await opened(bench, limit: 20)
            for _ in 0..<10 { #expect(await bench.wait(bench.gates[0]) == nil) }
            #expect(await bench.wait(bench.gates[0], in: .manual) == nil)
            #expect(await bench.wait(bench.gates[0]) == .seconds(1800))
            bench.clock.advance(by: .seconds(3600))
            // Nothing is known of the new window before its first answer.
            #expect(await bench.wait(bench.gates[1]) == nil)
            await bench.gates[1].told(RateLimitState(limit: 30, remaining: 29, reset: .seconds(3600)))
            #expect(try await bench.number("imports_calls + exports_calls + upkeep_calls + manual_calls") == 0)
            #expect(try await bench.number("rate_remaining") == 29)
            var calls = 0
            while await bench.wait(bench.gates[0]) == nil { calls += 1 }
            #expect(calls == 15)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func strangeHeadersAreNoWindow(kind: TestDatabaseKind) async throws {
        try await withGates(kind) { bench in
            #expect(await bench.wait(bench.gates[0]) == nil)
            await bench.gates[0].told(RateLimitState(limit: 0, remaining: 0, reset: .seconds(60)))
            #expect(await bench.wait(bench.gates[0]) == nil)
            // A window is never longer than an hour.
            await bench.gates[0].told(RateLimitState(limit: 10, remaining: 0, reset: .seconds(2_000_000_000)))
            #expect(await bench.wait(bench.gates[1], in: .manual) == .seconds(3600))
        }
    }

    @Test(arguments: [
        (JobName.customers, true, Lane.imports), (.projects, true, .imports), (.items, true, .imports),
        (.hours, true, .exports), (.withdrawals, true, .exports), (.hours, false, .manual), (.items, false, .manual),
    ])
    func whatAPersonStartsIsThePersons(job: JobName, isBackground: Bool, lane: Lane) {
        #expect(Lane(job, isBackground: isBackground) == lane)
        #expect(lane.proving == (isBackground ? .upkeep : .manual))
        #expect(Lane.allCases.reduce(0) { $0 + $1.share } == 100)
    }
}
