import Foundation
import Logging
import Persistence
import Proresult

import TestSupport
import Testing

@testable import Sync

/// A company with an ERP in memory, and runs of imports on it.
struct ImportBench: Sendable {
    let database: any SQLDatabase
    /// For what a test asks by itself.
    let unrecorded: any SQLDatabase
    let erp: FakeERP
    let clock: TestClock
    let randomness = Randomness.seeded(7)
    var pagesAtOnce = 4
    static let company = CompanyID("company")

    /// Runs one import job as the engine would: a new run under a new claim.
    @discardableResult
    func run(
        _ job: JobName = .customers, full: Bool = false, settings: [SyncSettings.Key: String] = [:],
        limits: CleanPass.Limits = .init(), connector: (any ERPConnector)? = nil
    ) async throws -> RunCounts {
        let context = try await claim(job, connector: connector)
        return try await runImport(
            job, context: context,
            settings: SyncSettings(
                values: Dictionary(uniqueKeysWithValues: settings.map { ($0.key.rawValue, $0.value) })),
            full: full, now: clock.now, limits: limits)
    }

    /// Takes the job over from whoever has it.
    func claim(_ job: JobName, connector: (any ERPConnector)? = nil) async throws -> RunContext {
        let (run, epoch) = try await transaction { transaction in
            let epoch = try transaction.query(
                """
                UPDATE job SET epoch = epoch + 1, lease_owner = 'test',
                    lease_until = \(try transaction.now() + SyncTimings().lease)
                WHERE company_id = \(Self.company) AND name = \(job) RETURNING epoch
                """
            ).first?.get("epoch", as: Int.self)
            let earlier = try transaction.first("SELECT count(*) AS n FROM run")?.get("n", as: Int.self)
            // Runs that sort in the order in which they were made.
            let run = SyncRunID("run \(1000 + (earlier ?? 0))")
            try transaction.execute(
                """
                INSERT INTO run (company_id, id, job, started_by, epoch, started_at, outcome)
                VALUES (\(Self.company), \(run), \(job), 'test', \(epoch), \(try transaction.now()), 'running')
                """)
            return (run, epoch ?? 0)
        }
        return RunContext(
            company: Self.company, job: job, run: run, epoch: epoch, startedBy: "test", database: database,
            connector: connector ?? erp, randomness: randomness, logger: Logger(label: "test"),
            pagesAtOnce: pagesAtOnce)
    }

    func transaction<Result: Sendable>(
        _ body: @Sendable (CompanyTransaction) throws -> Result
    ) async throws -> Result {
        try await unrecorded.transaction(company: Self.company, body)
    }

    func customer(_ number: String) async throws -> Customer? {
        try await transaction { try Customer.find(erpIDs: [], numbers: [number], in: $0).first }
    }
    func project(_ number: String) async throws -> Project? {
        try await transaction { try Project.find(erpIDs: [], numbers: [number], in: $0).first }
    }
    func item(_ number: String) async throws -> Item? {
        try await transaction { try Item.find(erpIDs: [], numbers: [number], in: $0).first }
    }
    func tasks(_ number: String) async throws -> [ProjectWorkType] {
        let project = try #require(try await project(number))
        return try await transaction { try ProjectWorkType.find(projectIDs: [project.id], in: $0) }
    }
    func cursor(_ resource: ImportResource) async throws -> ImportCursor {
        try await transaction { try ImportCursor.read(resource, in: $0) }
    }

    /// What the runs so far have told: `customer 10: changed name: a → b`.
    func told() async throws -> [String] {
        try await transaction { transaction in
            try transaction.query(
                """
                SELECT record_kind, record_number, happened, detail, records FROM run_item
                WHERE company_id = \(Self.company) ORDER BY run_id, position
                """
            ).flatMap { try RunItemRow(row: $0).items }.map { item in
                ["\(item.recordKind) \(item.number):", item.happened.rawValue, item.detail]
                    .filter { !$0.isEmpty }.joined(separator: " ")
            }
        }
    }

