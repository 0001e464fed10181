import Foundation
import Persistence
import Proresult
import Synchronization
import TestSupport
import Testing

@testable import Sync

@Suite struct RunLogTests {
    private func read<Answer: Sendable>(
        _ bench: ExportBench, _ body: @Sendable (CompanyTransaction) throws -> Answer
    ) async throws -> Answer {
        try await bench.database.read(company: ExportBench.company, body)
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func runsAreListedNewestFirstPageByPage(kind: TestDatabaseKind) async throws {
        try await withExportBench(kind) { bench in
            for job in [JobName.customers, .projects, .items, .customers, .customers] {
                bench.clock.advance(by: .seconds(60))
                try await bench.run(job)
            }
            let (first, total) = try await read(bench) { try RunLog.page(number: 1, size: 2, in: $0) }
            #expect(total == 5)
            #expect(first.map(\.job) == [.customers, .customers])
            let (second, _) = try await read(bench) { try RunLog.page(number: 2, size: 2, in: $0) }
            #expect(second.map(\.job) == [.items, .projects])
            let (customers, count) = try await read(bench) {
                try RunLog.page(.init(job: .customers, outcomes: [.succeeded]), number: 1, in: $0)
            }
            #expect(count == 3 && customers.count == 3)
            #expect(customers.allSatisfy { $0.startedBy == "test" && $0.requests > 0 })
            let (far, _) = try await read(bench) { try RunLog.page(number: .max, size: .max, in: $0) }
            #expect(far.isEmpty)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func aRunTellsWhatItDidRecordByRecord(kind: TestDatabaseKind) async throws {
        try await withExportBench(kind) { bench in
            bench.erp.change { world in
                world.customers = (1...5).map { number in
                    ERPCustomer(
                        id: "\(number)", number: "1000\(number)", name: "Kunde \(number)", address: nil,
                        deliveryAddress: nil, isActive: true, modifiedAt: world.now)
                }
            }
            try await bench.run(.customers)
            let run = try #require(try await read(bench) { try RunRow.latest(.customers, in: $0) })
            #expect(try await read(bench) { try RunLog.run(run.id, in: $0) } == run)
            let (items, total) = try await read(bench) { try RunLog.items(of: run.id, number: 2, size: 3, in: $0) }
            #expect(total == 5)
            #expect(items.map(\.number) == ["10004", "10005"])
            #expect(items.allSatisfy { $0.recordKind == "customer" && $0.happened == .created && $0.detail.isEmpty })
            let (far, farTotal) = try await read(bench) {
                try RunLog.items(of: run.id, number: .max, size: .max, in: $0)
            }
            #expect(far.isEmpty && farTotal == 5)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func fromARecordToItsDocumentAndBack(kind: TestDatabaseKind) async throws {
        try await withExportBench(kind) { bench in
            let refusal = "'Item' cannot be found in the system."
            bench.erp.change { $0.refuses = { $0.lines.contains { $0.quantity.value == 3 } ? refusal : nil } }
            try await bench.approvedHours("good", 8, overtime50: 1)
            try await bench.approvedHours("bad", 3, date: "2026-11-13")
            try await bench.run()
            let good = try await read(bench) { try ExportTrail.of(SourceRecord(.hourEntry, "good"), in: $0) }
            #expect(good.map(\.document.state).contains(.confirmed))
            #expect(good.count == 2, "the refused whole and the half that went")
            let half = try #require(good.first { $0.document.state == .confirmed })
            #expect(half.splitFrom != nil)
            #expect(half.lines.map(\.record.id) == ["good", "good"])
            #expect(half.lines.map(\.sent.amount) == [1400, 300])
            #expect(half.attempts.map(\.event) == ["sent", "answered"])
            #expect(half.steps.map(\.state) == [.ready, .sending, .confirmed])
            let number = try #require(half.document.erpNumber)
            let back = try #require(try await read(bench) { try ExportTrail.of(number, in: $0) })
            #expect(back.document.id == half.document.id)
            let byReference = try await read(bench) { try ExportTrail.of(half.document.reference.text, in: $0) }
            #expect(byReference?.document.id == half.document.id)
            let bad = try await read(bench) { try ExportTrail.of(SourceRecord(.hourEntry, "bad"), in: $0) }
            #expect(bad.allSatisfy { $0.document.state == .rejected })
            #expect(bad.allSatisfy { $0.attempts.last?.answer == "refused: \(refusal)" })
            #expect(bad.allSatisfy { $0.lines.allSatisfy { !$0.holdsRecord } })
            #expect(try await read(bench) { try ExportTrail.of("PM404", in: $0) } == nil)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func everyTroubleIsToldInPlainWordsAndKeepsItsText(kind: TestDatabaseKind) async throws {
        try await withExportBench(kind) { bench in
            try await bench.run(.hours, period: "202609")
            #expect(try await read(bench) { try RunRow.latest(.hours, in: $0) }?.fault == .periodClosed)
            bench.clock.advance(by: .seconds(1))
            try await bench.run(.hours, period: "209901")
            #expect(try await read(bench) { try RunRow.latest(.hours, in: $0) }?.fault == .periodUnknown)
            bench.clock.advance(by: .seconds(1))
            try await bench.execute(
                "INSERT INTO export_shutter VALUES (\(ExportBench.company), 1, 'restored', 1, NULL)")
            bench.erp.change { $0.searchFault = ERPError(.tryLater(after: nil), "down", request: "GET documents") }
            try await bench.approvedHours("e1")
            try await bench.run()
            let run = try #require(try await read(bench) { try RunRow.latest(.hours, in: $0) })
            #expect(run.fault != nil)
            #expect(run.error?.isEmpty == false)
            // A row from before the code was stored.
            try await bench.execute("UPDATE run SET error_code = NULL, error_kind = 'reconnect'")
            #expect(try await read(bench) { try RunRow.latest(.hours, in: $0) }?.fault == .reconnect)
        }
    }

    @Test(arguments: RunFault.allCases)
    func everyFaultHasWordsInBothLanguages(fault: RunFault) {
        for job in JobName.allCases {
            let text = fault.text(job)
            #expect(!text.norwegian.isEmpty && text.norwegian != text.english)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func theFiguresOfARunAreCurrentWhileItRuns(kind: TestDatabaseKind) async throws {
        try await withExportBench(kind) { bench in
            try await bench.transaction { transaction in
                try Project.insert([.linked(ProjectID("other"), "P-2")], in: transaction)
                var task = ProjectWorkType.task(ProjectWorkTypeID("other10"), "10", "9")
                task.projectID = ProjectID("other")
                try ProjectWorkType.insert([task], in: transaction)
            }
            try await bench.approvedHours("e1", 2)
            try await bench.approvedHours(
                "e2", 3, date: "2026-11-13", project: ProjectID("other"), on: ProjectWorkTypeID("other10"))
            try await bench.approvedHours("held", 3, date: "2026-09-13")
            let seen = Mutex<[String]>([])
            bench.erp.change { world in
                world.onPost = {
                    guard
                        let progress = try? await bench.database.read(
                            company: ExportBench.company,
                            { try RunProgress.read(since: Timestamp(milliseconds: 0), in: $0) })
                    else { return }
                    seen.withLock { seen in
                        seen += progress.map {
                            """
                            \($0.run.job) \($0.isRunning) \($0.run.counts.documents) \($0.run.counts.sentLines) \
                            \($0.run.counts.held) \($0.documentsLeft)
                            """
                        }
                    }
                }
            }
            let before = bench.clock.now
            try await bench.run()
            #expect(seen.withLock { $0 } == ["hours true 0 0 1 1", "hours true 1 1 1 0"])
            let ended = try await read(bench) { try RunProgress.read(since: before, in: $0) }
            #expect(ended.map(\.isRunning) == [false])
            #expect(ended.map(\.run.counts.sentLines) == [2])
            bench.clock.advance(by: .seconds(1))
            let later = bench.clock.now
            #expect(try await read(bench) { try RunProgress.read(since: later, in: $0) }.isEmpty)
        }
    }
}
