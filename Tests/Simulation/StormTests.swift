import Storm
import TestSupport
import Testing

/// A small storm with every run of the tests; `make storm` makes large ones.
@Suite struct StormTests {
    private func expectNothingBroken(_ seeds: some Sequence<UInt64>, _ kind: TestDatabaseKind) async throws {
        let haven = try Haven()
        for seed in seeds {
            let outcome = try await haven.run(seed: seed, on: kind)
            #expect(outcome.violations == [], "ferje-storm replay \(seed)")
        }
        await haven.close()
    }

    @Test(arguments: zip(TestDatabaseKind.allCases, [60, 24]))
    func aFixedSetOfWorldsBreaksNoRule(kind: TestDatabaseKind, worlds: UInt64) async throws {
        try await expectNothingBroken(0..<worlds, kind)
    }

    @Test(arguments: zip(TestDatabaseKind.allCases, [12, 4]))
    func freshWorldsBreakNoRule(kind: TestDatabaseKind, worlds: Int) async throws {
        try await expectNothingBroken((0..<worlds).map { _ in UInt64.random(in: 1_000_000..<1_000_000_000) }, kind)
    }

    /// In each of these the judge or the sandbox was once wrong.
    @Test func worldsThatWereOnceTakenForBrokenHold() async throws {
        try await expectNothingBroken([3675, 12578, 25270], .sqlite)
    }

    @Test(arguments: [3, 7, 8, 9, 10, 11] as [UInt64])
    func oneSeedHasOneHistoryOnBothDatabases(seed: UInt64) async throws {
        let haven = try Haven()
        let first = try await haven.run(seed: seed, onFile: true, keepsHistory: true)
        // The second world begins where the first has been, in memory and below on the server.
        for _ in 0..<2 {
            let again = try await haven.run(seed: seed, onFile: false, keepsHistory: true)
            #expect(first.history == again.history)
            #expect(first.digest == again.digest)
        }
        let other = try await haven.run(seed: seed, on: .postgres, keepsHistory: true)
        // One process on a SQLite file knows at once that all others are dead; on PostgreSQL their leases run out first.
        if first.reached.isDisjoint(with: CrashPoint.deaths) { #expect(first.history == other.history) }
        let once = try await haven.run(seed: seed, on: .postgres, keepsHistory: true)
        #expect(other.history == once.history)
        await haven.close()
    }

    @Test func aWorldIsNotEmpty() async throws {
        let haven = try Haven()
        let tally = try await Storm(seeds: 0..<36, postgresEvery: 0, cores: 2).run(in: haven)
        await haven.close()
        #expect(tally.count == 36)
        #expect(tally.documents > 36 && tally.calls > 36 * 20)
        #expect(tally.lived > .seconds(36 * 3600))
    }
}
