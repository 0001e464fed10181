import Foundation
import Logging
import Persistence
import Proresult
import TestSupport
import Testing

@testable import Sync

/// A company that is ready to send: one linked worker with a wage, one linked project with two tasks, all settings, and
/// an ERP in memory. Runs go through the engine, as a button or the clock would start them.
struct ExportBench: Sendable {
    static let company = CompanyID("company")
    static let leader = Actor(username: "leder", role: .leader)
    static let worker = WorkerID("worker")
    static let project = ProjectID("project")
    static let task10 = ProjectWorkTypeID("task10")

    /// What the product asks is written down here, and explained when the test is over.
    let database: any SQLDatabase
    /// The same for what a test asks by itself.
    let unrecorded: any SQLDatabase
    let erp: FakeERP
    let clock: TestClock
    /// Another for a second home of the same company, where new rows get names of their own.
    var randomness = Randomness.seeded(11)

    func engine(owner: String = "test", mark: BootMark? = nil) -> SyncEngine {
        SyncEngine(
            database: database, owner: owner, randomness: randomness,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }, mark: mark
        ) { [erp] _, _ in erp }
    }

    /// Presses the button and waits for the run.
    @discardableResult
    func run(_ job: JobName = .hours, period: String? = nil) async throws -> RunOutcome {
        _ = try await transaction { try $0.requestRun(of: job, by: "test", period: period) }
        while let finished = try await engine().tick() {
            if finished.job == job { return finished.outcome }
        }
        return RunOutcome()
    }

    /// Lets so much time pass and everything happen that has become due.
    func pass(_ duration: Duration) async throws {
        clock.advance(by: duration)
        while try await engine().tick() != nil {}
    }

    func transaction<Result: Sendable>(
        _ body: @Sendable (CompanyTransaction) throws -> Result
    ) async throws -> Result {
        try await unrecorded.transaction(company: Self.company, body)
    }

    /// Registers and approves hours. `overtime` counts as part of the total.
    func approvedHours(
        _ id: String, _ total: Decimal = 8, overtime50: Decimal = 0, overtime100: Decimal = 0,
        billable: Decimal? = nil, date: String = "2026-11-12", worker: WorkerID = Self.worker,
        project: ProjectID = Self.project, on workType: ProjectWorkTypeID = Self.task10, approved: Bool = true
    ) async throws {
        let (now, randomness) = (clock.now, randomness)
        try await transaction { transaction in
            guard let date = CalendarDate(date), let today = CalendarDate(inNorwayAt: now) else { return }
            let draft = HourEntryDraft(
                workerID: worker, projectID: project, projectWorkTypeID: workType, date: date, total: total,
                overtime50: overtime50, overtime100: overtime100, billableHours: billable)
            try HourEntry.register(
                draft, id: HourEntryID(id), from: .delivery, by: Self.leader, today: today, at: now, in: transaction)
            guard approved else { return }
            try HourEntry.approve(
                HourEntryID(id), by: Self.leader, at: now, randomness: randomness, in: transaction)
        }
    }

    func state(_ id: String) async throws -> ApprovalState {
        try await transaction { try HourEntry.get(HourEntryID(id), in: $0).state }
    }

    func documents(_ job: JobName = .hours) async throws -> [ExportDocument] {
        try await transaction { try $0.documents(job, in: ExportDocument.State.allCases) }
    }

    func set(_ key: SyncSettings.Key, _ value: String) async throws {
        try await transaction { try CompanySetting.set(key.rawValue, value, in: $0) }
    }

    func execute(_ sql: SQL) async throws {
        _ = try await transaction { try $0.execute(sql) }
    }

    /// How often something was sent.
    var posts: Int { erp.change { $0.calls.filter { $0 == "post" }.count } }

    /// One column of text, row after row.
    func texts(_ sql: SQL) async throws -> [String] {
        try await transaction { try $0.query(sql).map { try $0.get("text", as: String.self) } }
    }

    /// Every line that the ERP holds, as `employee item quantity rate`.
    var lines: [String] {
        erp.change { world in
            world.stored.flatMap { stored in
                stored.document.lines.map { "\($0.employee) \($0.item) \($0.quantity) \($0.rate)" }
            }
        }
    }
}

func withExportBench(
    _ kind: TestDatabaseKind, _ body: (ExportBench) async throws -> Void
) async throws {
    let clock = TestClock()
    try await withDatabase(kind, clock: clock.clock, migrations: SyncSchema.all) { database in
        let erp = FakeERP { world in
            world.periods = ["202609", "202610", "202611", "202612"].compactMap { id in
                CalendarDate("2026-\(id.suffix(2))-01").map {
                    FinancialPeriod(id: id, startDate: $0, closed: id >= "202610" ? nil : .closed)
                }
            }
            world.employees = [ERPEmployee(number: "7", name: "Kari", email: nil, isActive: true)]
            world.accounts = ["5000", "5990", "4300", "4390"].map {
                ERPAccount(number: $0, accountGroup: nil, isActive: true)
            }
        }
        let recorded = RecordedDatabase(database)
        let bench = ExportBench(database: recorded, unrecorded: database, erp: erp, clock: clock)
        try await bench.fill()
        try await body(bench)
        for reading in try await recorded.unreviewedReadings(kind, migrations: SyncSchema.all) {
            // Which test sends a text first is chance, and PostgreSQL weighs its values: there it is a hint, on SQLite a rule.
            Issue.record("\(reading)", severity: kind == .sqlite ? .error : .warning)
        }
    }
}

extension ExportBench {
    fileprivate func fill() async throws {
        let now = clock.now
        _ = try await unrecorded.transactionAcrossCompanies { connection in
            try connection.execute(
                "INSERT INTO company (id, name, created_at) VALUES (\(Self.company), 'Prøve AS', \(now))")
        }
        try await transaction { transaction in
            try transaction.createJobs()
            let settings: [SyncSettings.Key: String] = [
                .hoursDebitAccount: "5000", .hoursCreditAccount: "5990", .hoursItemNumber: "TIMER",
                .withdrawalsDebitAccount: "4300", .withdrawalsCreditAccount: "4390", .withdrawalsAccountGroup: "4",
                .withdrawalsTask: "90", .withdrawalsItemNumber: "VARE",
            ]
            for (key, value) in settings { try CompanySetting.set(key.rawValue, value, in: transaction) }
            let worker = try Worker.create(
                Worker(id: Self.worker, employeeNumber: "1", username: "kari", name: "Kari"), in: transaction)
            try Worker.link(worker.id, vismaEmployeeNumber: "7", in: transaction)
            if let from = CalendarDate("2026-01-01") { try worker.setWage(200, validFrom: from, in: transaction) }
            try Project.insert([.linked(Self.project, "P-1")], in: transaction)
            try ProjectWorkType.insert(
                [.task(Self.task10, "10", "1"), .task(ProjectWorkTypeID("task90"), "90", "2")], in: transaction)
        }
    }
}

extension Project {
    static func linked(_ id: ProjectID, _ number: String) -> Project {
        var project = Project(id: id, number: number, name: "Bad")
        project.erpID = "erp-\(number)"
        project.erpNumber = number
        project.erpState = .active
        return project
    }
}

extension ProjectWorkType {
    static func task(_ id: ProjectWorkTypeID, _ task: String, _ erpID: String) -> ProjectWorkType {
        var workType = ProjectWorkType(id: id, projectID: ExportBench.project, origin: .visma, name: "Oppgave \(task)")
        workType.vismaTaskID = task
        workType.erpID = erpID
        return workType
    }
}
