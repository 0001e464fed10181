import Dispatch
import Persistence
import Proresult
import TestSupport
import Testing

@testable import Sync

/// Many loops at one queue: none waits for another, and no company has two.
@Suite struct JobClaimTests {
    private static let companies = ["one", "two"].map { CompanyID($0) }

    private func withDueJobs(
        _ kind: TestDatabaseKind, _ body: (_ database: any SQLDatabase) async throws -> Void
    ) async throws {
        let clock = TestClock()
        try await withDatabase(kind, clock: clock.clock, migrations: SyncSchema.all) { database in
            for company in Self.companies {
                try await database.transactionAcrossCompanies { connection in
                    _ = try Company.create(name: company.text, id: company, at: connection.now(), in: connection)
                }
                try await database.transaction(company: company) { transaction in
                    try transaction.createJobs()
                    for job in JobName.allCases { _ = try transaction.requestRun(of: job, by: "test") }
                }
            }
            try await body(database)
        }
    }

    private func claim(_ database: any SQLDatabase, _ owner: Int = 0) async throws -> JobClaim? {
        try await JobClaim.take(
            from: database, owner: "\(owner)", randomness: .seeded(UInt64(owner)), lease: .seconds(60))
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func howeverManyLoopsClaimAtOnceNoCompanyHasTwo(kind: TestDatabaseKind) async throws {
        try await withDueJobs(kind) { database in
            let claims = try await withThrowingTaskGroup(of: JobClaim?.self) { group in
                for owner in 0..<12 { group.addTask { try await claim(database, owner) } }
                return try await group.reduce(into: []) { claims, claim in claims += [claim].compactMap(\.self) }
            }
            #expect(claims.map(\.company.text).sorted() == ["one", "two"])
            #expect(claims.allSatisfy { $0.job == .customers })
        }
    }

    /// What the database would show of a loop in the middle of its claim.
    @Test func aCompanyThatAnotherLoopIsAtIsPassedBy() async throws {
        try await withDueJobs(.postgres) { database in
            let (beginnings, began) = AsyncStream.makeStream(of: Void.self)
            let mayEnd = DispatchSemaphore(value: 0)
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask {
                    try await database.transactionAcrossCompanies { connection in
                        _ = try connection.query("SELECT id FROM company WHERE id = 'one' FOR NO KEY UPDATE")
                        began.yield()
                        mayEnd.wait()
                    }
                }
                for await _ in beginnings { break }
                let claim = try await claim(database)
                mayEnd.signal()
                #expect(claim?.company == Self.companies[1])
                try await group.waitForAll()
            }
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func aJobThatIsAskedForAgainAtOnceRestsFirst(kind: TestDatabaseKind) async throws {
        try await withDueJobs(kind) { database in
            let company = try #require(try await claim(database)?.company)
            // How long ago the job was taken, and how long after its taking it is due.
            for (ago, due) in [(0, 1000), (400, 1000), (999, 1000), (1000, 1000), (5000, 5000), (-60_000, -60_000)] {
                let (taken, next) = try await database.transaction(company: company) { transaction in
                    let taken = try transaction.now() - .milliseconds(ago)
                    try transaction.execute(
                        "UPDATE job SET claimed_at = \(taken) WHERE company_id = \(company) AND name = 'customers'")
                    let isOn = try transaction.requestRun(of: .customers, by: "kari", rest: SyncEngine.rest)
                    #expect(isOn)
                    let row = try transaction.first(
                        "SELECT next_run_at FROM job WHERE company_id = \(company) AND name = 'customers'")
                    return (taken, try row?.get("next_run_at", as: Timestamp.self))
                }
                #expect(next.map { $0 - taken } == .milliseconds(due), "taken \(ago) ms ago")
            }
        }
    }

    /// Jobs of companies at rest stay due, and may be all that the first looks see.
    @Test(arguments: TestDatabaseKind.allCases)
    func whatIsDueBehindManyThatCannotRunIsFound(kind: TestDatabaseKind) async throws {
        try await withDueJobs(kind) { database in
            try await database.transactionAcrossCompanies { connection in
                try connection.execute("UPDATE job SET next_run_at = next_run_at + 1000 WHERE company_id = 'two'")
                try connection.execute("UPDATE company SET state = 'paused', state_because = 'test' WHERE id = 'one'")
                for number in 0..<80 {
                    let company = CompanyID("rest\(number)")
                    _ = try Company.create(name: company.text, id: company, at: connection.now(), in: connection)
                    let transaction = CompanyTransaction(company: company, connection: connection)
                    try transaction.createJobs()
                    for job in JobName.allCases { _ = try transaction.requestRun(of: job, by: "test") }
                    try connection.execute(
                        "UPDATE company SET state = 'paused', state_because = 'test' WHERE id = \(company)")
                }
            }
            #expect(try await claim(database) == nil, "company two is not due yet, and the others are at rest")
            try await database.transactionAcrossCompanies { connection in
                _ = try connection.execute("UPDATE job SET next_run_at = next_run_at - 999 WHERE company_id = 'rest79'")
                _ = try connection.execute("UPDATE job SET next_run_at = next_run_at - 1000 WHERE company_id = 'two'")
                _ = try connection.execute(
                    "UPDATE job SET next_run_at = next_run_at - 500 WHERE company_id LIKE 'rest%' OR company_id = 'one'"
                )
            }
            #expect(try await claim(database)?.company == Self.companies[1])
            #expect(try await claim(database) == nil)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func theNextDueJobIsToldOfActiveCompaniesOnly(kind: TestDatabaseKind) async throws {
        try await withDueJobs(kind) { database in
            let now = try await database.readAcrossCompanies { try $0.now() }
            for (company, later) in zip(Self.companies, [10, 20]) {
                try await database.transaction(company: company) { transaction in
                    _ = try transaction.execute(
                        """
                        UPDATE job SET next_run_at = \(now + .seconds(later))
                        WHERE company_id = \(company) AND name = 'items'
                        """)
                }
            }
            #expect(try await database.readAcrossCompanies { try $0.nextDue(after: now) } == now + .seconds(10))
            try await database.transactionAcrossCompanies { connection in
                _ = try connection.execute(
                    "UPDATE company SET state = 'paused', state_because = 'test' WHERE id = 'one'")
            }
            #expect(try await database.readAcrossCompanies { try $0.nextDue(after: now) } == now + .seconds(20))
            #expect(try await database.readAcrossCompanies { try $0.nextDue(after: now + .seconds(20)) } == nil)
        }
    }
}
