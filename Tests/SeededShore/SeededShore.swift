import Foundation
import Persistence
import Proresult
import TestSupport

/// A made-up contractor of any size, the same for the same size: for tests of many rows and for the benchmark.
public struct SeededShore: Sendable {
    public struct Size: Sendable {
        public var customers, projects, workers, items, entries, withdrawals: Int

        public init(customers: Int, projects: Int, workers: Int, items: Int, entries: Int, withdrawals: Int) {
            (self.customers, self.projects, self.workers) = (customers, projects, workers)
            (self.items, self.entries, self.withdrawals) = (items, entries, withdrawals)
        }

        /// So many times as much of all.
        public static func * (size: Self, factor: Int) -> Self {
            Self(
                customers: size.customers * factor, projects: size.projects * factor, workers: size.workers * factor,
                items: size.items * factor, entries: size.entries * factor, withdrawals: size.withdrawals * factor)
        }
    }

    public let size: Size
    /// The last day of work.
    public let today: CalendarDate
    public let now: Timestamp

    public init(_ size: Size, today: CalendarDate, now: Timestamp) {
        (self.size, self.today, self.now) = (size, today, now)
    }

    public func worker(_ number: Int) -> WorkerID { WorkerID("k\(number % size.workers)") }
    public func project(_ number: Int) -> ProjectID { ProjectID("p\(number % size.projects)") }
    public func customer(_ number: Int) -> CustomerID { CustomerID("c\(number % size.customers)") }
    public let group = ItemGroupID("g1")

    /// Makes the company and all that it has.
    public func fill(_ database: any SQLDatabase, company: CompanyID) async throws {
        try await database.transactionAcrossCompanies { connection in
            _ = try Company.create(name: "Fjord Entreprenør AS", id: company, at: now, in: connection)
        }
        try await database.transaction(company: company) { transaction in
            try Worker.insert((0..<size.workers).map(newWorker), in: transaction)
            for number in 0..<size.workers {
                let wage = Decimal(250 + number % 20)
                try newWorker(number).setWage(wage, validFrom: day(before: 2000), in: transaction)
            }
            try Customer.insert((0..<size.customers).map(newCustomer), in: transaction)
            try Project.insert((0..<size.projects).map(newProject), in: transaction)
            try ProjectWorkType.insert((0..<size.projects).flatMap(newWorkTypes), in: transaction)
            try ItemGroup.insert(
                [
                    ItemGroup(id: ItemGroupID("g0"), name: "Visma"),
                    ItemGroup(id: group, parentID: ItemGroupID("g0"), name: "StockItem"),
                    ItemGroup(id: ItemGroupID("g2"), parentID: ItemGroupID("g0"), name: "NonStockItem"),
                ], in: transaction)
            try Item.insert((0..<size.items).map(newItem), in: transaction)
        }
        for start in stride(from: 0, to: size.entries, by: 10_000) {
            try await database.transaction(company: company) { transaction in
                let entries = (start..<min(start + 10_000, size.entries)).map(newEntry)
                try HourEntry.insert(entries, in: transaction)
                try Approval.insert(entries.compactMap(decision), in: transaction)
            }
        }
        try await database.transaction(company: company) { transaction in
            try Withdrawal.insert((0..<size.withdrawals).map(newWithdrawal), in: transaction)
        }
    }

    private static let families = ["Øygard", "Åsen", "Ærlig", "Bjørnstad", "Sætre", "Håland", "Nordmann", "Vik", "Moe"]
    private static let trades = ["Bygg", "Grunn", "Maling", "Rør", "Elektro", "Tømrer", "Betong"]
    private static let places = ["Førde", "Ås", "Voss", "Oslo", "Ålesund", "Bærum", "Tromsø"]

    private func pick<Value>(_ values: [Value], _ number: Int) -> Value { values[number % values.count] }

    private func day(before count: Int) -> CalendarDate { today.adding(days: -count) ?? today }

    private func newWorker(_ number: Int) -> Worker {
        Worker(
            id: worker(number), employeeNumber: "\(number + 1)", username: "bruker\(number)",
            name: "\(pick(["Kari", "Ola", "Åse", "Øystein"], number)) \(pick(Self.families, number / 4)) \(number)",
            inactiveAt: number % 17 == 16 ? now : nil, vismaEmployeeNumber: number % 10 == 9 ? nil : "\(number + 1)")
    }

