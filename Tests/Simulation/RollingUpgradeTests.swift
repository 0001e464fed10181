import FarShore
import Foundation
import Persistence
import Proresult
import Sync
import Synchronization
import TestSupport
import Testing
import VismaNet
import VismaNetConnector
import VismaNetSandbox

@testable import Storm

/// Two versions of the program on one PostgreSQL: the newer one migrates while the older one's processes send, both go on
/// beside each other, and Visma has every line once. The older one is the program with the schema of today, the newer one
/// has what a later release may bring.
@Suite struct RollingUpgradeTests {
    /// All that the rule of growth allows (`SchemaGrowthTests`), in tables that exports write and read; one in each
    /// migration, as decision 0010 advises.
    static let weight = Migration(
        9100, "a later release: hours",
        ["ALTER TABLE hour_entry ADD COLUMN weight BIGINT NOT NULL DEFAULT 1 CHECK (weight > 0)"])
    static let growth = Migration(
        9101, "a later release: documents",
        [
            "ALTER TABLE export_document ADD COLUMN told_by TEXT",
            """
            CREATE TABLE document_note (
                company_id TEXT NOT NULL REFERENCES company (id),
                document_id TEXT NOT NULL,
                note TEXT NOT NULL,
                PRIMARY KEY (company_id, document_id)
            )
            """,
            "INSERT INTO document_note SELECT company_id, id, 'older than the note' FROM export_document",
            "UPDATE export_document SET told_by = 'the migration'",
            "CREATE INDEX export_document_told ON export_document (company_id, told_by)",
        ])
    static let contraction = Migration(
        9102, "the release after it", effect: .contracts, ["ALTER TABLE export_document DROP COLUMN told_by"])
    static let newer = SyncSchema.all + [weight, growth]

    @Test func twoVersionsWorkAtOnceAndEveryLineGoesOnce() async throws {
        try await withYard { yard throws in
            // Two processes of the older version export, a company each. The newer version migrates between the commit of
            // “sending” and the first byte of the first document.
            let one = try await yard.start("older 1", SyncSchema.all)
            let two = try await yard.start("older 2", SyncSchema.all)
            yard.beforeNextPost { _ = try await yard.start("newer 1", Self.newer) }
            try await yard.register(0)
            let first = try await yard.exportAtOnce([one, two])
            #expect(first.map(\.outcome.error) == [nil, nil])
            let three = try #require(yard.started("newer 1"), "migrated while a document was under way")
            #expect(try await one.database.schemaVersion() == 9101)

            // Older and newer side by side, each in the middle of a run when the other begins its own.
            for (round, older) in [(1, one), (2, two)] {
                try await yard.register(round)
                let runs = try await yard.exportAtOnce([older, three])
                #expect(runs.map(\.outcome.counts.sentLines).allSatisfy { $0 > 0 }, "round \(round)")
                #expect(runs.map(\.outcome.error) == [nil, nil])
            }
            // The newer one's own rows, in the table that the older one writes too.
            let notes = try await yard.notes()
            #expect(notes["newer 1"] == 2)
            #expect(notes["the migration"].map { (1...2).contains($0) } == true, "\(notes)")
            #expect(notes.values.reduce(0, +) == 6, "\(notes)")

            // An older process that ends and starts anew is taken in, and works.
            try await one.stop()
            let again = try await yard.start("older 1 again", SyncSchema.all)
            try await yard.register(3)
            let runs = try await yard.exportAtOnce([again, three])
            #expect(runs.map(\.outcome.counts.sentLines).allSatisfy { $0 > 0 })
            // What looks at whole tables does not.
            await #expect(throws: SQLError.newerSchema(found: 9101, known: Self.known)) {
                try await CompanyDeletion(company: Haven.companies[0], in: again.database, by: "test")
                    .run(confirmedBy: "Firma firma", keptElsewhere: true)
            }

            // When no older process is left, the schema may contract; from then on none starts.
            for process in [two, again] { try await process.stop() }
            let last = try await yard.start("newest", Self.newer + [Self.contraction])
            await #expect(throws: SQLError.newerSchema(found: 9102, known: Self.known)) {
                try await yard.start("too old", SyncSchema.all)
            }
            await #expect(throws: SQLError.newerSchema(found: 9102, known: 9101)) {
                try await yard.start("too old", Self.newer)
            }
            try await yard.register(4)
            let ended = try await yard.exportAtOnce([last, last])
            #expect(ended.map(\.outcome.counts.sentLines).allSatisfy { $0 > 0 })
            for process in [three, last] { try await process.stop() }
            yard.expectEveryLineOnce(rounds: 5)
        }
    }

    private static let known = SyncSchema.all.map(\.number).max() ?? 0
}

