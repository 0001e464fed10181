import Persistence
import Testing
import TestSupport

/// The schema's own rules, and the names by which a broken one is known.
@Suite struct ConstraintTests {
    static let sites = [
        Migration(
            1, "sites",
            [
                """
                CREATE TABLE site (
                    company_id TEXT NOT NULL,
                    number TEXT NOT NULL,
                    CONSTRAINT site_number UNIQUE (company_id, number)
                )
                """,
                """
                CREATE TABLE visit (
                    id TEXT NOT NULL PRIMARY KEY,
                    company_id TEXT NOT NULL,
                    number TEXT NOT NULL,
                    hours BIGINT NOT NULL,
                    CONSTRAINT visit_site FOREIGN KEY (company_id, number) REFERENCES site (company_id, number),
                    CONSTRAINT visit_hours CHECK (hours > 0)
                )
                """,
                "INSERT INTO site (company_id, number) VALUES ('c', '1')",
            ])
    ]

    static let broken: [(statement: String, onSQLite: SQLError, onPostgres: SQLError)] = [
        (
            "INSERT INTO site (company_id, number) VALUES ('c', '1')",
            .constraint(.unique, "site.company_id, site.number"), .constraint(.unique, "site_number")
        ),
        (
            "INSERT INTO visit (id, company_id, number, hours) VALUES ('v', 'c', '2', 1)",
            .constraint(.foreignKey, "FOREIGN KEY constraint failed"), .constraint(.foreignKey, "visit_site")
        ),
        (
            "DELETE FROM site",
            .constraint(.foreignKey, "FOREIGN KEY constraint failed"), .constraint(.foreignKey, "visit_site")
        ),
        (
            "INSERT INTO visit (id, company_id, number, hours) VALUES ('v', 'c', '1', 0)",
            .constraint(.check, "visit_hours"), .constraint(.check, "visit_hours")
        ),
        (
            "INSERT INTO visit (id, company_id, number, hours) VALUES ('v', 'c', '1', NULL)",
            .constraint(.notNull, "visit.hours"), .constraint(.notNull, "visit.hours")
        ),
        (
            "INSERT INTO visit (id, company_id, number, hours) VALUES ('kept', 'c', '1', 2)",
            .constraint(.unique, "visit.id"), .constraint(.unique, "visit_pkey")
        ),
    ]

    @Test(arguments: TestDatabaseKind.allCases, broken.indices)
    func aBrokenRuleIsNamed(kind: TestDatabaseKind, index: Int) async throws {
        let rule = Self.broken[index]
        try await withDatabase(kind, migrations: Self.sites) { database in
            try await database.transactionAcrossCompanies { connection in
                _ = try connection.execute(
                    "INSERT INTO visit (id, company_id, number, hours) VALUES ('kept', 'c', '1', 1)")
            }
            await #expect(throws: kind == .sqlite ? rule.onSQLite : rule.onPostgres) {
                try await database.transactionAcrossCompanies { connection in
                    try connection.execute(SQL(stringLiteral: rule.statement))
                }
            }
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func errorsDoNotRepeatTheValues(kind: TestDatabaseKind) async throws {
        try await withDatabase(kind, migrations: Self.sites) { database in
            let secret = "Kari Nordmann"
            let statements: [SQL] = [
                "INSERT INTO site (company_id, number) VALUES (\(secret), \(secret)), (\(secret), \(secret))",
                "INSERT INTO visit (id, company_id, number, hours) VALUES (\(secret), 'c', '2', \(1))",
                "INSERT INTO visit (id, company_id, number, hours) VALUES (\(secret), 'c', '1', \(-1))",
                "SELECT CAST(\(secret) AS BIGINT) FROM nowhere",
                "INSERT INTO visit (id, company_id, number, hours) VALUES (\(secret), 'c', '1', CAST(\(secret) AS BIGINT))",
            ]
            for statement in statements {
                await #expect {
                    try await database.transactionAcrossCompanies { try $0.execute(statement) }
                } throws: { error in
                    error is SQLError && !"\(error)".contains("Kari")
                }
            }
        }
    }
}