    /// Every business row as text, for comparing before and after.
    func dump() async throws -> [String] {
        try await transaction { transaction in
            var lines: [String] = []
            for (table, columns) in [
                ("customer", Customer.columns), ("project", Project.columns),
                ("project_work_type", ProjectWorkType.columns), ("item", Item.columns),
                ("item_group", ItemGroup.columns),
                ("import_cursor", ["resource", "erp_time", "full_pass_at"]),
            ] {
                for row in try transaction.query(
                    "SELECT \(raw: columns.joined(separator: ", ")) FROM \(raw: table) ORDER BY \(raw: columns[0])"
                ) {
                    let values = try columns.map { "\(try row.get($0, as: SQLValue.self))" }
                    lines.append(table + " " + values.joined(separator: " "))
                }
            }
            return lines
        }
    }

    func calls() -> [String] { erp.change(\.calls) }
    func forgetCalls() { erp.change { $0.calls = [] } }
}

/// A fresh database of either kind with one company and its import jobs.
func withImports(
    _ kind: TestDatabaseKind, _ arrange: (inout FakeERP.World) -> Void = { _ in },
    _ body: (ImportBench) async throws -> Void
) async throws {
    let clock = TestClock()
    try await withDatabase(kind, clock: clock.clock, migrations: SyncSchema.all) { database in
        try await database.transaction(company: ImportBench.company) { transaction in
            try transaction.execute(
                "INSERT INTO company (id, name, created_at) VALUES (\(ImportBench.company), 'Bygg AS', 0)")
            try transaction.executeMany(
                "INSERT INTO job (company_id, name) VALUES ($1, $2)",
                JobName.allCases.map { [ImportBench.company.sqlValue, $0.sqlValue] })
        }
        let recorded = RecordedDatabase(database)
        try await body(
            ImportBench(database: recorded, unrecorded: database, erp: FakeERP(arrange), clock: clock))
        for reading in try await recorded.unreviewedReadings(kind, migrations: SyncSchema.all) {
            // Which test sends a text first is chance, and PostgreSQL weighs its values: there it is a hint, on SQLite a rule.
            Issue.record("\(reading)", severity: kind == .sqlite ? .error : .warning)
        }
    }
}

func customer(_ number: Int, _ name: String = "Ola AS", active: Bool = true, minute: Int = 0) -> ERPCustomer {
    ERPCustomer(
        id: "id\(number)", number: String(number), name: name,
        address: ERPAddress(street: "Storgata \(number)", postalCode: "6800", city: "Førde"),
        deliveryAddress: nil, isActive: active, modifiedAt: .minute(minute))
}

func customers(_ numbers: ClosedRange<Int>, minute: Int = 0) -> [ERPCustomer] {
    numbers.map { customer($0, minute: minute) }
}

func project(
    _ number: String, _ name: String = "Nytt bad", _ state: ERPProject.State = .active, customer: String? = nil,
    location: String? = nil, manager: String? = nil, minute: Int = 0
) -> ERPProject {
    ERPProject(
        id: "id\(number)", number: number, name: name, state: state,
        startDate: CalendarDate(year: 2026, month: 1, day: 5), customerNumber: customer,
        customerLocationID: location, managerNumber: manager, modifiedAt: .minute(minute))
}

func task(
    _ project: String, _ task: String, _ name: String = "Rørlegger", open: Bool = true, minute: Int = 0
) -> ERPTask {
    ERPTask(
        id: "id\(project)-\(task)", projectID: "id\(project)", taskID: task, name: name, isOpen: open,
        modifiedAt: .minute(minute))
}

func item(
    _ number: String, _ name: String = "Kobberrør", sales: Int = 189, cost: Int = 112, type: String = "NonStockItem",
    itemClass: String? = nil, active: Bool = true, minute: Int = 0
) -> ERPItem {
    ERPItem(
        id: "id\(number)", number: number, name: name, salesPrice: .init(sales), costPrice: .init(cost), unit: "M",
        type: type, itemClass: itemClass, isActive: active, modifiedAt: .minute(minute))
}
