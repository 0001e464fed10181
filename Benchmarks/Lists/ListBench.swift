import Foundation
import Persistence
import Proresult
import SeededShore
import TestSupport

/// How long each page takes at 50,000 customers and 200,000 hour entries, as a multiple of the shortest, and how much
/// longer than with a hundredth of the rows. Run by `make bench-lists`; ratios, since machines differ.
@main
enum ListBench {
    static let large = SeededShore.Size(
        customers: 50_000, projects: 2000, workers: 100, items: 50_000, entries: 200_000, withdrawals: 40_000)
    static let small = SeededShore.Size(
        customers: 500, projects: 20, workers: 100, items: 500, entries: 2000, withdrawals: 400)
    static let company = CompanyID("c1")

    static func main() async throws {
        var tables: [[ShoreReading: Duration]] = []
        for kind in TestDatabaseKind.allCases {
            for size in [large, small] { tables.append(try await times(kind, size)) }
        }
        print("| page | statements | SQLite | growth | PostgreSQL | growth |\n|---|---|---|---|---|---|")
        for reading in ShoreReading.allCases {
            let cells = stride(from: 0, to: tables.count, by: 2).flatMap { index in
                let large = tables[index][reading] ?? .zero
                let shortest = tables[index].values.min() ?? .zero
                return [large / shortest, large / (tables[index + 1][reading] ?? .zero)].map { "\(rounded($0))" }
            }
            print("| \(reading) | \(reading.statements) | \(cells.joined(separator: " | ")) |")
        }
        for (index, kind) in TestDatabaseKind.allCases.enumerated() {
            let times = tables[index * 2].values
            print("\(kind): shortest \(times.min() ?? .zero), longest \(times.max() ?? .zero) on this machine")
        }
    }

    private static func rounded(_ ratio: Double) -> String {
        ratio.formatted(.number.precision(.fractionLength(1)).grouping(.never).locale(Locale(identifier: "en")))
    }

    private static func times(
        _ kind: TestDatabaseKind, _ size: SeededShore.Size
    ) async throws -> [ShoreReading: Duration] {
        guard let today = CalendarDate(year: 2026, month: 11, day: 18) else { return [:] }
        let shore = SeededShore(size, today: today, now: .testStart)
        return try await withDatabase(kind, migrations: ProresultSchema.all) { database in
            try await shore.fill(database, company: company)
            // PostgreSQL does this by itself after a while.
            if kind == .postgres { try await database.transactionAcrossCompanies { _ = try $0.execute("ANALYZE") } }
            var times: [ShoreReading: Duration] = [:]
            for reading in ShoreReading.allCases { times[reading] = try await median(reading, shore, database) }
            return times
        }
    }

    /// Of eleven, after two that warm up.
    private static func median(
        _ reading: ShoreReading, _ shore: SeededShore, _ database: any SQLDatabase
    ) async throws -> Duration {
        var times: [Duration] = []
        for run in 0..<13 {
            let time = try await ContinuousClock().measure {
                _ = try await database.read(company: company) { try reading.read(shore, in: $0) }
            }
            if run >= 2 { times.append(time) }
        }
        return times.sorted()[times.count / 2]
    }
}
