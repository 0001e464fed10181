import Foundation
import Persistence
import Proresult
import SeededShore
import TestSupport
import Testing

/// Lists ask the database the same number of times, however much there is.
@Suite struct ListStatementTests {
    static let small = SeededShore.Size(
        customers: 30, projects: 12, workers: 20, items: 30, entries: 600, withdrawals: 200)
    static let company = CompanyID("c1")

    private func withSeeded(
        _ kind: TestDatabaseKind, _ size: SeededShore.Size, _ body: (SeededShore, any SQLDatabase) async throws -> Void
    ) async throws {
        try await withDatabase(kind, migrations: ProresultSchema.all) { database in
            let today = try #require(CalendarDate(year: 2026, month: 11, day: 18))
            let shore = SeededShore(size, today: today, now: .testStart)
            try await shore.fill(database, company: Self.company)
            try await body(shore, database)
        }
    }

    private func statements(
        of reading: ShoreReading, _ shore: SeededShore, _ database: any SQLDatabase
    ) async throws -> (statements: [SQL], rows: Int) {
        try await database.read(company: Self.company) { transaction in
            let counting = CountingConnection(transaction.connection)
            let rows = try reading.read(
                shore, in: CompanyTransaction(company: transaction.company, connection: counting))
            return (counting.statements, rows)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func everyListAsksAsOftenWhateverTheSize(kind: TestDatabaseKind) async throws {
        for size in [Self.small, Self.small * 5] {
            try await withSeeded(kind, size) { shore, database in
                for reading in ShoreReading.allCases {
                    let (statements, rows) = try await statements(of: reading, shore, database)
                    #expect(statements.count == reading.statements, "\(reading) with \(size)")
                    #expect(rows > 0 || reading == .customersNotFound, "\(reading) finds nothing to count")
                }
            }
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func noListReadsMoreThanItMay(kind: TestDatabaseKind) async throws {
        try await withSeeded(kind, Self.small) { shore, database in
            let recorded = RecordedDatabase(database)
            for reading in ShoreReading.allCases {
                _ = try await recorded.read(company: Self.company) { try reading.read(shore, in: $0) }
            }
            let readings = try await recorded.unreviewedReadings(kind, migrations: ProresultSchema.all)
            // So few rows PostgreSQL reads by whatever costs a little less: what it does with more stands below.
            for reading in readings { Issue.record("\(reading)", severity: kind == .sqlite ? .error : .warning) }
        }
    }

    /// Where few of many rows are wanted, PostgreSQL too finds them by an index that was made for it.
    @Test(arguments: [
        (ShoreReading.hoursOfWeek, ["hour_entry_day"]), (.weekOfAll, ["hour_entry_worker_day"]),
        (.hoursOfWorkersYear, ["hour_entry_worker_day"]), (.weekOfWorker, ["hour_entry_worker_day"]),
        (.lastDay, ["hour_entry_worker_day"]), (.hoursOfProject, ["hour_entry_project_day"]),
        (.customersByNumber, ["customer_by_number"]), (.customersByName, ["customer_by_name"]),
        (.customersByPlaceDownwards, ["customer_by_place"]), (.itemsByPrice, ["item_by_price"]),
        (.withdrawalsOfProject, ["withdrawal_project_day"]), (.withdrawalsOfMonth, ["withdrawal_day"]),
    ])
    func postgresFindsByTheIndexMadeForIt(reading: ShoreReading, indexes: [String]) async throws {
        let size = SeededShore.Size(
            customers: 2000, projects: 100, workers: 20, items: 2000, entries: 10_000, withdrawals: 4000)
        try await withSeeded(.postgres, size) { shore, database in
            try await database.transactionAcrossCompanies { _ = try $0.execute("ANALYZE") }
            var plans: [String] = []
            for statement in try await statements(of: reading, shore, database).statements {
                plans += try await explain("EXPLAIN", statement, column: "QUERY PLAN", database)
            }
            for index in indexes {
                #expect(plans.contains { $0.contains(index) }, "\(plans.joined(separator: "\n"))")
            }
        }
    }

    private func explain(
        _ word: String, _ statement: SQL, column: String, _ database: any SQLDatabase
    ) async throws -> [String] {
        try await database.read(company: Self.company) { transaction in
            try transaction.query(SQL("\(word) \(statement.text)", bindings: statement.bindings))
                .map { try $0.get(column) }
        }
    }
}
