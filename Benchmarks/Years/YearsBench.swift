import BenchWork
import Foundation
import Logging
import Persistence
import Proresult
import SeededShore
import Sync
import TestSupport

/// Whether a company's years make its unchanged hour slower: the five jobs of an hour in which nothing has changed, by the
/// product's own engine, in a firm's first month and after ten years. Run by `make bench-years`; `--write FILE` puts the
/// table between its markers in a document.
@main
enum YearsBench {
    private static let rounds = 21

    static func main() async throws {
        var lines = ["| | SQLite | PostgreSQL |", "|---|---|---|"]
        var ratios: [String] = []
        var hours: [[Duration]] = [[], []]
        for kind in TestDatabaseKind.allCases {
            let (first, years) = try await compare(kind)
            hours[0].append(first)
            hours[1].append(years)
            ratios.append(
                (years / first).formatted(.number.precision(.fractionLength(2)).locale(Locale(identifier: "en"))))
        }
        lines.append("| first month | 1 | 1 |")
        lines.append("| after ten years | \(ratios.joined(separator: " | ")) |")
        let work = try YearsOfWork(size: YearsOfWork.years, now: .testStart)
        let table = """
            Printed on \(Date.now.formatted(.iso8601.year().month().day())): \(YearsOfWork.years.entries) hour entries, \
            \(work.documents) documents with \(work.documents * 50) lines, \(work.runs) runs; median of \(rounds) hours, \
            the two firms taking turns.

            \(lines.joined(separator: "\n"))
            """
        print(table)
        print("an hour took \(hours[0]) in the first month and \(hours[1]) after ten years on this machine")
        try WrittenTable("years")?.write(table)
    }

    /// In turns, since a machine is seldom alone.
    private static func compare(_ kind: TestDatabaseKind) async throws -> (first: Duration, years: Duration) {
        try await withFirm(kind, YearsOfWork.firstMonth, runs: 0) { first in
            try await withFirm(kind, YearsOfWork.years) { years in
                var times: [[Duration]] = [[], []]
                for round in 0..<rounds + 2 {
                    for (index, firm) in [first, years].enumerated() {
                        let time = try await firm.hour()
                        if round >= 2 { times[index].append(time) }
                    }
                }
                return (times[0].sorted()[rounds / 2], times[1].sorted()[rounds / 2])
            }
        }
    }

    private static func withFirm<Answer>(
        _ kind: TestDatabaseKind, _ size: SeededShore.Size, runs: Int? = nil, _ body: (Firm) async throws -> Answer
    ) async throws -> Answer {
        let clock = TestClock()
        return try await withDatabase(kind, clock: clock.clock, migrations: SyncSchema.all) { database in
            try await YearsOfWork(size: size, now: clock.now, runs: runs).fill(database)
            // PostgreSQL does this by itself after a while.
            if kind == .postgres { try await database.transactionAcrossCompanies { _ = try $0.execute("ANALYZE") } }
            let firm = Firm(database: database, clock: clock)
            // The night's work is no part of an unchanged hour.
            _ = try await firm.hour()
            return try await body(firm)
        }
    }
}

private struct Firm {
    let database: any SQLDatabase
    let clock: TestClock

    /// Lets some minutes pass and runs all five jobs.
    func hour() async throws -> Duration {
        clock.advance(by: .seconds(600))
        let engine = SyncEngine(
            database: database, owner: "bench", randomness: .seeded(UInt64(clock.now.milliseconds)),
            logger: Logger(label: "years-bench", factory: { _ in SwiftLogNoOpLogHandler() })
        ) { _, _ in QuietERP() }
        try await database.transaction(company: YearsOfWork.company) { transaction in
            for job in JobName.allCases { _ = try transaction.requestRun(of: job, by: "bench") }
        }
        return try await ContinuousClock().measure {
            var runs = 0
            while let run = try await engine.tick() {
                if let error = run.outcome.error {
                    throw SQLError.statement("\(run.job): \(error)")
                }
                runs += 1
            }
            guard runs == JobName.allCases.count else { throw SQLError.statement("\(runs) jobs ran") }
        }
    }
}