/// One PostgreSQL, one Visma and the processes on them.
private final class Yard: Sendable {
    private let url: String
    private let clock: TestClock
    private let sandbox: Sandbox
    private struct State {
        var processes: [String: Process] = [:]
        var beforePost: (@Sendable () async throws -> Void)?
        var meeting: Meeting?
    }
    private let state = Mutex(State())

    init(url: String, clock: TestClock, sandbox: Sandbox) {
        (self.url, self.clock, self.sandbox) = (url, clock, sandbox)
    }

    struct Process: Sendable {
        var name: String
        var database: any SQLDatabase
        var engine: SyncEngine

        func stop() async throws { try await database.close() }
    }

    /// As at every start of the program: the schema first.
    @discardableResult
    func start(_ name: String, _ migrations: [Migration]) async throws -> Process {
        let database = try PostgresDatabase(url: url, poolSize: 2, clock: clock.clock)
        do {
            _ = try await database.migrate(migrations)
        } catch {
            try await database.close()
            throw error
        }
        let seed = UInt64(name.utf8.reduce(7) { $0 &* 31 &+ Int($1) } & 0xFFFF)
        let clock = clock
        let connections = VismaNetConnections(
            database: database, transport: Road(yard: self, sandbox: SandboxTransport(sandbox: sandbox)),
            configuration: try Haven.connection(), masterKey: Haven.masterKey, clock: clock.clock,
            randomness: .seeded(seed), sleep: { clock.advance(by: $0) }, logger: .silent)
        let engine = SyncEngine(
            database: database, owner: name, randomness: .seeded(seed &+ 1), logger: .silent
        ) { [self] company, job in
            // Nobody goes on before the others have a job too.
            await state.withLock { $0.meeting }?.enter()
            return try await connections.connect(company, job)
        }
        let process = Process(name: name, database: database, engine: engine)
        state.withLock { $0.processes[name] = process }
        return process
    }

    func started(_ name: String) -> Process? { state.withLock { $0.processes[name] } }

    func beforeNextPost(_ work: @escaping @Sendable () async throws -> Void) {
        state.withLock { $0.beforePost = work }
    }

    fileprivate func postComes() async throws {
        let work = state.withLock { state in
            defer { state.beforePost = nil }
            return state.beforePost
        }
        try await work?()
    }

    /// Both companies have hours to send, and each of two processes has one of them in hand at the same time. Each then
    /// notes what it has sent, if it is of a version that does.
    func exportAtOnce(_ processes: [Process]) async throws -> [FinishedRun] {
        for company in Haven.companies {
            let isOn = try await processes[0].database.transaction(company: company) {
                try $0.requestRun(of: .hours, by: "test")
            }
            #expect(isOn)
        }
        let meeting = Meeting(of: processes.count)
        state.withLock { $0.meeting = meeting }
        let runs = try await withThrowingTaskGroup(of: (Int, FinishedRun?).self) { group in
            for (index, process) in processes.enumerated() {
                group.addTask {
                    let run = try await process.engine.tick()
                    if let run, process.name.hasPrefix("newer") { try await self.note(run, by: process) }
                    return (index, run)
                }
            }
            var runs: [Int: FinishedRun] = [:]
            for try await (index, run) in group { runs[index] = run }
            return processes.indices.compactMap { runs[$0] }
        }
        state.withLock { $0.meeting = nil }
        #expect(runs.count == processes.count)
        #expect(Set(runs.map(\.company)) == Set(Haven.companies))
        return runs
    }

    /// What the newer version does with its column and its table.
    private func note(_ run: FinishedRun, by process: Process) async throws {
        try await process.database.transaction(company: run.company) { transaction in
            let company = transaction.company
            try transaction.execute(
                """
                UPDATE export_document SET told_by = \(process.name) WHERE company_id = \(company) AND run_id = \(run.run)
                """)
            try transaction.execute(
                """
                INSERT INTO document_note (company_id, document_id, note)
                SELECT company_id, id, \(process.name) FROM export_document
                WHERE company_id = \(company) AND run_id = \(run.run)
                """)
        }
    }

