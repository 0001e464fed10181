import Dispatch
import Foundation
import Persistence
import Proresult
import TestSupport
import Testing

/// A contractor with one worker, one project with one work type, and one item, on a Monday.
struct Shore: Sendable {
    let database: any SQLDatabase
    let company = CompanyID("c1")
    let today: CalendarDate
    let now = Timestamp.testStart
    let randomness = Randomness.seeded(1)

    let kari = Worker(id: WorkerID("kari"), employeeNumber: "7", username: "kari", name: "Kari Nordmann")
    let project = Project(id: ProjectID("p1"), number: "10", name: "Brygge")
    let workType = ProjectWorkType(
        id: ProjectWorkTypeID("t1"), projectID: ProjectID("p1"), origin: .visma, vismaTaskID: "100", name: "Graving")
    let group = ItemGroup(id: ItemGroupID("g1"), name: "Varer")
    let item = Item(
        id: ItemID("i1"), number: "S1", name: "Spiker", unit: "stk", salesPrice: 20, costPrice: 12,
        itemGroupID: ItemGroupID("g1"))

    let leader = Actor(username: "leif", role: .leader)
    let otherLeader = Actor(username: "lise", role: .leader)
    let worker = Actor(username: "kari", role: .worker)
    let admin = Actor(username: "anna", role: .administrator)

    func run<Result: Sendable>(_ body: @Sendable (CompanyTransaction) throws -> Result) async throws -> Result {
        try await database.transaction(company: company, body)
    }

    /// Makes PostgreSQL open a second connection, by two transactions that wait for each other, so that what follows
    /// can run at the same time. SQLite has one writer.
    func openTwoConnections(_ kind: TestDatabaseKind) async throws {
        guard kind == .postgres else { return }
        let (one, other) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
        async let first = run { _ in
            one.signal()
            return other.wait(timeout: .now() + 10)
        }
        async let second = run { _ in
            other.signal()
            return one.wait(timeout: .now() + 10)
        }
        #expect(try await [first, second] == [.success, .success])
    }

    func hours(_ total: Decimal? = 8, on date: String = "2026-11-16") throws -> HourEntryDraft {
        HourEntryDraft(
            workerID: kari.id, projectID: project.id, projectWorkTypeID: workType.id,
            date: try #require(CalendarDate(date)), total: total)
    }

    func goods(_ quantity: Decimal = 10) -> WithdrawalDraft {
        WithdrawalDraft(
            workerID: kari.id, projectID: project.id, itemID: item.id, date: today, quantity: quantity)
    }

    @discardableResult
    func register(
        _ draft: HourEntryDraft, id: String = "h1", by actor: Actor? = nil, in transaction: CompanyTransaction
    ) throws -> HourEntry {
        try HourEntry.register(
            draft, id: HourEntryID(id), by: actor ?? leader, today: today, at: now, in: transaction)
    }

    @discardableResult
    func edit(
        _ draft: HourEntryDraft, id: String = "h1", by actor: Actor? = nil, in transaction: CompanyTransaction
    ) throws -> HourEntry {
        try HourEntry.edit(HourEntryID(id), to: draft, by: actor ?? leader, today: today, in: transaction)
    }

    @discardableResult
    func approve(
        _ id: String = "h1", step: Int? = nil, by actor: Actor? = nil, in transaction: CompanyTransaction
    ) throws -> HourEntry {
        try HourEntry.approve(
            HourEntryID(id), step: step, by: actor ?? leader, at: now, randomness: randomness, in: transaction)
    }

    @discardableResult
    func reject(_ id: String = "h1", comment: String = "feil", in transaction: CompanyTransaction) throws -> HourEntry {
        try HourEntry.reject(
            HourEntryID(id), by: leader, comment: comment, at: now, randomness: randomness, in: transaction)
    }

    func transfer(_ ids: String..., reference: String = "PRX-1", in transaction: CompanyTransaction) throws {
        try HourEntry.markTransferred(
            ids.map { HourEntryID($0) }, run: "r1", reference: reference, at: now, in: transaction)
    }

    @discardableResult
    func takeOut(
        _ draft: WithdrawalDraft, id: String = "w1", by actor: Actor? = nil, in transaction: CompanyTransaction
    ) throws -> Withdrawal {
        try Withdrawal.register(
            draft, id: WithdrawalID(id), by: actor ?? leader, today: today, at: now, in: transaction)
    }

    @discardableResult
    func giveBack(
        _ quantity: Decimal, of id: String = "w1", id returnID: String = "r1", actor: Actor? = nil,
        in transaction: CompanyTransaction
    ) throws -> Withdrawal {
        try Withdrawal.returnGoods(
            of: WithdrawalID(id), quantity: quantity, by: kari.id, date: today, returnID: WithdrawalID(returnID),
            actor: actor ?? leader, today: today, at: now, in: transaction)
    }
}

/// Opens a database with the shore's records in it.
func withShore(_ kind: TestDatabaseKind, _ body: (Shore) async throws -> Void) async throws {
    try await withDatabase(kind, migrations: ProresultSchema.all) { database in
        let today = try #require(CalendarDate(year: 2026, month: 11, day: 16))
        let shore = Shore(database: database, today: today)
        try await database.transactionAcrossCompanies { connection in
            _ = try Company.create(name: "Entreprenør AS", id: shore.company, at: shore.now, in: connection)
        }
        try await shore.run { transaction throws in
            try Worker.insert([shore.kari], in: transaction)
            try Project.insert([shore.project], in: transaction)
            try ProjectWorkType.insert([shore.workType], in: transaction)
            try ItemGroup.insert([shore.group], in: transaction)
            try Item.insert([shore.item], in: transaction)
        }
        try await body(shore)
    }
}

/// Exact, unlike a literal with a fraction.
func decimal(_ text: String) -> Decimal { Decimal(exact: text) ?? .nan }
