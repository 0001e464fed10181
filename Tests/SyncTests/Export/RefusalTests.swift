import Foundation
import Persistence
import Proresult
import TestSupport
import Testing

@testable import Sync

/// What the ERP refuses: the good records go on, the bad one waits with the ERP's own words.
@Suite struct RefusalTests {
    @Test(arguments: TestDatabaseKind.allCases)
    func aRefusedDocumentIsSplitUntilTheBadRecordStandsAlone(kind: TestDatabaseKind) async throws {
        try await withExportBench(kind) { bench in
            bench.erp.change { $0.refuses = { $0.lines.contains { $0.quantity.value == 3 } ? "task is closed" : nil } }
            for hours in 1...5 {
                try await bench.approvedHours("e\(hours)", Decimal(hours), date: "2026-11-1\(hours)")
            }
            let outcome = try await bench.run()
            #expect(outcome.counts.sentLines == 4)
            #expect(bench.lines.sorted() == [1, 2, 4, 5].map { "7 TIMER \($0) 200" })
            #expect(try await bench.state("e3") == .approved)
            #expect(outcome.held.map(\.blockers) == [[.refusedByERP(explanation: "task is closed")]])

            let again = try await bench.run()
            #expect(again.held.map(\.blockers) == [[.refusedByERP(explanation: "task is closed")]])
            #expect(bench.erp.change { $0.stored.count } == outcome.counts.documents, "it is not tried again by itself")
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func aRefusedRecordGoesWhenAPersonAsksForIt(kind: TestDatabaseKind) async throws {
        try await withExportBench(kind) { bench in
            bench.erp.change { $0.scriptedPosts = [.refused("period is closed")] }
            try await bench.approvedHours("e1")
            try await bench.run()
            let cleared = try await bench.transaction { try ExportReview.retryRefused(.hours, by: "kari", in: $0) }
            #expect(cleared == 1)
            try await bench.run()
            #expect(bench.lines.count == 1)
            #expect(try await bench.state("e1") == .transferred)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func aRefusalIsNotBelievedWhenTheDocumentIsThere(kind: TestDatabaseKind) async throws {
        try await withExportBench(kind) { bench in
            bench.erp.change {
                $0.scriptedPosts = [FakeERP.ScriptedPost(isStored: true) { _ in .refused("some rows were not valid") }]
            }
            try await bench.approvedHours("e1")
            try await bench.run()
            #expect(try await bench.documents().map(\.state) == [.confirmed])
            #expect(bench.lines.count == 1)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func aRefusalAfterADoubtfulAttemptIsReconciledFirst(kind: TestDatabaseKind) async throws {
        try await withExportBench(kind) { bench in
            bench.erp.change { $0.scriptedPosts = [.lost, .refused("period is closed")] }
            try await bench.approvedHours("e1")
            try await bench.run()
            try await bench.pass(.seconds(401))
            try await bench.pass(.seconds(301))
            #expect(try await bench.documents().map(\.state) == [.unknown])
            for _ in 0..<3 { try await bench.pass(.seconds(401)) }
            #expect(try await bench.documents().map(\.state) == [.rejected])
            #expect(bench.erp.change { $0.calls.filter { $0 == "post" }.count } == 2)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func whatNeverLeftIsTriedAgainWithoutDoubt(kind: TestDatabaseKind) async throws {
        try await withExportBench(kind) { bench in
            let down = ERPError(.tryLater(after: .seconds(120)), "no route", request: "POST")
            bench.erp.change { $0.scriptedPosts = [.notSent(down), .notApplied(down)] }
            try await bench.approvedHours("e1")
            let outcome = try await bench.run()
            #expect(outcome.consequence == .tryLater(after: .seconds(120)))
            try await bench.pass(.seconds(121))
            try await bench.pass(.seconds(300))
            #expect(try await bench.documents().map(\.state) == [.confirmed])
            #expect(bench.lines.count == 1)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func anEntryThatChangesBeforeItIsSentIsCollectedAnew(kind: TestDatabaseKind) async throws {
        try await withExportBench(kind) { bench in
            let down = ERPError(.tryLater(after: .seconds(30)), "no route", request: "POST")
            bench.erp.change { $0.scriptedPosts = [.notSent(down)] }
            try await bench.approvedHours("e1", 8)
            try await bench.run()
            let now = bench.clock.now
            try await bench.transaction { transaction in
                let entry = try HourEntry.get(HourEntryID("e1"), in: transaction)
                var draft = HourEntryDraft(entry)
                draft.total = 6
                draft.billableHours = 6
                guard let today = CalendarDate(inNorwayAt: now) else { return }
                try HourEntry.edit(entry.id, to: draft, by: ExportBench.leader, today: today, in: transaction)
                try HourEntry.approve(
                    entry.id, by: ExportBench.leader, at: now, randomness: bench.randomness, in: transaction)
            }
            try await bench.pass(.seconds(60))
            try await bench.run()
            #expect(bench.lines == ["7 TIMER 6 200"])
            #expect(Set(try await bench.documents().map(\.state)) == [.voided, .confirmed])
        }
    }

    @Test func documentsHoldAtMostAHundredLinesAndNeverDivideAnEntry() throws {
        let day = try #require(CalendarDate("2026-11-16"))
        let candidates = (0..<80).map { number in
            ExportCandidate(
                kind: .hourEntry, id: "\(number)", version: 1, date: day,
                workerID: ExportBench.worker, workerName: "", employee: "7", projectID: ExportBench.project,
                projectNumber: "P", projectName: "", matter: "", period: "202611",
                lines: [.ordinary, .overtime50, .overtime100].map {
                    ExportCandidate.Line(
                        part: $0, quantity: 1, billableQuantity: nil, rate: 1, item: "", task: "", text: "")
                }, blockers: [])
        }
        let batches = Collect.batches(of: candidates)
        #expect(batches.map(\.count) == [33, 33, 14])
        #expect(batches.flatMap { $0 }.map(\.id) == candidates.map(\.id))
    }
}