    /// Documents by who told of them: what older processes write leaves the newer one's column empty.
    func notes() async throws -> [String: Int] {
        guard let database = started("newer 1")?.database else { return [:] }
        let told = try await database.readAcrossCompanies { connection in
            try connection.query("SELECT told_by FROM export_document").map { try $0.get("told_by", as: String?.self) }
        }
        let notes = try await database.readAcrossCompanies { try $0.query("SELECT note FROM document_note").count }
        #expect(notes == told.filter { $0 != nil }.count)
        return Dictionary(told.map { ($0 ?? "older", 1) }, uniquingKeysWith: +)
    }

    /// Quantities that no two records of a company share, so that the ledger tells them apart.
    private static func hours(_ round: Int, _ number: Int) -> Decimal { Decimal(round * 3 + number + 1) / 4 }

    func register(_ round: Int) async throws {
        let database = try #require(["newest", "newer 1", "older 1"].compactMap { started($0) }.first).database
        let now = clock.now
        for company in Haven.companies {
            try await database.transaction(company: company) { transaction in
                guard let today = CalendarDate(inNorwayAt: now), let date = CalendarDate("2026-11-\(10 + round)"),
                    let project = try Project.find(number: "P-1", in: transaction),
                    let task = try ProjectWorkType.find(projectIDs: [project.id], in: transaction)
                        .first(where: { $0.vismaTaskID == "10" })
                else { throw SQLError.unreadable("the haven has no P-1") }
                for number in 0..<3 {
                    let id = HourEntryID("r\(round)-\(number)")
                    try HourEntry.register(
                        HourEntryDraft(
                            workerID: Haven.workers[0], projectID: project.id, projectWorkTypeID: task.id, date: date,
                            total: Self.hours(round, number)),
                        id: id, from: .delivery, by: Haven.leader, today: today, at: now, in: transaction)
                    try HourEntry.approve(
                        id, by: Haven.leader, at: now, randomness: .seeded(UInt64(round * 3 + number)), in: transaction)
                }
            }
        }
    }

    /// The judge is the far shore's ledger.
    func expectEveryLineOnce(rounds: Int) {
        let wanted = (0..<rounds).flatMap { round in (0..<3).map { Self.hours(round, $0) } }.sorted()
        let companies = sandbox.snapshot().companies
        #expect(companies.count == Haven.companies.count)
        for company in companies {
            let lines = company.documents.flatMap(\.lines)
            #expect(lines.map(\.quantity).sorted() == wanted)
        }
    }
}

/// What a process sends, and what happens while it is on its way.
private struct Road: HTTPTransport {
    let yard: Yard
    let sandbox: SandboxTransport

    func send(
        _ request: HTTPTransportRequest, deadline: Duration
    ) async throws(TransportFailure) -> HTTPTransportResponse {
        if request.method == "POST", request.url.contains("projecttransaction") {
            do { try await yard.postComes() } catch { throw .notSent("\(error)") }
        }
        return try await sandbox.send(request, deadline: deadline)
    }
}

/// Lets nobody through before so many have come.
private actor Meeting {
    private var missing: Int
    private var waiting: [CheckedContinuation<Void, Never>] = []

    init(of count: Int) { missing = count }

    func enter() async {
        missing -= 1
        guard missing > 0 else {
            for one in waiting { one.resume() }
            waiting = []
            return
        }
        await withCheckedContinuation { waiting.append($0) }
    }
}

private func withYard(_ body: (Yard) async throws -> Void) async throws {
    try await withDatabaseAddress(.postgres) { address in
        guard case .postgres(let url) = address else { return }
        let clock = TestClock(Haven.begin - .seconds(7200))
        let database = try PostgresDatabase(url: url, poolSize: 1, clock: clock.clock)
        try await Haven.fill(database, clock)
        try await database.close()
        clock.set(max(clock.now, Haven.begin))
        let sandbox = try Haven.sandbox({ clock.now.milliseconds }, seed: 5, sleep: { _ in })
        try await body(Yard(url: url, clock: clock, sandbox: sandbox))
    }
}
