import Persistence
import TestSupport
import Testing

/// S22: on PostgreSQL the server itself keeps companies apart, also where a statement has forgotten its filter.
@Suite struct CompanySeparationTests {
    private static let (a, b) = (CompanyID("a"), CompanyID("b's"))

    private static let note = Migration(
        1, "note",
        [
            "CREATE TABLE note (company_id TEXT NOT NULL, text TEXT NOT NULL, PRIMARY KEY (company_id, text))",
            "CREATE TABLE weather (day TEXT NOT NULL)",
        ])
    private static let later = Migration(2, "later", ["CREATE TABLE later (company_id TEXT NOT NULL)"])

    /// One connection, so that each transaction follows on the same session.
    private func withNotes(_ body: (PostgresDatabase) async throws -> Void) async throws {
        try await withDatabaseAddress(.postgres, migrations: [Self.note]) { address in
            guard case .postgres(let url) = address else { return }
            let database = try PostgresDatabase(url: url, poolSize: 1, clock: .frozen)
            for company in [Self.a, Self.b] {
                _ = try await database.transaction(company: company) { transaction in
                    try transaction.execute(
                        "INSERT INTO note (company_id, text) VALUES (\(company), \("of \(company)"))")
                }
            }
            try await body(database)
            try await database.close()
        }
    }

    private static func texts(_ connection: any SQLConnection) throws -> [String] {
        try connection.query("SELECT text FROM note ORDER BY text").map { try $0.get("text") }
    }

    private func seen(by company: CompanyID, in database: PostgresDatabase) async throws -> [String] {
        try await database.read(company: company) { try Self.texts($0.connection) }
    }

    private func all(in database: PostgresDatabase) async throws -> [String] {
        try await database.readAcrossCompanies { try Self.texts($0) }
    }

    @Test func aStatementWithoutAFilterShowsNothingOfAnotherCompany() async throws {
        try await withNotes { database throws in
            #expect(try await seen(by: Self.a, in: database) == ["of a"])
            #expect(try await seen(by: Self.b, in: database) == ["of b's"])
            #expect(try await all(in: database) == ["of a", "of b's"])
            #expect(try await seen(by: CompanyID("c"), in: database) == [])
            let changed = try await database.transaction(company: Self.a) { transaction in
                try transaction.execute("UPDATE note SET text = text || '!'")
                    + transaction.execute("DELETE FROM note WHERE company_id = \(Self.b)")
            }
            #expect(changed == 1)
            #expect(try await all(in: database) == ["of a!", "of b's"])
        }
    }

    @Test func aRowForAnotherCompanyIsRefused() async throws {
        try await withNotes { database throws in
            for statement: SQL in [
                "INSERT INTO note (company_id, text) VALUES (\(Self.b), 'x')", "UPDATE note SET company_id = \(Self.b)",
            ] {
                await #expect {
                    try await database.transaction(company: Self.a) { try $0.execute(statement) }
                } throws: { error in
                    guard case SQLError.statement(let why) = error else { return false }
                    return why.contains("row-level security")
                }
            }
            await #expect {
                try await database.transaction(company: Self.a) { transaction in
                    try transaction.executeMany(
                        "INSERT INTO note (company_id, text) VALUES ($1, $2)",
                        [[.text("a"), .text("1")], [.text("b's"), .text("2")]])
                }
            } throws: { "\($0)".contains("row-level security") }
            #expect(try await all(in: database) == ["of a", "of b's"])
        }
    }

    @Test func aSessionThatHasToldNoCompanySeesNothing() async throws {
        try await withNotes { database throws in
            let seen = try await database.transactionAcrossCompanies { connection in
                try ["''", "DEFAULT"].map { value in
                    try connection.execute("SET LOCAL ferje.company = \(raw: value)")
                    return try Self.texts(connection)
                }
            }
            #expect(seen == [[], []])
        }
    }

    @Test func afterAnErrorTheConnectionBelongsToTheNextCompanyAlone() async throws {
        struct Broken: Error {}
        try await withNotes { database throws in
            for scope in [CompanyScope.one(Self.a), .all] {
                await #expect(throws: Broken.self) {
                    try await database.transaction(over: scope) { connection in
                        _ = try Self.texts(connection)
                        throw Broken()
                    }
                }
                #expect(try await seen(by: Self.b, in: database) == ["of b's"])
                await #expect(throws: SQLError.self) {
                    try await database.transaction(over: scope) { try $0.execute("nonsense") }
                }
                #expect(try await seen(by: Self.b, in: database) == ["of b's"])
            }
        }
    }

    @Test func noCompanyIsCalledEveryone() async throws {
        try await withNotes { database throws in
            await #expect(throws: SQLError.statement("* is not a company")) {
                try await seen(by: CompanyID("*"), in: database)
            }
            #expect(try await seen(by: CompanyID("' OR '1'='1"), in: database) == [])
        }
    }

    @Test func aTableOfALaterMigrationIsSeparatedByItself() async throws {
        try await withNotes { database throws in
            func policies() async throws -> [String] {
                try await database.readAcrossCompanies { connection in
                    try connection.query("SELECT CAST(tablename AS TEXT) AS t FROM pg_policies ORDER BY tablename").map
                    {
                        try $0.get("t")
                    }
                }
            }
            #expect(try await policies() == ["note"])
            _ = try await database.migrate([Self.note, Self.later])
            _ = try await database.migrate([Self.note, Self.later])
            #expect(try await policies() == ["later", "note"])
        }
    }

    /// By which the planner took nearly every row for hidden.
    @Test func thePolicyOfAnOlderProgramIsRenewed() async throws {
        try await withNotes { database throws in
            func rule() async throws -> String? {
                try await database.readAcrossCompanies { connection in
                    try connection.first("SELECT qual FROM pg_policies WHERE tablename = 'note'")?.get("qual")
                }
            }
            let wanted = try await rule()
            try await database.transactionAcrossCompanies { connection in
                for statement in ["DROP POLICY of_company ON note", Self.olderPolicy] {
                    try connection.execute(SQL(stringLiteral: statement))
                }
            }
            #expect(try await rule() != wanted)
            #expect(try await seen(by: Self.a, in: database) == ["of a"], "an older program goes on beside")
            _ = try await database.migrate([Self.note])
            #expect(try await rule() == wanted)
            #expect(try await seen(by: Self.a, in: database) == ["of a"])
            #expect(try await all(in: database) == ["of a", "of b's"])
        }
    }

    private static let olderPolicy = """
        CREATE POLICY of_company ON note USING (company_id = current_setting('ferje.company', true)
            OR current_setting('ferje.company', true) = '*')
        """

    @Test func theTestsStandUnderThePolicies() async throws {
        try await withNotes { database throws in
            #expect(try await !database.standsAbovePolicies())
        }
    }
}
