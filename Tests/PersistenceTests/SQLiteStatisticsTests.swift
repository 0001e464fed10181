import Persistence
import TestSupport
import Testing

/// SQLite chooses well among indexes that all begin with the company, once much has been written.
@Suite struct SQLiteStatisticsTests {
    private static let tables = Migration(
        1, "entries",
        [
            "CREATE TABLE entry (company_id TEXT NOT NULL, id TEXT NOT NULL, project TEXT NOT NULL, state TEXT NOT NULL)",
            "CREATE INDEX entry_state ON entry (company_id, state, id)",
            "CREATE INDEX entry_project ON entry (company_id, project)",
        ])
    private static let grouped: SQL = """
        EXPLAIN QUERY PLAN SELECT state, count(*) FROM entry WHERE company_id = 'a' AND project = 'p1' GROUP BY state
        """

    private func write(_ rows: Range<Int>, in database: any SQLDatabase) async throws {
        try await database.transactionAcrossCompanies { connection in
            _ = try connection.executeMany(
                "INSERT INTO entry (company_id, id, project, state) VALUES ('a', $1, $2, $3)",
                rows.map { ["\($0)".sqlValue, "p\($0 / 10)".sqlValue, "s\($0 % 3)".sqlValue] })
        }
    }

    private func plan(_ database: any SQLDatabase) async throws -> String {
        try await database.readAcrossCompanies { connection in
            try connection.query(Self.grouped).map { try $0.get("detail", as: String.self) }.joined(separator: "; ")
        }
    }

    @Test func whatHasBeenWrittenIsKnownToWhoeverReads() async throws {
        try await withDatabase(.sqlite, migrations: [Self.tables]) { database in
            try await write(0..<9000, in: database)
            #expect(try await plan(database).contains("entry_state"), "nothing is known yet")
            try await write(9000..<10_000, in: database)
            #expect(try await plan(database).contains("entry_project"))
        }
    }

    @Test func aProcessLeavesItsSuccessorWhatItKnows() async throws {
        try await withDatabaseAddress(.sqlite, migrations: [Self.tables]) { address in
            let first = try address.open()
            try await write(0..<2000, in: first)
            try await first.close()
            let second = try address.open()
            #expect(try await plan(second).contains("entry_project"))
            try await second.close()
        }
    }
}
