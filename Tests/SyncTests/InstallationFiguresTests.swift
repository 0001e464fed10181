import CoreMetrics
import Logging
import Persistence
import Proresult
import Synchronization
import TestSupport
import Testing

@testable import Sync

/// What an operator sees of all companies, from the rows that the engine itself wrote.
@Suite struct InstallationFiguresTests {
    @Test(arguments: TestDatabaseKind.allCases)
    func aJobThatNobodyTakesGetsOlder(kind: TestDatabaseKind) async throws {
        try await withExportBench(kind) { bench in
            _ = try await bench.transaction { try $0.requestRun(of: .hours, by: "test") }
            bench.clock.advance(by: .seconds(90))
            let waiting = try await bench.figures()
            #expect(waiting.jobs[.hours] == InstallationFigures.Job(due: 1, lag: .seconds(90), running: 0, dead: 0))
            #expect(waiting.jobs[.items] == InstallationFigures.Job())

            _ = try await JobClaim.take(
                from: bench.database, owner: "other", randomness: bench.randomness, lease: .seconds(60))
            #expect(try await bench.figures().jobs[.hours]?.running == 1)
            #expect(try await bench.figures().jobs[.hours]?.due == 0)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func aDocumentInDoubtIsCountedAndGetsOlder(kind: TestDatabaseKind) async throws {
        try await withExportBench(kind) { bench in
            bench.erp.change { $0.scriptedPosts = [.storedWithoutAnswer] }
            try await bench.approvedHours("e1")
            try await bench.run()
            bench.clock.advance(by: .seconds(60))
            let figures = try await bench.figures()
            #expect(figures.exports[.hours]?.documents[.unknown] == 1)
            #expect((figures.exports[.hours]?.oldestDoubt ?? .zero) >= .seconds(60))
            #expect(figures.exports[.withdrawals]?.documents[.unknown] == 0)
            try await bench.pass(.seconds(600))
            #expect(try await bench.figures().exports[.hours]?.documents.values.allSatisfy { $0 == 0 } == true)
            #expect(try await bench.figures().exports[.hours]?.oldestDoubt == .zero)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func whatWasGivenUpShutOrClosedIsCounted(kind: TestDatabaseKind) async throws {
        try await withExportBench(kind) { bench in
            let now = bench.clock.now
            try await bench.execute("UPDATE job SET dead_at = \(now), dead_because = 'x' WHERE name = 'items'")
            try await bench.execute(
                """
                INSERT INTO connection (company_id, kind, state, changed_at)
                VALUES (\(ExportBench.company), 'service', 'reconnectRequired', \(now))
                """)
            try await bench.execute(
                """
                INSERT INTO erp_gate (company_id, closed_until, rate_limit, rate_remaining, rate_resets_at)
                VALUES (\(ExportBench.company), \(now + .seconds(60)), 5000, 700, \(now + .seconds(1800)))
                """)
            _ = try await bench.database.transactionAcrossCompanies {
                try ExportShutter.shut(because: "test", by: "test", in: $0)
            }
            let figures = try await bench.figures()
            #expect(figures.jobs[.items]?.dead == 1)
            #expect(figures.connections == [.reconnectRequired: 1, .connected: 0, .disconnected: 0])
            #expect(figures.calls == InstallationFigures.Calls(closedGates: 1, lowBudgets: 1, lowestBudget: 14))
            #expect(figures.shutExports == 1)
            #expect(figures.companies[.active] == 1)
            bench.clock.advance(by: .seconds(1800))
            #expect(try await bench.figures().calls == InstallationFigures.Calls(), "the window is over")
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func theUnsettledAreFoundByTheirIndex(kind: TestDatabaseKind) async throws {
        try await withExportBench(kind) { bench in
            let query = """
                SELECT kind, state, count(*) AS n, min(doubtful_at) AS doubtful FROM export_document
                WHERE state IN ('ready', 'sending', 'unknown', 'needsReview')
                GROUP BY kind, state ORDER BY kind, state
                """
            let plan = try await bench.database.transactionAcrossCompanies { connection -> String in
                if kind == .postgres {
                    try connection.execute("SET LOCAL enable_seqscan = off")
                    return try connection.query(SQL("EXPLAIN " + query, bindings: []))
                        .map { try $0.get("QUERY PLAN", as: String.self) }.joined(separator: "\n")
                }
                return try connection.query(SQL("EXPLAIN QUERY PLAN " + query, bindings: []))
                    .map { try $0.get("detail", as: String.self) }.joined(separator: "\n")
            }
            #expect(plan.contains("export_document_unsettled"), "\(plan)")
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func everyRunIsCountedByItsEnd(kind: TestDatabaseKind) async throws {
        try await withExportBench(kind) { bench in
            let counts = Counts()
            let engine = SyncEngine(
                database: bench.database, owner: "test", randomness: bench.randomness,
                logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }, metrics: counts
            ) { company, job in
                if job == .items { throw ERPError(.reconnect, "sign in again", request: "token") }
                return bench.erp
            }
            try await bench.approvedHours("e1")
            _ = try await bench.transaction { transaction in
                for job in [JobName.hours, .items] { _ = try transaction.requestRun(of: job, by: "test") }
            }
            while try await engine.tick() != nil {}
            #expect(
                counts.lines == [
                    "ferje_run_duration_seconds hours", "ferje_run_duration_seconds items",
                    "ferje_runs_total hours,succeeded,none 1", "ferje_runs_total items,failed,reconnect 1",
                    "ferje_sent_lines_total hours 1",
                ])
        }
    }
}

extension ExportBench {
    fileprivate func figures() async throws -> InstallationFigures {
        try await database.readAcrossCompanies { try InstallationFigures.read(in: $0) }
    }
}

/// A collector that remembers each call as a line.
private final class Counts: MetricsFactory {
    private let noted = Mutex<[String]>([])
    var lines: [String] { noted.withLock { $0.sorted() } }

    private func note(_ line: String) { noted.withLock { $0.append(line) } }

    private final class Handler: CounterHandler, RecorderHandler, TimerHandler {
        let name: String
        let counts: Counts
        init(_ label: String, _ dimensions: [(String, String)], _ counts: Counts) {
            name = ([label] + [dimensions.map(\.1).joined(separator: ",")]).joined(separator: " ")
            self.counts = counts
        }
        func increment(by amount: Int64) { counts.note("\(name) \(amount)") }
        func reset() {}
        func record(_ value: Int64) {}
        func record(_ value: Double) {}
        func recordNanoseconds(_ duration: Int64) { counts.note(name) }
    }

    func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
        Handler(label, dimensions, self)
    }
    func makeRecorder(label: String, dimensions: [(String, String)], aggregate: Bool) -> any RecorderHandler {
        Handler(label, dimensions, self)
    }
    func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
        Handler(label, dimensions, self)
    }
    func destroyCounter(_ handler: any CounterHandler) {}
    func destroyRecorder(_ handler: any RecorderHandler) {}
    func destroyTimer(_ handler: any TimerHandler) {}
}
