import Persistence
import Testing
import TestSupport

/// The schema moves forward step by step, or not at all.
@Suite struct MigrationTests {
    private let first = Migration(1, "first", ["CREATE TABLE one (id TEXT NOT NULL)"])
    private let second = Migration(
        2, "second", ["CREATE TABLE two (id TEXT NOT NULL)", "INSERT INTO two (id) VALUES ('x')"])

    @Test(arguments: TestDatabaseKind.allCases) func onlyNewStepsAreApplied(kind: TestDatabaseKind) async throws {
        try await withDatabase(kind) { database throws in
            #expect(try await database.schemaVersion() == 0)
            #expect(try await database.migrate([first]) == [1])
            let version = try await database.schemaVersion()
            #expect(version == 1)
            let applied = try await database.migrate([first, second])
            #expect(applied == [2])
            #expect(try await database.migrate([first, second]) == [])
            #expect(try await database.schemaVersion() == 2)
            let rows = try await database.transactionAcrossCompanies { connection in
                try connection.query("SELECT number, name, applied_at FROM schema_migration ORDER BY number")
            }
            #expect(try rows.map { try $0.get("name") } == ["first", "second"])
            #expect(try rows.map { try $0.get("applied_at") } == [Timestamp.testStart, .testStart])
        }
    }

    private let third = Migration(3, "third", effect: .contracts, ["DROP TABLE one"])

    @Test(arguments: TestDatabaseKind.allCases)
    func anOlderProgramStartsOnWhatHasOnlyGrown(kind: TestDatabaseKind) async throws {
        try await withDatabase(kind, migrations: [first, second]) { database throws in
            #expect(try await database.migrate([first]) == [])
            #expect(try await database.schemaVersion() == 2)
            await #expect(throws: SQLError.newerSchema(found: 2, known: 1)) {
                try await database.refuseGrownSchema(beyond: [first])
            }
            try await database.refuseGrownSchema(beyond: [first, second, third])
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func whatContractsKeepsOlderProgramsOut(kind: TestDatabaseKind) async throws {
        try await withDatabase(kind, migrations: [first, second, third]) { database throws in
            await #expect(throws: SQLError.newerSchema(found: 3, known: 2)) {
                try await database.migrate([first, second])
            }
            await #expect(throws: SQLError.newerSchema(found: 3, known: 1)) { try await database.migrate([first]) }
            #expect(try await database.migrate([first, second, third]) == [])
        }
    }

    /// As two branches of development would leave it.
    @Test(arguments: TestDatabaseKind.allCases)
    func aProgramThatIsNeitherOlderNorNewerIsRefused(kind: TestDatabaseKind) async throws {
        try await withDatabase(kind, migrations: [first, second]) { database throws in
            let another = Migration(3, "another", ["CREATE TABLE three (id TEXT)"])
            await #expect(throws: SQLError.newerSchema(found: 2, known: 3)) {
                try await database.migrate([first, another])
            }
            #expect(try await database.readAcrossCompanies { try $0.hasTable("three") } == false)
        }
    }

    /// The program of before told no effects: what it does not say is taken for the worse.
    @Test(arguments: TestDatabaseKind.allCases)
    func whatWasAppliedBeforeEffectsWereToldMayHaveHadAny(kind: TestDatabaseKind) async throws {
        try await withDatabase(kind) { database throws in
            _ = try await database.transactionAcrossCompanies { connection in
                for statement: SQL in [
                    "CREATE TABLE schema_migration (number BIGINT NOT NULL PRIMARY KEY, name TEXT NOT NULL, applied_at BIGINT NOT NULL)",
                    "CREATE TABLE one (id TEXT NOT NULL)",
                    "INSERT INTO schema_migration (number, name, applied_at) VALUES (1, 'first', 1)",
                ] { try connection.execute(statement) }
            }
            #expect(try await database.migrate([first]) == [], "nothing to do, and nothing done")
            await #expect(throws: SQLError.newerSchema(found: 1, known: 0)) { try await database.migrate([]) }
            #expect(try await database.migrate([first, second]) == [2])
            #expect(try await database.migrate([first]) == [])
            let effects = try await database.readAcrossCompanies { connection in
                try connection.query("SELECT effect FROM schema_migration ORDER BY number")
                    .map { try $0.get("effect", as: Migration.Effect.self) }
            }
            #expect(effects == [.contracts, .expands])
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func aFailingStepLeavesTheOldSchema(kind: TestDatabaseKind) async throws {
        try await withDatabase(kind) { database throws in
            let failing = Migration(2, "failing", ["CREATE TABLE two (id TEXT)", "CREATE TABLE one (id TEXT)"])
            await #expect {
                try await database.migrate([first, failing])
            } throws: { error in
                guard case SQLError.statement = error else { return false }
                return true
            }
            let version = try await database.schemaVersion()
            #expect(version == 1)
            let applied = try await database.migrate([first, second])
            #expect(applied == [2])
        }
    }

    @Test(arguments: TestDatabaseKind.allCases) func numbersMustGrow(kind: TestDatabaseKind) async throws {
        try await withDatabase(kind) { database throws in
            for wrong in [[second, first], [first, first]] {
                await #expect(throws: SQLError.statement("the numbers of the migrations must grow")) {
                    try await database.migrate(wrong)
                }
            }
            let version = try await database.schemaVersion()
            #expect(version == 0)
        }
    }

    /// SQLite has one process only; there the two are two tasks.
    @Test(arguments: TestDatabaseKind.allCases) func twoAtOnceDoItOnce(kind: TestDatabaseKind) async throws {
        try await withDatabaseAddress(kind) { address in
            let one = try address.open()
            let other = kind == .postgres ? try address.open() : one
            let steps = [first, second]
            async let byOne = one.migrate(steps)
            async let byOther = other.migrate(steps)
            let applied = try await byOne + byOther
            #expect(applied.sorted() == [1, 2])
            try await one.close()
            try await other.close()
        }
    }
}