    private func newCustomer(_ number: Int) -> Customer {
        Customer(
            id: customer(number), number: "\(10_000 + number)",
            name: "\(pick(Self.families, number)) \(pick(Self.trades, number / 9)) \(number) AS",
            address: "Strandgata \(number)", postalCode: "6800", city: pick(Self.places, number / 3),
            inactiveAt: number % 20 == 19 ? now : nil, erpID: "c\(number)", erpNumber: "\(10_000 + number)")
    }

    private func newProject(_ number: Int) -> Project {
        let isClosed = number % 3 == 2
        return Project(
            id: project(number), number: "\(1000 + number)", name: "\(pick(Self.places, number)) kai \(number)",
            city: pick(Self.places, number), customerID: customer(number * 7), managerWorkerID: worker(number),
            state: isClosed ? .closed : .active, closedAt: isClosed ? now : nil, closedBy: isClosed ? .user : nil,
            erpID: number % 8 == 7 ? nil : "p\(number)", erpNumber: number % 8 == 7 ? nil : "\(1000 + number)")
    }

    private func newWorkTypes(_ number: Int) -> [ProjectWorkType] {
        (0..<4).map { task in
            ProjectWorkType(
                id: workType(number, task), projectID: project(number), origin: .visma, vismaTaskID: "\(task + 1)00",
                name: pick(["Graving", "Støping", "Rigg", "Måling"], task), closedAt: task == 3 ? now : nil)
        }
    }

    private func workType(_ project: Int, _ task: Int) -> ProjectWorkTypeID {
        ProjectWorkTypeID("t\(project % size.projects)-\(task)")
    }

    private func newItem(_ number: Int) -> Item {
        Item(
            id: ItemID("i\(number)"), number: "V\(number)",
            name: "\(pick(["Rør", "Kum", "Spiker", "Dør"], number)) \(number)",
            unit: "stk", salesPrice: Decimal(number % 900 + 10), costPrice: Decimal(number % 900 + 5),
            itemGroupID: number % 2 == 0 ? group : ItemGroupID("g2"), inactiveAt: number % 25 == 24 ? now : nil,
            erpID: "i\(number)", erpNumber: "V\(number)")
    }

    /// Two entries of a worker a day. What is older than four weeks has been sent, but for a few.
    private func newEntry(_ number: Int) -> HourEntry {
        let daysBack = number / size.workers / 2
        let project = (number / size.workers * 13 + number) % size.projects
        let isSent = daysBack > 28 && number % 50 != 0
        let state: ApprovalState =
            isSent ? .transferred : pick([.registered, .approvedStep1, .approved, .rejected, .registered], number / 3)
        return HourEntry(
            id: HourEntryID("h\(number)"), workerID: worker(number), projectID: self.project(project),
            projectWorkTypeID: workType(project, number % 3), date: day(before: daysBack),
            total: Decimal(1 + number % 7), overtime50: number % 7 == 6 ? 1 : 0, billableHours: Decimal(1 + number % 7),
            comment: "Som avtalt", state: state, transferredAt: isSent ? now : nil, transferredRun: isSent ? "r" : nil,
            transferredReference: isSent ? "PRX-\(number / 100)" : nil, createdAt: now)
    }

    private func decision(_ entry: HourEntry) -> Approval? {
        guard entry.state == .rejected || entry.state == .approvedStep1 else { return nil }
        let isRejected = entry.state == .rejected
        return Approval(
            id: ApprovalID("a\(entry.id)"), hourEntryID: entry.id, entryVersion: 1, step: 1,
            decision: isRejected ? .rejected : .approved, decidedBy: "leif", decidedAt: now,
            comment: isRejected ? "Feil prosjekt" : "")
    }

    private func newWithdrawal(_ number: Int) -> Withdrawal {
        let isSent = number / 40 > 28
        return Withdrawal(
            id: WithdrawalID("w\(number)"), workerID: worker(number), projectID: project(number * 11),
            itemID: ItemID("i\(number % size.items)"), text: "Rør \(number)", date: day(before: number / 40),
            quantity: Decimal(1 + number % 9), unit: "stk", salesPrice: Decimal(number % 900 + 10),
            costPrice: Decimal(number % 900 + 5), state: isSent ? .invoiced : .registered,
            transferredAt: isSent ? now : nil, transferredRun: isSent ? "r" : nil,
            transferredReference: isSent ? "PRV-\(number / 100)" : nil, createdAt: now)
    }
}
