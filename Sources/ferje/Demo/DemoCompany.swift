import Foundation
import Persistence
import Proresult
import Sync
import VismaNetSandbox

/// The contractor of the demonstration as it stands before the first import: settings, people and their wages.
struct DemoCompany {
    static let id = CompanyID("fjordbygg")
    static let name = "Fjordbygg Entreprenør AS"
    static let leader = Actor(username: "leder", role: .leader)

    let calendar: DemoCalendar
    let randomness: Randomness

    static func exists(in database: any SQLDatabase) async throws -> Bool {
        try await database.transactionAcrossCompanies { try Company.find(id, in: $0) != nil }
    }

    func create(in database: any SQLDatabase) async throws {
        try await database.transactionAcrossCompanies { connection in
            try Company.create(name: Self.name, id: Self.id, at: try connection.now(), in: connection)
        }
        try await database.transaction(company: Self.id) { transaction in
            try transaction.createJobs()
            for (key, value) in settings { try CompanySetting.set(key.rawValue, value, in: transaction) }
            for (username, name, role) in Self.users {
                try AppUser.create(
                    AppUser(id: AppUserID(using: randomness), username: username, name: name, role: role),
                    in: transaction)
            }
        }
    }

    private static let users: [(String, String, Role)] = [
        ("admin", "Administrator", .administrator), ("leder", "Anleggsleder", .leader),
        ("regnskap", "Regnskapsfører", .bookkeeper),
    ]

    private var settings: [(SyncSettings.Key, String)] {
        [
            (.hoursStartDate, calendar.firstDay(monthsAgo: 2).description),
            (.hoursItemNumber, DemoContractor.hoursItemNumber), (.hoursDebitAccount, "5000"),
            (.hoursCreditAccount, "5990"), (.withdrawalsStartDate, calendar.firstDay(monthsAgo: 2).description),
            (.withdrawalsItemNumber, DemoContractor.goodsItemNumber), (.withdrawalsDebitAccount, "4300"),
            (.withdrawalsCreditAccount, "4390"), (.withdrawalsAccountGroup, "4"),
            (.withdrawalsTask, DemoContractor.materialsTaskID),
        ]
    }

    static let workerCount = 28

    /// Workers for Visma's employees. The last two are not linked yet, and the one before them has no wage.
    func hire(_ employees: [ERPEmployee], numbers: SeededNumbers, in transaction: CompanyTransaction) throws {
        var numbers = numbers
        let hired = employees.filter(\.isActive).prefix(Self.workerCount)
        for (index, employee) in hired.enumerated() {
            let isLinked = index < Self.workerCount - 2
            let worker = try Worker.create(
                Worker(
                    id: WorkerID(using: randomness), employeeNumber: String(101 + index),
                    username: "arbeider\(101 + index)", name: employee.name, email: employee.email,
                    vismaEmployeeNumber: isLinked ? employee.number : nil), in: transaction)
            if index == Self.workerCount - 3 { continue }
            let wage = Decimal(225 + 5 * numbers.below(25))
            try worker.setWage(wage, validFrom: calendar.firstDay(monthsAgo: 12), in: transaction)
            // The raise splits the weeks of the demonstration, so that both wages are used.
            let raised = wage + Decimal(sign: .plus, exponent: -2, significand: Decimal(650 + 25 * numbers.below(20)))
            try worker.setWage(raised, validFrom: calendar.today.adding(days: -9) ?? calendar.today, in: transaction)
        }
    }
}

/// The days of the demonstration, seen from today.
struct DemoCalendar: Sendable {
    let today: CalendarDate

    func firstDay(monthsAgo: Int) -> CalendarDate {
        let month = today.year * 12 + today.month - 1 - monthsAgo
        return CalendarDate(year: month / 12, month: month % 12 + 1, day: 1) ?? today
    }

    func isWorkingDay(_ date: CalendarDate) -> Bool {
        guard let week = date.week else { return false }
        return week.lowerBound.days(to: date) < 5
    }

    /// The last fifteen working days, the newest first, and three of the month before when they do not reach it.
    var workingDays: [CalendarDate] {
        var days = Array(before(today, count: 15))
        let first = firstDay(monthsAgo: 0)
        if let oldest = days.last, oldest >= first { days += before(first.adding(days: -1) ?? first, count: 3) }
        return days
    }

    /// Working days up to and with a day, the newest first.
    func before(_ last: CalendarDate, count: Int) -> [CalendarDate] {
        var days: [CalendarDate] = []
        var next: CalendarDate? = last
        while let day = next, days.count < count {
            if isWorkingDay(day) { days.append(day) }
            next = day.adding(days: -1)
        }
        return days
    }
}
