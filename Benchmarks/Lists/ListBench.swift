import BenchWork
import Foundation
import Persistence
import Proresult
import SeededShore
import Sync
import TestSupport

/// How long each page takes for a company of 50,000 customers and 200,000 hour entries among 1,000 companies, as a multiple
/// of the shortest, and how much longer than with a hundredth of all. Run by `make bench-lists`; ratios, since machines
/// differ. `--write FILE` puts the table between its marks in a document.
@main
enum ListBench {
    private static let company = YearsOfWork.company

    /// A company and those beside it.
    struct House {
        var size: SeededShore.Size
        var companies: Int
        var runs: Int
    }

    static let large = House(
        size: SeededShore.Size(
            customers: 50_000, projects: 2000, workers: 100, items: 50_000, entries: 200_000, withdrawals: 40_000),
        companies: 1000, runs: 40_000)
    static let small = House(
        size: SeededShore.Size(
            customers: 500, projects: 20, workers: 100, items: 500, entries: 2000, withdrawals: 400),
        companies: 10, runs: 400)
    static let neighbour = SeededShore.Size(
        customers: 20, projects: 5, workers: 5, items: 20, entries: 100, withdrawals: 20)

    static func main() async throws {
        var tables: [[Page: Timing]] = []
        for kind in TestDatabaseKind.allCases {
            for house in [large, small] { tables.append(try await times(kind, house)) }
        }
        var lines = ["| page | statements | SQLite | growth | PostgreSQL | growth |", "|---|---|---|---|---|---|"]
        for page in Page.all {
            let cells = stride(from: 0, to: tables.count, by: 2).flatMap { index in
                let large = tables[index][page]?.median ?? .zero
                let shortest = tables[index].values.map(\.median).min() ?? .zero
                return [large / shortest, large / (tables[index + 1][page]?.median ?? .zero)].map { "\(rounded($0))" }
            }
            lines.append(
                "| \(page.name) | \(tables[0][page]?.statements ?? 0) | \(cells.joined(separator: " | ")) |")
        }
        let spans = TestDatabaseKind.allCases.enumerated().map { index, kind in
            let times = tables[index * 2].values.map(\.median)
            return "\(text(times.min())) and \(text(times.max())) on \(kind == .sqlite ? "SQLite" : "PostgreSQL")"
        }
        let table = """
            Printed on \(Date.now.formatted(.iso8601.year().month().day())) on \(ProcessInfo.processInfo.activeProcessorCount) cores:

            \(lines.joined(separator: "\n"))

            The shortest and the longest page were \(spans.joined(separator: ", ")).
            """
        print(table)
        try WrittenTable("lists")?.write(table)
    }

    private static func rounded(_ ratio: Double) -> String {
        ratio.formatted(.number.precision(.fractionLength(1)).grouping(.never).locale(Locale(identifier: "en")))
    }

    private static func text(_ duration: Duration?) -> String {
        "\(rounded((duration ?? .zero) / .milliseconds(1))) ms"
    }

    private static func times(_ kind: TestDatabaseKind, _ house: House) async throws -> [Page: Timing] {
        let work = try YearsOfWork(size: house.size, now: .testStart, runs: house.runs)
        return try await withDatabase(kind, migrations: SyncSchema.all) { database in
            try await work.fill(database)
            for number in 1..<house.companies {
                try await SeededShore(neighbour, today: work.today, now: work.now)
                    .fill(database, company: CompanyID("n\(number)"))
            }
            // PostgreSQL does this by itself after a while.
            if kind == .postgres { try await database.transactionAcrossCompanies { _ = try $0.execute("ANALYZE") } }
            var times: [Page: Timing] = [:]
            for page in Page.all { times[page] = try await time(page, work.shore, database) }
            return times
        }
    }

    private struct Timing {
        var median: Duration
        var statements: Int
    }

    /// The median of eleven, after two that warm up.
    private static func time(
        _ page: Page, _ shore: SeededShore, _ database: any SQLDatabase
    ) async throws -> Timing {
        var (times, statements): ([Duration], Int) = ([], 0)
        for run in 0..<13 {
            let time = try await ContinuousClock().measure {
                statements = try await database.read(company: company) { transaction in
                    let counting = CountingConnection(transaction.connection)
                    try page.read(shore, in: CompanyTransaction(company: transaction.company, connection: counting))
                    return counting.statements.count
                }
            }
            if run >= 2 { times.append(time) }
        }
        return Timing(median: times.sorted()[times.count / 2], statements: statements)
    }
}
