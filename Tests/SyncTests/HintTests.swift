import Logging
import Persistence
import Synchronization
import TestSupport
import Testing

@testable import Sync

/// "Run now" is heard at once; and when it is not, nothing is lost.
@Suite struct HintTests {
    /// The engine at work; `pause` tells that it begins and lasts until the test lets it go on.
    private func withWork(
        _ bench: ExportBench,
        _ body: (_ pauses: inout AsyncStream<Void>.Iterator, _ goOn: @Sendable () -> Void) async throws -> Void
    ) async throws {
        let (pauses, began) = AsyncStream.makeStream(of: Void.self)
        let turns = Turns()
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                await bench.engine().work { _ in
                    began.yield()
                    try await turns.wait()
                }
            }
            var iterator = pauses.makeAsyncIterator()
            do { try await body(&iterator, turns.goOn) } catch {
                group.cancelAll()
                throw error
            }
            group.cancelAll()
        }
    }

    private func ask(_ bench: ExportBench) async throws {
        _ = try await bench.transaction { try $0.requestRun(of: .customers, by: "test") }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func aLoopLooksAgainWhenTheNextJobIsDueAndAfterFiveSecondsAtTheLatest(kind: TestDatabaseKind) async throws {
        try await withExportBench(kind) { bench in
            for (delay, wait) in [(2, 2), (60, 5)] {
                let due = bench.clock.now + .seconds(delay)
                try await bench.execute("UPDATE job SET next_run_at = \(due) WHERE company_id = \(ExportBench.company)")
                let (waits, told) = AsyncStream.makeStream(of: Duration.self)
                await bench.engine().work { duration in
                    told.yield(duration)
                    throw CancellationError()
                }
                var iterator = waits.makeAsyncIterator()
                #expect(await iterator.next() == .seconds(wait))
            }
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func aWishIsHeardBeforeTheNextLook(kind: TestDatabaseKind) async throws {
        try await withExportBench(kind) { bench in
            let (pages, read) = AsyncStream.makeStream(of: Void.self)
            bench.erp.change { $0.onPage = { _, _ in read.yield() } }
            try await withWork(bench) { pauses, _ in
                _ = await pauses.next()
                try await ask(bench)
                // Nobody ever ends the pause: only the hint can have woken it.
                var reads = pages.makeAsyncIterator()
                #expect(await reads.next() != nil)
            }
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func aLostHintCostsOnlyTheWait(kind: TestDatabaseKind) async throws {
        try await withExportBench(kind) { bench in
            let (pages, read) = AsyncStream.makeStream(of: Void.self)
            bench.erp.change { $0.onPage = { _, _ in read.yield() } }
            try await withWork(bench) { pauses, goOn in
                _ = await pauses.next()
                // The row alone, as when the listener was cut in that moment.
                try await bench.execute(
                    "UPDATE job SET next_run_at = 0, requested_by = 'test' WHERE name = 'customers'")
                goOn()
                var reads = pages.makeAsyncIterator()
                #expect(await reads.next() != nil)
            }
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func whatIsBesidesTheJobsIsLookedAfterWhenNoneIsDue(kind: TestDatabaseKind) async throws {
        try await withExportBench(kind) { bench in
            let (looks, looked) = AsyncStream.makeStream(of: Void.self)
            let engine = SyncEngine(
                database: bench.database, owner: "test", randomness: bench.randomness,
                logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
                life: SyncEngine.Life(upkeep: { looked.yield() })
            ) { _, _ in bench.erp }
            await withTaskGroup(of: Void.self) { [forEver] group in
                group.addTask { await engine.work { _ in try await forEver() } }
                var iterator = looks.makeAsyncIterator()
                #expect(await iterator.next() != nil)
                group.cancelAll()
            }
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func aHintOfATransactionThatFailsIsNotGiven(kind: TestDatabaseKind) async throws {
        try await withDatabase(kind) { database in
            let hints = await database.hints()
            // On PostgreSQL the bell rings once when somebody listens.
            if kind == .postgres { try await hints.wait(since: 0, orFor: forEver) }
            let before = hints.count
            await #expect(throws: CancellationError.self) {
                try await database.transactionAcrossCompanies { connection in
                    try connection.hint()
                    throw CancellationError()
                }
            }
            try await database.transactionAcrossCompanies { try $0.hint() }
            try await hints.wait(since: before, orFor: forEver)
            #expect(hints.count == before + 1)
        }
    }

    private let forEver: @Sendable () async throws -> Void = {
        let (never, continuation) = AsyncStream.makeStream(of: Void.self)
        for await _ in never {}
        continuation.finish()
    }
}

/// Lets a pause go on, the present one or the next. Every pause has a stream of its own: one that a hint cancels ends its
/// stream for all who read it, and the next pause would be over at once.
private final class Turns: Sendable {
    private let state = Mutex((isOn: false, waiting: [AsyncStream<Void>.Continuation]()))

    func wait() async throws {
        let (stream, turn) = AsyncStream.makeStream(of: Void.self)
        state.withLock { state in
            state.waiting.append(turn)
            if state.isOn { turn.yield() }
            state.isOn = false
        }
        for await _ in stream { return }
        throw CancellationError()
    }

    func goOn() {
        state.withLock { state in
            let heard = state.waiting.filter { if case .enqueued = $0.yield() { true } else { false } }
            state.isOn = heard.isEmpty
            state.waiting = []
        }
    }
}
