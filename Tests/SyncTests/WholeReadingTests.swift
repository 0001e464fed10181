import Persistence
import Sync
import TestSupport
import Testing

/// The look at plans that stands behind the suites finds what it is there to find, on both databases.
@Suite struct WholeReadingTests {
    private func found(_ statement: SQL, _ kind: TestDatabaseKind) async throws -> [WholeReading.Extent] {
        try await withDatabase(kind, migrations: SyncSchema.all) { database in
            let recorded = RecordedDatabase(database)
            _ = try await recorded.readAcrossCompanies { try $0.query(statement) }
            return try await recorded.unreviewedReadings(kind, migrations: SyncSchema.all).map(\.extent)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func aTableThatIsReadFromEndToEndIsFound(kind: TestDatabaseKind) async throws {
        #expect(try await found("SELECT id FROM run WHERE error = 'none of them'", kind) == [.table])
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func allThatACompanyHasInATableThatGrowsIsFound(kind: TestDatabaseKind) async throws {
        let (company, number) = (CompanyID("company"), 7)
        #expect(
            try await found("SELECT id FROM run WHERE company_id = \(company) AND epoch = \(number)", kind)
                == [.company])
        #expect(
            try await found(
                "SELECT id FROM audit WHERE company_id = \(company) AND action = 'sent' ORDER BY id", kind)
                == [.company])
    }

    @Test func keysThatAreLookedForAmongAllOfACompanyAreFound() async throws {
        let (company, keys) = (CompanyID("company"), ["1", "2"])
        let both: SQL = """
            SELECT id FROM customer
            WHERE company_id = \(company) AND (erp_id IN (\(list: keys)) OR number IN (\(list: keys)))
            """
        #expect(try await found(both, .sqlite) == [.company])
        #expect(try await found(both, .postgres) == [], "PostgreSQL puts two indexes together")
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func whatAnIndexLeadsToIsNot(kind: TestDatabaseKind) async throws {
        let company = CompanyID("company")
        for statement in [
            "SELECT job FROM run WHERE company_id = \(company) AND id = 'r1'",
            "SELECT id FROM run WHERE company_id = \(company) AND job = 'items' AND outcome = 'running'",
            "SELECT id FROM hour_entry WHERE company_id = \(company) AND state <> 'transferred'",
            "SELECT id FROM run WHERE company_id = \(company) ORDER BY started_at DESC, id DESC LIMIT 5",
            "SELECT name FROM customer WHERE company_id = \(company) AND city = 'Ås'",
            "SELECT name FROM customer WHERE company_id = \(company) AND number IN (\(list: ["1", "2"]))",
        ] as [SQL] {
            #expect(try await found(statement, kind) == [], "\(statement.text)")
        }
    }
}
