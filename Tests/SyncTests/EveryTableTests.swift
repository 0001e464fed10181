import Persistence
import Sync
import TestSupport
import Testing

/// S22: no table of a company is without its policy.
@Suite struct EveryTableTests {
    /// Tables of the whole installation.
    private static let ofNoCompany = ["installation", "schema_migration", "sign_in_attempt"]

    @Test func everyTableOfACompanyHasAForcedPolicy() async throws {
        try await withDatabase(.postgres, migrations: SyncSchema.all) { database in
            let tables = try await database.readAcrossCompanies { connection in
                try connection.query(
                    """
                    SELECT CAST(t.relname AS TEXT) AS name,
                        CASE WHEN t.relrowsecurity AND t.relforcerowsecurity AND p.polcmd = '*' AND p.polpermissive
                            AND p.polroles = '{0}' AND pg_get_expr(p.polqual, t.oid) = pg_get_expr(p.polwithcheck, t.oid)
                            AND pg_get_expr(p.polqual, t.oid) LIKE '%current_setting(''ferje.company''%'
                            THEN 1 ELSE 0 END AS guarded,
                        (SELECT count(*) FROM pg_policy AS every WHERE every.polrelid = t.oid) AS policies
                    FROM pg_class AS t LEFT JOIN pg_policy AS p ON p.polrelid = t.oid AND p.polname = 'of_company'
                    WHERE t.relnamespace = CAST('public' AS regnamespace) AND t.relkind IN ('r', 'p')
                    ORDER BY t.relname
                    """
                ).map {
                    (
                        try $0.get("name", as: String.self), try $0.get("guarded", as: Int.self) == 1,
                        try $0.get("policies", as: Int.self)
                    )
                }
            }
            #expect(tables.count > 20)
            #expect(tables.filter { !$0.1 }.map(\.0) == Self.ofNoCompany)
            // A second policy would widen the first.
            #expect(tables.filter { $0.2 > 1 }.map(\.0) == [])
        }
    }
}
