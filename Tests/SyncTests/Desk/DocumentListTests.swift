import Foundation
import Persistence
import Proresult
import TestSupport
import Testing

@testable import Sync

@Suite struct DocumentListTests {
    /// One sent document of November, one refused, one in doubt of October.
    private func fill(_ bench: ExportBench) async throws {
        try await bench.approvedHours("sent", date: "2026-11-02")
        try await bench.run()
        bench.clock.advance(by: .seconds(1))
        bench.erp.change { $0.refuses = { _ in "the task is closed" } }
        try await bench.approvedHours("refused", 4, overtime50: 1, date: "2026-11-03")
        try await bench.run()
        bench.clock.advance(by: .seconds(1))
        bench.erp.change { world in
            world.refuses = nil
            world.scriptedPosts = [.storedWithoutAnswer]
        }
        try await bench.approvedHours("doubt", date: "2026-10-05")
        try await bench.run()
    }

    private func page(_ bench: ExportBench, _ list: DocumentList, _ number: Int = 1) async throws -> DocumentList.Page {
        try await bench.transaction { try list.page(number, size: 2, in: $0) }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func documentsAreListedNewestFirstWithWhatTheyHold(kind: TestDatabaseKind) async throws {
        try await withExportBench(kind) { bench in
            try await fill(bench)
            let first = try await page(bench, DocumentList())
            #expect(first.rows.map(\.document.state) == [.unknown, .rejected])
            #expect(first.rows.map(\.lines) == [1, 2])
            #expect(first.rows.map(\.amount) == [1600, 900])
            #expect(first.total == 3)
            #expect(first.counts == [.confirmed: 1, .rejected: 1, .unknown: 1])
            #expect(first.periods == ["202611", "202610"])
            #expect(try await page(bench, DocumentList(), 2).rows.map(\.document.state) == [.confirmed])
            #expect(try await page(bench, DocumentList(), .max).rows.isEmpty)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func documentsAreFoundByStatePeriodNumberAndRecord(kind: TestDatabaseKind) async throws {
        try await withExportBench(kind) { bench in
            try await fill(bench)
            func found(_ list: DocumentList) async throws -> [String] {
                try await page(bench, list).rows.map(\.document.state.rawValue)
            }
            #expect(try await found(DocumentList(states: [.confirmed])) == ["confirmed"])
            #expect(try await found(DocumentList(period: "202610")) == ["unknown"])
            #expect(try await found(DocumentList(kind: .withdrawals)) == [])
            #expect(try await found(DocumentList(search: " pm1 ")) == ["confirmed"])
            #expect(try await found(DocumentList(search: "P-1")).count == 2)
            #expect(try await found(DocumentList(search: "%")) == [])
            #expect(try await found(DocumentList(search: "_")) == [])
            #expect(try await found(DocumentList(search: "'; --")) == [])
            #expect(try await found(DocumentList(record: SourceRecord(.hourEntry, "refused"))) == ["rejected"])
            #expect(try await found(DocumentList(record: SourceRecord(.withdrawal, "refused"))) == [])
            let counted = try await page(bench, DocumentList(states: [.confirmed], period: "202611"))
            #expect(counted.counts == [.confirmed: 1, .rejected: 1])
            #expect(counted.total == 1)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func aDocumentTellsItsRecordsByName(kind: TestDatabaseKind) async throws {
        try await withExportBench(kind) { bench in
            try await fill(bench)
            let records = ["sent", "refused", "none"].map { SourceRecord(.hourEntry, $0) }
            let labels = try await bench.transaction { try RecordLabel.of(records, in: $0) }
            #expect(labels.count == 2)
            #expect(labels[SourceRecord(.hourEntry, "sent")]?.workerName == "Kari")
            #expect(labels[SourceRecord(.hourEntry, "sent")]?.matter == "Oppgave 10")
            let refused = try #require(try await bench.documents().first { $0.state == .rejected })
            let waiting = try await bench.transaction { try $0.refusedRecords(of: refused.id) }
            #expect(waiting == [SourceRecord(.hourEntry, "refused")])
            let trail = try #require(try await bench.transaction { try ExportTrail.of(refused.reference.text, in: $0) })
            #expect(trail.attempts.map(\.outcome) == [nil, .refused])
            let sent = try #require(try await bench.transaction { try ExportTrail.of("PM1", in: $0) })
            #expect(sent.attempts.map(\.outcome) == [nil, .created(number: "PM1")])
            #expect(AttemptAnswer("unknown: the answer was cut") == .unknown)
            #expect(AttemptAnswer("not applied: 429") == .notApplied)
            #expect(AttemptAnswer("queued as 17") == .queued)
            #expect(AttemptAnswer("\(ERPFillOutcome.done)") == .filled)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func theNumberOfStatementsDoesNotGrowWithTheDocuments(kind: TestDatabaseKind) async throws {
        try await withExportBench(kind) { bench in
            let database = RecordedDatabase(bench.database)
            func read() async throws -> [Int] {
                let list = try await database.counting {
                    _ = try await database.read(company: ExportBench.company) {
                        try DocumentList().page(1, in: $0)
                    }
                }
                let supervision = try await database.counting {
                    _ = try await database.read(company: ExportBench.company) { try Supervision.read(in: $0) }
                }
                return [list, supervision]
            }
            try await fill(bench)
            try await bench.execute("UPDATE export_document SET state = 'needsReview' WHERE state = 'unknown'")
            let few = try await read()
            for day in 10...15 {
                try await bench.approvedHours("e\(day)", 1, date: "2026-11-\(day)")
                try await bench.run()
            }
            try await bench.execute("UPDATE export_document SET state = 'needsReview' WHERE state = 'confirmed'")
            #expect(try await read() == few)
            #expect(few.first == 3)
        }
    }
}
