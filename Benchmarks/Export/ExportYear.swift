import BenchFirm
import Foundation
import Persistence
import Proresult
import Sync
import VismaNetSandbox

/// A contractor's year, all of it approved and nothing sent: four lines in five are hours of workers who stay on a
/// project for a week, every ninth day with overtime (which is a line of its own); the fifth is goods taken out, one in
/// fifty of them as free text. A project lasts four months.
struct ExportYear {
    /// How many lines the year becomes.
    let lines: Int
    var projects: Int { max(6, lines / 1000) }
    var workers: Int { max(4, lines / 1000) }
    /// With one overtime line to nine ordinary ones.
    var entries: Int { lines * 72 / 100 }
    var withdrawals: Int { lines - entries - entries / 9 }

    static let tenant = Firm.anyTenant
    private static let tasks = ["10", "20", "90"]
    private static let goodsTask = "90"

    // MARK: our shore

    func fill(_ database: any SQLDatabase) async throws {
        let company = Firm.company
        try await database.transaction(company: company) { transaction in
            for (key, value) in Self.settings { try CompanySetting.set(key.rawValue, value, in: transaction) }
            let now = try transaction.now()
            try Worker.insert((0..<workers).map(worker), in: transaction)
            for number in 0..<workers {
                try worker(number).setWage(Decimal(250 + number % 20), validFrom: Self.workDays[0], in: transaction)
            }
            try Project.insert((0..<projects).map(project), in: transaction)
            try ProjectWorkType.insert((0..<projects).flatMap(workTypes), in: transaction)
            let group = ItemGroup(id: ItemGroupID("g1"), name: "Visma")
            try ItemGroup.insert([group], in: transaction)
            try Item.insert(
                [
                    Item(
                        id: ItemID("i1"), number: "ROR-22", name: "Kobberrør 22 mm", unit: "M", salesPrice: 189,
                        costPrice: 94, itemGroupID: group.id, erpID: "5002", erpNumber: "ROR-22")
                ], in: transaction)
            try HourEntry.insert((0..<entries).map { entry($0, at: now) }, in: transaction)
            try Withdrawal.insert((0..<withdrawals).map { withdrawal($0, at: now) }, in: transaction)
        }
    }

    private static let settings: [(SyncSettings.Key, String)] = [
        (.hoursItemNumber, "TIMER"), (.hoursDebitAccount, "5000"), (.hoursCreditAccount, "5990"),
        (.withdrawalsItemNumber, "ROR-22"), (.withdrawalsDebitAccount, "4000"), (.withdrawalsCreditAccount, "1460"),
        (.withdrawalsAccountGroup, "4"), (.withdrawalsTask, goodsTask),
    ]

    private func worker(_ number: Int) -> Worker {
        Worker(
            id: WorkerID("k\(number)"), employeeNumber: "\(100 + number)", username: "bruker\(number)",
            name: "Arbeider \(number)", vismaEmployeeNumber: "\(100 + number)")
    }

    private func project(_ number: Int) -> Project {
        Project(
            id: ProjectID("p\(number)"), number: "B-\(number)", name: "Byggeplass \(number)", erpID: "\(1000 + number)",
            erpNumber: "B-\(number)", erpState: .active)
    }

    private func workTypes(_ number: Int) -> [ProjectWorkType] {
        Self.tasks.map { task in
            ProjectWorkType(
                id: ProjectWorkTypeID("p\(number)-\(task)"), projectID: ProjectID("p\(number)"), origin: .visma,
                vismaTaskID: task, name: "Oppgave \(task)", erpID: "\(number)\(task)")
        }
    }

    private func entry(_ number: Int, at now: Timestamp) -> HourEntry {
        let date = day(number, of: entries)
        let worker = number % workers
        let project = open(in: date, choice: worker * 7 + Self.workDays[0].days(to: date) / 7)
        let overtime: Decimal = number % 9 == 8 ? 1 : 0
        return HourEntry(
            id: HourEntryID("h\(number)"), workerID: WorkerID("k\(worker)"), projectID: ProjectID("p\(project)"),
            projectWorkTypeID: ProjectWorkTypeID("p\(project)-\(number % 3 == 0 ? "20" : "10")"), date: date,
            total: Decimal(2 + number % 5), overtime50: number % 2 == 0 ? overtime : 0,
            overtime100: number % 2 == 1 ? overtime : 0, billableHours: Decimal(2), comment: "Som avtalt",
            state: .approved, createdAt: now)
    }

    private func withdrawal(_ number: Int, at now: Timestamp) -> Withdrawal {
        let date = day(number, of: withdrawals)
        let project = open(in: date, choice: number * 11)
        return Withdrawal(
            id: WithdrawalID("w\(number)"), workerID: WorkerID("k\(number % workers)"),
            projectID: ProjectID("p\(project)"), itemID: number % 50 == 49 ? nil : ItemID("i1"), text: "Rør 22 mm",
            date: date, quantity: Decimal(1 + number % 9), unit: "M", salesPrice: 189, costPrice: 94, createdAt: now)
    }

    /// Spread over the working days of the year in order.
    private func day(_ number: Int, of count: Int) -> CalendarDate {
        Self.workDays[number * Self.workDays.count / count]
    }

    private func open(in date: CalendarDate, choice: Int) -> Int {
        let open = (0..<projects).filter { (date.month + 11 - $0 * 12 / projects) % 12 < 4 }
        return open[choice % open.count]
    }

    /// Of 2026, without Saturdays and Sundays; its first day is a Thursday.
    private static let workDays = (0..<365).filter { ![2, 3].contains($0 % 7) }
        .compactMap { CalendarDate(year: 2026, month: 1, day: 1)?.adding(days: $0) }

    // MARK: the far shore

    /// The same firm as Visma.net has it, without a document.
    var records: CompanyRecords {
        var records = CompanyRecords.small(tenantID: Self.tenant, name: "Fjordbygg")
        // Each is a copy of one that the small company has, under a name of its own.
        let (employees, projects, tasks) = (records.employees, records.projects, records.tasks)
        records.employees = employees.prefix(1).flatMap { employee in
            (0..<workers).map { number in
                var employee = employee
                (employee.employeeID, employee.employeeNumber) = (100 + number, "\(100 + number)")
                return employee
            }
        }
        records.projects = projects.prefix(1).flatMap { project in
            (0..<self.projects).map { number in
                var project = project
                (project.internalID, project.projectID) = (1000 + number, "B-\(number)")
                return project
            }
        }
        records.tasks = tasks.prefix(1).flatMap { task in
            (0..<3 * self.projects).map { number in
                var task = task
                (task.internalID, task.projectInternalID) = (number + 1, 1000 + number / 3)
                task.taskID = Self.tasks[number % 3]
                return task
            }
        }
        return records
    }
}
