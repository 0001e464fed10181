import Persistence
import Proresult
import TestSupport
import Testing

@testable import Sync

/// F46: hints that are lost, doubled, late or many end as none would: the hourly reading stands, one may come early.
@Suite struct ERPHintTests {
    static let company = CompanyID("firma")

    private func due(_ job: JobName, in database: any SQLDatabase) async throws -> Timestamp? {
        try await database.read(company: Self.company) { transaction in
            try transaction.first(
                "SELECT next_run_at FROM job WHERE company_id = \(transaction.company) AND name = \(job)")?
                .get("next_run_at")
        }
    }

    private func withCompany(
        _ kind: TestDatabaseKind, _ body: (any SQLDatabase, TestClock) async throws -> Void
    ) async throws {
        let clock = TestClock()
        try await withDatabase(kind, clock: clock.clock, migrations: SyncSchema.all) { database in
            try await database.transactionAcrossCompanies { connection in
                _ = try Company.create(name: "Firma", id: Self.company, at: connection.now(), in: connection)
            }
            try await database.transaction(company: Self.company) { transaction in
                try transaction.createJobs()
                for job in JobName.allCases where job != .items {
                    try transaction.setJob(job, enabled: true, automatic: true)
                }
            }
            try await body(database, clock)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func aHintBringsTheNextAutomaticReadingForwardAndNothingElse(kind: TestDatabaseKind) async throws {
        try await withCompany(kind) { database, clock in
            let before = (try await due(.projects, in: database), try await due(.hours, in: database))
            let isNew = try await database.transaction(company: Self.company) {
                try $0.note(hint: "a", for: [.customers, .items, .hours])
            }
            #expect(isNew)
            #expect(try await due(.customers, in: database) == clock.now)
            #expect(try await due(.projects, in: database) == before.0)
            // A list that is read by hand, and an export, wait for what they waited for.
            #expect(try await due(.items, in: database) == nil)
            #expect(try await due(.hours, in: database) == before.1)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func theSameHintTwiceIsOneAndManyReadNotMoreOftenThanEveryFiveMinutes(kind: TestDatabaseKind) async throws {
        try await withCompany(kind) { database, clock in
            _ = try await database.transaction(company: Self.company) { transaction in
                try transaction.execute(
                    """
                    INSERT INTO run (company_id, id, job, started_by, epoch, started_at, finished_at, outcome)
                    VALUES (\(transaction.company), 'r', 'customers', 'schedule', 1, \(clock.now), \(clock.now),
                        'succeeded')
                    """)
            }
            let (first, again) = try await database.transaction(company: Self.company) { transaction in
                (try transaction.note(hint: "a", for: [.customers]), try transaction.note(hint: "a", for: [.customers]))
            }
            #expect(first)
            #expect(!again)
            let next = clock.now + .seconds(300)
            #expect(try await due(.customers, in: database) == next)
            clock.advance(by: .seconds(10))
            try await database.transaction(company: Self.company) { transaction in
                for number in 1...200 { try transaction.note(hint: "flood \(number)", for: [.customers]) }
            }
            #expect(try await due(.customers, in: database) == next)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func aTenantOfTwoCompaniesIsNobodys(kind: TestDatabaseKind) async throws {
        try await withCompany(kind) { database, clock in
            try await database.transactionAcrossCompanies { connection in
                _ = try Company.create(name: "To", id: CompanyID("to"), at: connection.now(), in: connection)
            }
            func connect(_ company: CompanyID, _ tenant: String) async throws {
                _ = try await database.transaction(company: company) { transaction in
                    try transaction.execute(
                        """
                        INSERT INTO connection (company_id, kind, state, tenant_id, changed_at)
                        VALUES (\(transaction.company), 'service', 'connected', \(tenant), \(clock.now))
                        """)
                }
            }
            try await connect(Self.company, "t-1")
            let texts: Set = ["x", "t-1"]
            let one = try await ERPHint.company(ofTenant: texts, in: database)
            #expect(one == Self.company)
            let none = try await ERPHint.company(ofTenant: ["x"], in: database)
            #expect(none == nil)
            try await connect(CompanyID("to"), "t-1")
            let both = try await ERPHint.company(ofTenant: texts, in: database)
            #expect(both == nil)
        }
    }
}
