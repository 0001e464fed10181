import Persistence
import Proresult
import TestSupport
import Testing

@testable import Sync

/// F48: nothing is sent without a record of it.
struct FullDiskTests {
    /// The database takes everything up to the record that a document is being sent, and refuses that.
    private func fill(_ bench: ExportBench, _ kind: TestDatabaseKind) async throws {
        switch kind {
        case .postgres:
            try await bench.execute(
                """
                CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS
                'BEGIN RAISE EXCEPTION ''could not extend file'' USING ERRCODE = ''disk_full''; END'
                """)
            try await bench.execute(
                """
                CREATE TRIGGER full_disk BEFORE UPDATE ON export_document FOR EACH ROW
                WHEN (NEW.state = 'sending') EXECUTE FUNCTION full_disk()
                """)
        case .sqlite:
            // The row of the attempt finds no page; a trigger makes it large.
            try await bench.execute("CREATE TABLE ballast (content TEXT)")
            try await bench.execute(
                """
                CREATE TRIGGER full_disk BEFORE UPDATE ON export_document WHEN NEW.state = 'sending'
                BEGIN INSERT INTO ballast (content) VALUES (CAST(zeroblob(10000000) AS TEXT)); END
                """)
            _ = try await bench.transaction { try $0.query("PRAGMA max_page_count = 1000").count }
        }
    }

    private func empty(_ bench: ExportBench, _ kind: TestDatabaseKind) async throws {
        switch kind {
        case .postgres: try await bench.execute("DROP TRIGGER full_disk ON export_document")
        case .sqlite: _ = try await bench.transaction { try $0.query("PRAGMA max_page_count = 100000").count }
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func aDocumentIsNotSentWhenThatCannotBeRecorded(kind: TestDatabaseKind) async throws {
        try await withExportBench(kind) { bench in
            try await bench.approvedHours("h1")
            try await fill(bench, kind)
            let outcome = try await bench.run()
            #expect(!outcome.succeeded)
            #expect(bench.erp.change { $0.calls }.allSatisfy { !$0.hasPrefix("post") })
            #expect(bench.lines.isEmpty)
            #expect(try await bench.documents().map(\.state) == [.ready])
            #expect(try await bench.state("h1") == .approved)
            try await empty(bench, kind)
            try await bench.run()
            #expect(bench.lines == ["7 TIMER 8 200"])
            #expect(try await bench.documents().map(\.state) == [.confirmed])
        }
    }
}
