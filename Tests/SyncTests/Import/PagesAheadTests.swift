import Persistence
import Synchronization
import TestSupport
import Testing

@testable import Sync

/// Pages that are asked for while the one before is written.
@Suite struct PagesAheadTests {
    @Test(arguments: [1, 2, 4, 100]) func noPageIsAskedForThatMayNotExist(pagesAtOnce: Int) async throws {
        try await withImports(
            .sqlite,
            {
                $0.customers = customers(1...9)
                $0.pageSize = 2
            }
        ) { bench in
            var bench = bench
            bench.pagesAtOnce = pagesAtOnce
            let counts = try await bench.run()
            #expect(counts.created == 9)
            #expect(bench.calls().sorted() == (1...5).map { "customers page \($0)" })
        }
    }

    /// The last of twenty pages came after two guesses; the second reading knows how many there are.
    @Test func ofALongListWithoutTotalAFewMoreAreGuessedAndNoneTheSecondTime() async throws {
        try await withImports(
            .sqlite,
            {
                $0.customers = customers(1...39)
                $0.pageSize = 2
                $0.tellsTotal = false
            }
        ) { bench in
            var bench = bench
            bench.pagesAtOnce = 4
            let counts = try await bench.run()
            #expect(counts.created == 39)
            #expect(bench.calls().sorted() == (Array(1...22) + Array(1...20)).map { "customers page \($0)" }.sorted())
        }
    }

    @Test func ofAListWithoutTotalOnlyThePageThatFollowsIsAskedFor() async throws {
        try await withImports(
            .sqlite,
            {
                $0.customers = customers(1...4)
                $0.pageSize = 2
                $0.tellsTotal = false
            }
        ) { bench in
            let counts = try await bench.run()
            #expect(counts.created == 4)
            // Two readings that agree, each to its empty page.
            #expect(bench.calls() == (0..<2).flatMap { _ in (1...3).map { "customers page \($0)" } })
        }
    }

    /// The second page does not come before the third has been asked for: one after the other it would never come.
    @Test func pagesThatFollowAreUnderWayTogether() async throws {
        let (asked, ask) = AsyncStream<Void>.makeStream()
        try await withImports(
            .sqlite,
            {
                $0.customers = customers(1...9)
                $0.pageSize = 2
                $0.onPage = { _, page in
                    if page == 3 { ask.finish() }
                    if page == 2 { for await _ in asked {} }
                }
            }
        ) { bench in
            let counts = try await bench.run()
            #expect(counts.created == 9)
        }
    }

    @Test(arguments: [1, 2, 4]) func noMoreThanSoManyAreInHand(pagesAtOnce: Int) async throws {
        let open = Mutex((now: 0, most: 0))
        try await withImports(
            .sqlite,
            {
                $0.customers = customers(1...40)
                $0.pageSize = 2
                $0.onPage = { _, _ in
                    open.withLock { open in
                        open.now += 1
                        open.most = max(open.most, open.now)
                    }
                    await Task.yield()
                    open.withLock { $0.now -= 1 }
                }
            }
        ) { bench in
            var bench = bench
            bench.pagesAtOnce = pagesAtOnce
            let counts = try await bench.run()
            #expect(counts.created == 40)
            #expect((1...pagesAtOnce).contains(open.withLock(\.most)))
        }
    }

    @Test func aLaterPageThatFailsCountsWhenItsTurnComes() async throws {
        try await withImports(
            .sqlite,
            {
                $0.customers = customers(1...9)
                $0.pageSize = 2
                $0.faults = [
                    .init(
                        resource: .customers, page: 3,
                        effect: .fails(ERPError(.tryLater(after: nil), "down", request: "GET")))
                ]
            }
        ) { bench in
            await #expect(throws: ERPError.self) { try await bench.run() }
            let names: [String] = try await bench.transaction { transaction in
                try transaction.query("SELECT number FROM customer ORDER BY number").map { try $0.get("number") }
            }
            #expect(names == ["1", "2", "3", "4"])
            let cursor = try await bench.cursor(.customers)
            #expect(cursor == ImportCursor())
        }
    }
}
