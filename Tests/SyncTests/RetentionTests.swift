import Foundation
import Logging
import Persistence
import Proresult
import Synchronization
import TestSupport
import Testing

@testable import Sync

/// What is old goes, what is not settled stays, and nobody's rows go by another's night.
@Suite struct RetentionTests {
    static let company = ExportBench.company
    private static let day = 86_400

    /// Noon in Norway.
    private func noon(_ year: Int, _ month: Int, _ day: Int) throws -> Timestamp {
        let start = try #require(CalendarDate(year: 1970, month: 1, day: 1))
        let date = try #require(CalendarDate(year: year, month: month, day: day))
        return Timestamp(milliseconds: Int64(start.days(to: date)) * 86_400_000 + 11 * 3_600_000)
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func oldRunsGoWithWhatTheyDidButForTheLastOfAJobAndThoseThatMadeADocument(kind: TestDatabaseKind) async throws {
        try await withExportBench(kind) { bench in
            bench.erp.change { $0.customers = customers(1...25) }
            try await bench.run(.customers)
            try await bench.approvedHours("e1")
            try await bench.run(.hours)
            bench.clock.advance(by: .seconds(60))
            bench.erp.change { $0.customers = (1...25).map { customer($0, "Ola og sønner", minute: 5) } }
            for _ in 1...3 {
                try await bench.run(.customers)
                try await bench.run(.items)
                bench.clock.advance(by: .seconds(60))
            }
            #expect(try await bench.count("run") == 8)
            #expect(try await bench.count("run_item WHERE record_kind = 'customer'") == 1 + 25)
            bench.clock.advance(by: .seconds(400 * Self.day - 600))
            #expect(try await bench.retain() == [:], "not a day too early")
            bench.clock.advance(by: .seconds(600))
            #expect(try await bench.retain(most: 10) == [.runs: 5 + 1 + 25])
            let left = try await bench.texts("SELECT job AS text FROM run ORDER BY job")
            #expect(left == ["customers", "hours", "items"])
            #expect(try await bench.count("run_item WHERE record_kind = 'customer'") == 0)
            #expect(try await bench.count("run_item WHERE record_kind = 'document'") > 0)
        }
    }

    /// With nothing old in any of thousands of companies a process would not end in its time.
    @Test(arguments: TestDatabaseKind.allCases)
    func whoIsToldToStopBeginsNoCompany(kind: TestDatabaseKind) async throws {
        try await withExportBench(kind) { bench in
            let retention = bench.retention()
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask {
                    withUnsafeCurrentTask { $0?.cancel() }
                    await #expect(throws: CancellationError.self) { _ = try await retention.runNext() }
                    await #expect(throws: CancellationError.self) { _ = try await retention.run(ExportBench.company) }
                }
                try await group.waitForAll()
            }
            #expect(try await bench.count("company WHERE retention_at = 0") == 1)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func aDocumentGoesOnTheDayAfterItsTenthYearAndItsRecordsStay(kind: TestDatabaseKind) async throws {
        try await withExportBench(kind) { bench in
            try await bench.approvedHours("e1")
            try await bench.run()
            try await bench.execute("UPDATE erp_fact SET state = 'closed' WHERE kind = 'periods'")
            bench.clock.set(try noon(2036, 12, 31))
            try await bench.retain()
            #expect(try await bench.count("export_document") == 1)
            bench.clock.set(try noon(2037, 1, 1))
            #expect(try await bench.retain()[.documents] == 6, "document, line, two halves of an attempt, week, mark")
            for table in ["export_document", "export_line", "export_attempt", "export_week", "outbox"] {
                #expect(try await bench.count(table) == 0, "\(table)")
            }
            #expect(try await bench.state("e1") == .transferred)
            bench.erp.change { $0.periods = [] }
            try await bench.run()
            #expect(bench.posts == 1, "and are not sent again")
        }
    }

    enum Unsettled: String, CaseIterable, Sendable {
        case inDoubt, forAPerson, notLocked, refused, alarmed, periodOpen
    }

    @Test(arguments: TestDatabaseKind.allCases, Unsettled.allCases)
    func whatIsNotSettledStaysHoweverOldItIs(kind: TestDatabaseKind, unsettled: Unsettled) async throws {
        try await withExportBench(kind) { bench in
            if unsettled == .refused { bench.erp.change { $0.refuses = { _ in "no such item" } } }
            try await bench.approvedHours("e1")
            try await bench.run()
            if unsettled != .periodOpen {
                try await bench.execute("UPDATE erp_fact SET state = 'closed' WHERE kind = 'periods'")
            }
            switch unsettled {
            case .inDoubt: try await bench.execute("UPDATE export_document SET state = 'unknown'")
            case .forAPerson: try await bench.execute("UPDATE export_document SET state = 'needsReview'")
            case .notLocked: try await bench.execute("UPDATE outbox SET done_at = NULL")
            case .alarmed:
                try await bench.execute(
                    """
                    INSERT INTO export_alarm (company_id, id, reference, kind, period, erp_number, detail, found_at)
                    SELECT company_id, 'a', reference, 'missing', period, erp_number, '', 1 FROM export_document
                    """)
            case .refused, .periodOpen: break
            }
            bench.clock.set(try noon(2050, 1, 1))
            try await bench.retain()
            #expect(try await bench.count("export_document") == 1)
            #expect(try await bench.count("export_line") == 1)
            #expect(try await bench.count("export_alarm") == (unsettled == .alarmed ? 1 : 0))
            #expect(try await bench.count("audit WHERE subject_kind = 'document'") > 0, "nor its trail")
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func theAuditTrailGoesAfterItsYearsWhereTheRoleMayAndGetsNoNumberTwice(kind: TestDatabaseKind) async throws {
        try await withExportBench(kind) { bench in
            func note() async throws { try await bench.transaction { try $0.audit(by: "k", "wrote", of: "user", "u") } }
            func numbers() async throws -> [String] {
                try await bench.texts("SELECT id AS text FROM audit WHERE subject_kind = 'user' ORDER BY at, id")
            }
            for year in [2026, 2026, 2027] {
                bench.clock.set(try noon(year, 12, 31))
                try await note()
            }
            bench.clock.set(try noon(2037, 1, 1))
            #expect(try await bench.retain(deletesAudit: false)[.audit] == nil)
            #expect(try await numbers() == ["user:u:0", "user:u:1", "user:u:2"])
            #expect(try await bench.retain(most: 1)[.audit] == 2)
            try await note()
            #expect(try await numbers() == ["user:u:2", "user:u:3"])
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func sessionsLinksHintsAndAlarmsThatAreOverGo(kind: TestDatabaseKind) async throws {
        try await withExportBench(kind) { bench in
            let now = bench.clock.now
            let old = now - .seconds(500 * Self.day)
            try await bench.transaction { transaction in
                try AppUser.create(
                    AppUser(id: AppUserID("u"), username: "u", name: "U", role: .leader), in: transaction)
                for (id, at) in [("old", old), ("new", now)] {
                    try transaction.execute(
                        """
                        INSERT INTO session (company_id, id, user_id, role, created_at, seen_at, proved_at)
                        VALUES (\(Self.company), \(id), 'u', 'leader', \(at), \(at), \(at))
                        """)
                    try transaction.execute(
                        "INSERT INTO erp_hint (company_id, digest, received_at) VALUES (\(Self.company), \(id), \(at))")
                    try transaction.execute(
                        """
                        INSERT INTO export_alarm (company_id, id, reference, kind, period, erp_number, detail, found_at,
                            cleared_at) VALUES (\(Self.company), \(id), 'r', 'missing', '202501', '1', '', 1, \(at))
                        """)
                }
                try transaction.execute(
                    """
                    INSERT INTO invitation (company_id, user_id, digest, made_by, expires_at)
                    VALUES (\(Self.company), 'u', 'd', 'k', \(old))
                    """)
            }
            #expect(try await bench.retain() == [.sessions: 1, .hints: 1, .alarms: 1, .links: 1])
            #expect(try await bench.texts("SELECT id AS text FROM session") == ["new"])
            #expect(try await bench.texts("SELECT digest AS text FROM erp_hint") == ["new"])
            #expect(try await bench.texts("SELECT id AS text FROM export_alarm") == ["new"])
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func aProcessThatDiesBetweenTwoBatchesLeavesTheRestToTheNext(kind: TestDatabaseKind) async throws {
        try await withExportBench(kind) { bench in
            for _ in 1...9 {
                try await bench.run(.items)
                bench.clock.advance(by: .seconds(60))
            }
            bench.clock.advance(by: .seconds(500 * Self.day))
            let dying = DyingDatabase(bench.database, after: 5)
            await #expect(throws: DyingDatabase.Death.self) {
                _ = try await bench.retention(most: 10, on: dying).runNext()
            }
            let left = try await bench.count("run")
            #expect(left > 1 && left < 9)
            #expect(try await bench.retention().runNext() == false, "it may still be at work")
            bench.clock.advance(by: Retention.patience)
            #expect(try await bench.retention(most: 10).runNext())
            #expect(try await bench.count("run") == 1)
            #expect(try await bench.retention().runNext() == false, "once a night")
            bench.clock.advance(by: .seconds(Self.day))
            #expect(try await bench.retention().runNext())
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func aCompanyThatIsOnItsWayKeepsEveryRowAndTheOthersHaveTheirTurns(kind: TestDatabaseKind) async throws {
        try await withExportBench(kind) { bench in
            let other = CompanyID("other")
            try await bench.make(other, due: [])
            for company in [Self.company, other] {
                try await bench.unrecorded.transaction(company: company) { transaction in
                    for number in 1...3 {
                        try transaction.execute(
                            """
                            INSERT INTO run (company_id, id, job, started_by, epoch, started_at, outcome)
                            VALUES (\(company), \("r\(number)"), 'items', 'k', 1, \(number), 'succeeded')
                            """)
                    }
                }
            }
            try await bench.execute(
                "UPDATE company SET state = 'leaving', state_because = 'k' WHERE id = \(Self.company)")
            while try await bench.retention().runNext() {}
            #expect(try await bench.count("run WHERE company_id = 'company'") == 3)
            let theirs = try await bench.unrecorded.transaction(company: other) { transaction in
                try transaction.query("SELECT id FROM run WHERE company_id = \(other)").count
            }
            #expect(theirs == 1)
            #expect(try await bench.retain() == [:], "not by hand either")
        }
    }

    /// The program works as a role that may not touch the trail; the operator's command as its owner.
    @Test func onPostgresOnlyTheOwnerDeletesFromTheAuditTrail() async throws {
        try await withDatabaseAddress(.postgres, migrations: SyncSchema.all) { address in
            guard case .postgres(let url) = address else { return }
            let clock = TestClock()
            let owner = try PostgresDatabase(url: url, poolSize: 1, clock: clock.clock)
            let program = try PostgresDatabase(
                url: url.replacing("://ferje@", with: "://ferje_rows@"), poolSize: 1, clock: clock.clock)
            try await owner.lendRows(to: program.roleName(), appendOnly: ["audit"])
            #expect(try await program.mayDelete(from: "audit") == false)
            #expect(try await owner.mayDelete(from: "audit"))
            try await program.transaction(company: Self.company) { transaction in
                try transaction.execute(
                    "INSERT INTO company (id, name, created_at) VALUES (\(Self.company), 'Bygg AS', 0)")
                try transaction.audit(by: "k", "wrote", of: "user", "u")
            }
            clock.set(try noon(2037, 1, 1))
            let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
            for (database, rows) in [(program, nil), (owner, 1)] as [(PostgresDatabase, Int?)] {
                let retention = Retention(
                    database: database, terms: RetentionTerms(),
                    deletesAudit: try await database.mayDelete(from: "audit"), logger: logger)
                #expect(try await retention.run(Self.company)[.audit] == rows)
            }
            try await owner.close()
            try await program.close()
        }
    }
}

extension ExportBench {
    fileprivate func retention(
        most: Int = Retention.mostRows, deletesAudit: Bool = true, on database: (any SQLDatabase)? = nil
    ) -> Retention {
        Retention(
            database: database ?? self.database, terms: RetentionTerms(), deletesAudit: deletesAudit, most: most,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    }

    @discardableResult
    fileprivate func retain(
        most: Int = Retention.mostRows, deletesAudit: Bool = true
    ) async throws -> [RetentionRule: Int] {
        try await retention(most: most, deletesAudit: deletesAudit).run(Self.company)
    }

    fileprivate func count(_ rows: String) async throws -> Int {
        try await transaction { try $0.first("SELECT count(*) AS n FROM \(raw: rows)")?.get("n") ?? 0 }
    }
}

/// Lets so many transactions through and then no more, as when the process is killed.
private final class DyingDatabase: SQLDatabase {
    struct Death: Error {}

    private let database: any SQLDatabase
    private let left: Mutex<Int>

    init(_ database: any SQLDatabase, after transactions: Int) {
        self.database = database
        left = Mutex(transactions)
    }

    func transaction<Result: Sendable>(
        over scope: CompanyScope, _ body: @Sendable (any SQLConnection) throws -> Result
    ) async throws -> Result {
        let mayLive = left.withLock { left in
            left -= 1
            return left >= 0
        }
        guard mayLive else { throw Death() }
        return try await database.transaction(over: scope, body)
    }

    func read<Result: Sendable>(
        over scope: CompanyScope, _ body: @Sendable (any SQLConnection) throws -> Result
    ) async throws -> Result {
        try await database.read(over: scope, body)
    }

    func hints() async -> Hints { await database.hints() }
    func close() async throws {}
}
