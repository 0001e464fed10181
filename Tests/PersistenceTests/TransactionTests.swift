import Persistence
import Synchronization
import Testing
import TestSupport

/// A transaction happens whole or not at all, alike on both databases.
@Suite struct TransactionTests {
    static let counters = [
        Migration(
            1, "counters",
            [
                "CREATE TABLE counter (id TEXT NOT NULL PRIMARY KEY, value BIGINT NOT NULL DEFAULT 0)",
                "INSERT INTO counter (id) VALUES ('a')",
            ])
    ]

    private struct Refusal: Error, Equatable {}

    private func value(of id: String = "a", in database: any SQLDatabase) async throws -> Int? {
        try await database.transactionAcrossCompanies { connection in
            try connection.first("SELECT value FROM counter WHERE id = \(id)").map { try $0.get("value") }
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func aCommitIsSeenByTheNextTransaction(kind: TestDatabaseKind) async throws {
        try await withDatabase(kind, migrations: Self.counters) { database in
            let changed = try await database.transactionAcrossCompanies { connection in
                try connection.execute("UPDATE counter SET value = \(5)")
            }
            #expect(changed == 1)
            let held = try await value(in: database)
            #expect(held == 5)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func anErrorOfTheBodyRollsBackAndComesOutUnchanged(kind: TestDatabaseKind) async throws {
        try await withDatabase(kind, migrations: Self.counters) { database in
            await #expect(throws: Refusal()) {
                try await database.transactionAcrossCompanies { connection in
                    try connection.execute("UPDATE counter SET value = 9")
                    throw Refusal()
                }
            }
            let held = try await value(in: database)
            #expect(held == 0)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func aSwallowedErrorStillRollsBack(kind: TestDatabaseKind) async throws {
        try await withDatabase(kind, migrations: Self.counters) { database in
            let secondError = Mutex<SQLError?>(nil)
            await #expect {
                try await database.transactionAcrossCompanies { connection in
                    try connection.execute("UPDATE counter SET value = 9")
                    _ = try? connection.execute("INSERT INTO counter (id) VALUES ('a')")
                    do {
                        try connection.execute("UPDATE counter SET value = 10")
                    } catch let error as SQLError {
                        secondError.withLock { $0 = error }
                    }
                }
            } throws: { error in
                guard case SQLError.constraint(.unique, _) = error else { return false }
                return error as? SQLError == secondError.withLock { $0 }
            }
            let held = try await value(in: database)
            #expect(held == 0)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func parallelIncrementsAreAllCounted(kind: TestDatabaseKind) async throws {
        try await withDatabase(kind, migrations: Self.counters) { database in
            let answers = try await withThrowingTaskGroup(of: Int?.self) { group in
                for _ in 0..<40 {
                    group.addTask {
                        try await database.transactionAcrossCompanies { connection in
                            try connection.first("UPDATE counter SET value = value + 1 RETURNING value")?.get("value")
                        }
                    }
                }
                return try await group.reduce(into: Set<Int>()) { seen, answer in
                    if let answer { seen.insert(answer) }
                }
            }
            #expect(answers == Set(1...40))
            let held = try await value(in: database)
            #expect(held == 40)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func aCancelledTaskStillWritesDownWhereItStopped(kind: TestDatabaseKind) async throws {
        try await withDatabase(kind, migrations: Self.counters) { database in
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.cancelAll()
                for _ in 0..<10 {
                    group.addTask {
                        #expect(Task.isCancelled)
                        try await database.transactionAcrossCompanies { connection in
                            _ = try connection.execute("UPDATE counter SET value = value + 1")
                        }
                    }
                }
                try await group.waitForAll()
            }
            let held = try await value(in: database)
            #expect(held == 10)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases) func theClockOfTheTestIsTheTime(kind: TestDatabaseKind) async throws {
        let clock = TestClock()
        try await withDatabase(kind, clock: clock.clock) { database in
            clock.advance(by: .seconds(90))
            let now = try await database.transaction(company: CompanyID("c")) { try $0.now() }
            #expect(now == Timestamp(milliseconds: 1_794_816_090_000))
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func nothingGoesToAClosedDatabase(kind: TestDatabaseKind) async throws {
        try await withDatabase(kind, migrations: Self.counters) { database in
            try await database.close()
            await #expect(throws: SQLError.connectionLost("the database has been closed")) {
                try await value(in: database)
            }
        }
    }

    @Test(arguments: TestDatabaseKind.allCases) func dataOutliveTheProgram(kind: TestDatabaseKind) async throws {
        try await withDatabaseAddress(kind) { address in
            let first = try address.open()
            _ = try await first.migrate(Self.counters)
            try await first.transactionAcrossCompanies { connection in
                _ = try connection.execute("UPDATE counter SET value = 3")
            }
            try await first.close()
            let second = try address.open()
            let held = try await value(in: second)
            #expect(held == 3)
            try await second.close()
        }
    }
}
