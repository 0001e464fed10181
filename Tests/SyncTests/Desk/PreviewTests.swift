import Foundation
import Persistence
import Proresult
import TestSupport
import Testing

@testable import Sync

@Suite struct PreviewTests {
    private func refresh(_ bench: ExportBench) async throws {
        try await FactsReading(database: bench.database) { [erp = bench.erp] _ in erp }.refresh(ExportBench.company)
    }

    private func preview(_ bench: ExportBench, into period: String? = nil) async throws -> Preview {
        try await bench.database.read(company: ExportBench.company) { try Preview.read(.hours, into: period, in: $0) }
    }

    /// Presses "send" on a preview and lets the run happen.
    private func send(_ preview: Preview, _ bench: ExportBench) async throws -> RunOutcome {
        let answer = try await bench.transaction { transaction in
            try Preview.send(
                preview.job, into: preview.period, seen: preview.digest, by: "kontor", in: transaction)
        }
        guard case .requested = answer else { throw Unexpected() }
        return try #require(try await bench.engine().tick()).outcome
    }

    private struct Unexpected: Error {}

    @Test(arguments: TestDatabaseKind.allCases)
    func itShowsExactlyTheLinesAndTheirSums(kind: TestDatabaseKind) async throws {
        try await withExportBench(kind) { bench in
            try await bench.approvedHours("e1", 8, overtime50: 2, billable: 7)
            try await bench.approvedHours("e2", 3, date: "2026-11-13")
            try await bench.approvedHours("october", 1, date: "2026-10-13")
            try await bench.approvedHours("held", 3, date: "2026-09-13")
            await #expect(throws: Preview.FactsMissing.self) { try await self.preview(bench) }
            try await refresh(bench)
            let preview = try await self.preview(bench)
            #expect(preview.documents.map(\.period) == ["202610", "202611"])
            #expect(preview.documents.map(\.lines.count) == [1, 3])
            #expect(preview.amount == 2600)
            let overtime = try #require(preview.documents[1].lines.first { $0.part == .overtime50 })
            #expect(overtime.sent.rate.value == 300)
            #expect(overtime.sent.billableQuantity?.value == 1)
            #expect(overtime.sent.debitAccount == "5000" && overtime.sent.task == "10")
            #expect(overtime.workerName == "Kari" && overtime.matter == "Oppgave 10")
            #expect(preview.amountByAccount.map { "\($0.account) \($0.amount)" } == ["5000 2600", "5990 -2600"])
            #expect(preview.amountByProject.map { "\($0.project) \($0.name) \($0.amount)" } == ["P-1 Bad 2600"])
            #expect(preview.held.map(\.record.id) == ["held"])
            #expect(bench.posts == 0)
            await #expect(throws: PeriodRefused.closed("202609")) { try await self.preview(bench, into: "202609") }
            #expect(try await self.preview(bench, into: "202612").lineCount == 5, "a chosen period takes all")
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func sendingFromThePreviewSendsExactlyThose(kind: TestDatabaseKind) async throws {
        try await withExportBench(kind) { bench in
            try await bench.approvedHours("e1", 8)
            try await bench.approvedHours("e2", 3, date: "2026-11-13")
            try await refresh(bench)
            let preview = try await self.preview(bench)
            #expect(try await self.preview(bench).digest == preview.digest)
            let outcome = try await send(preview, bench)
            #expect(outcome.error == nil)
            #expect(outcome.counts.sentLines == 2)
            #expect(bench.lines == ["7 TIMER 8 200", "7 TIMER 3 200"])
            try await bench.approvedHours("e3", 1, date: "2026-11-14")
            try await bench.run()
            #expect(bench.lines.count == 3, "a run without a preview sends what there is")
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func whatWasApprovedInBetweenStopsAllAndIsTold(kind: TestDatabaseKind) async throws {
        try await withExportBench(kind) { bench in
            try await bench.approvedHours("e1", 8)
            try await bench.approvedHours("e2", 3, date: "2026-11-13")
            try await refresh(bench)
            let preview = try await self.preview(bench)
            _ = try await bench.transaction { transaction in
                try Preview.send(.hours, seen: preview.digest, by: "kontor", in: transaction)
            }
            // Between the button and the run.
            try await bench.approvedHours("e3", 1, date: "2026-11-14")
            try await bench.execute("UPDATE hour_entry SET state = 'registered' WHERE id = 'e1'")
            try await bench.execute("UPDATE hour_entry SET total_hours = '4' WHERE id = 'e2'")
            let outcome = try #require(try await bench.engine().tick()).outcome
            #expect(bench.posts == 0)
            #expect(try await bench.documents().isEmpty)
            #expect(outcome.consequence == .askPerson)
            #expect(outcome.fault == .previewDiffers)
            let error = try #require(outcome.error)
            #expect(error.contains("New (1): 2026-11-14 Kari P-1 1."))
            #expect(error.contains("Gone (1): 2026-11-12 Kari P-1 8."))
            #expect(error.contains("Changed (1): 2026-11-13 Kari P-1 4."))
            #expect(
                try await bench.texts("SELECT detail AS text FROM run_item ORDER BY position") == [
                    "came since the preview", "went since the preview", "changed since the preview",
                ])
            // What they see then can be sent.
            bench.clock.advance(by: .seconds(1))
            let again = try await send(try await self.preview(bench), bench)
            #expect(again.error == nil)
            #expect(bench.lines == ["7 TIMER 4 200", "7 TIMER 1 200"])
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func anOldPreviewIsNotSentButShownAnew(kind: TestDatabaseKind) async throws {
        try await withExportBench(kind) { bench in
            try await bench.approvedHours("e1", 8)
            try await refresh(bench)
            let old = try await self.preview(bench)
            try await bench.execute("UPDATE worker_wage SET hourly_wage = '210'")
            let answer = try await bench.transaction { transaction in
                try Preview.send(.hours, seen: old.digest, by: "kontor", in: transaction)
            }
            guard case .changed(let new) = answer else { throw Unexpected() }
            #expect(new.amount == 1680)
            #expect(try await bench.engine().tick() == nil, "nothing was asked for")
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func aChangeThatTheERPWouldNotSeeIsNoChange(kind: TestDatabaseKind) async throws {
        try await withExportBench(kind) { bench in
            try await bench.approvedHours("e1", 8)
            try await refresh(bench)
            let before = try await self.preview(bench)
            try await bench.execute("UPDATE hour_entry SET comment = 'annet', version = version + 1")
            #expect(try await self.preview(bench).digest == before.digest)
            try await bench.set(.hoursDebitSubaccount, "10")
            #expect(try await self.preview(bench).digest != before.digest)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func aPeriodThatVismaClosedSinceStopsTheSending(kind: TestDatabaseKind) async throws {
        try await withExportBench(kind) { bench in
            try await bench.approvedHours("e1", 8)
            try await refresh(bench)
            let preview = try await self.preview(bench)
            bench.erp.change { world in
                for index in world.periods.indices where world.periods[index].id == "202611" {
                    world.periods[index].closed = .closed
                }
            }
            let outcome = try await send(preview, bench)
            #expect(bench.posts == 0)
            #expect(outcome.fault == .previewDiffers)
            #expect(outcome.error?.contains("Gone (1)") == true)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func aReturnThatBecomesPossibleMeanwhileWaitsForTheNextRun(kind: TestDatabaseKind) async throws {
        try await withExportBench(kind) { bench in
            try await bench.approvedHours("e1", 8)
            try await bench.run()
            try await bench.reverse("e1")
            try await bench.execute("UPDATE hour_entry SET state = 'approved' WHERE id = 'reversed e1'")
            try await bench.approvedHours("e2", 3, date: "2026-11-13")
            bench.clock.advance(by: .seconds(1))
            let preview = try await self.preview(bench)
            #expect(preview.lineCount == 2)
            let outcome = try await send(preview, bench)
            #expect(outcome.error == nil)
            #expect(bench.lines.count == 3)
        }
    }
}
