import Persistence
import TestSupport
import Testing

/// S22, S34: the program may work as a role that owns no table.
@Suite struct TwoRolesTests {
    private static let first = Migration(
        1, "first",
        [
            "CREATE TABLE note (company_id TEXT NOT NULL, text TEXT NOT NULL, PRIMARY KEY (company_id, text))",
            "CREATE TABLE audit (company_id TEXT NOT NULL, text TEXT NOT NULL)",
        ])
    private static let later = Migration(2, "later", ["CREATE TABLE later (company_id TEXT NOT NULL)"])
    private static let company = CompanyID("a")

    private func withRoles(_ body: (_ owner: PostgresDatabase, _ program: PostgresDatabase) async throws -> Void)
        async throws
    {
        try await withDatabaseAddress(.postgres, migrations: [Self.first]) { address in
            guard case .postgres(let url) = address else { return }
            let owner = try PostgresDatabase(url: url, poolSize: 1, clock: .frozen)
            let program = try PostgresDatabase(
                url: url.replacing("://ferje@", with: "://ferje_rows@"), poolSize: 1, clock: .frozen)
            let (owning, working) = (try await owner.roleName(), try await program.roleName())
            #expect([owning, working] == ["ferje", "ferje_rows"])
            try await owner.lendRows(to: working, appendOnly: ["audit"])
            try await body(owner, program)
            try await owner.close()
            try await program.close()
        }
    }

    @Test func theProgramReadsAndWritesRowsOfItsCompany() async throws {
        try await withRoles { _, program throws in
            #expect(try await program.migrate([Self.first]).isEmpty, "nothing is left to do")
            let texts = try await program.transaction(company: Self.company) { transaction in
                try transaction.execute("INSERT INTO note (company_id, text) VALUES ('a', 'x'), ('a', 'y')")
                try transaction.execute("UPDATE note SET text = 'z' WHERE text = 'x'")
                try transaction.execute("DELETE FROM note WHERE text = 'y'")
                try transaction.execute("INSERT INTO audit (company_id, text) VALUES ('a', 'done')")
                return try transaction.query("SELECT text FROM note").map { try $0.get("text", as: String.self) }
            }
            #expect(texts == ["z"])
            let foreign = try await program.read(company: CompanyID("b")) {
                try $0.query("SELECT text FROM note").count
            }
            #expect(foreign == 0)
        }
    }

    @Test(arguments: [
        "CREATE TABLE mine (id TEXT)", "DROP TABLE note", "ALTER TABLE note ADD COLUMN more TEXT", "TRUNCATE note",
        "ALTER TABLE note DISABLE ROW LEVEL SECURITY", "ALTER TABLE note NO FORCE ROW LEVEL SECURITY",
        "DROP POLICY of_company ON note", "UPDATE audit SET text = 'undone'", "DELETE FROM audit",
        "DELETE FROM schema_migration", "SET ROLE ferje",
    ])
    func theProgramCannotChangeTheTablesNorWhatHasHappened(statement: String) async throws {
        try await withRoles { owner, program throws in
            await #expect(throws: SQLError.self) {
                try await program.transactionAcrossCompanies { connection in
                    _ = try connection.execute(SQL(stringLiteral: statement))
                }
            }
            let still = try await owner.readAcrossCompanies { connection in
                try connection.query(
                    """
                    SELECT relname FROM pg_class WHERE relname IN ('note', 'audit', 'schema_migration') AND relkind = 'r'
                        AND (relname = 'schema_migration' OR (relrowsecurity AND relforcerowsecurity))
                    """
                ).count
            }
            #expect(still == 3)
        }
    }

    @Test func aNewTableIsTheOwnersWork() async throws {
        try await withRoles { owner, program throws in
            await #expect(throws: SQLError.self) { try await program.migrate([Self.first, Self.later]) }
            #expect(try await owner.migrate([Self.first, Self.later]) == [2])
            try await owner.lendRows(to: program.roleName(), appendOnly: ["audit"])
            #expect(try await program.migrate([Self.first, Self.later]).isEmpty)
            let added = try await program.transaction(company: Self.company) {
                try $0.execute("INSERT INTO later (company_id) VALUES ('a')")
            }
            #expect(added == 1)
        }
    }
}
