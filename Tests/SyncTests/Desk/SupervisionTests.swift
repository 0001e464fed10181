import Foundation
import Persistence
import Proresult
import TestSupport
import Testing

@testable import Sync

@Suite struct SupervisionTests {
    @Test(arguments: [
        ReviewCause.doubled(numbers: "PM1, PM2"), .twin(number: "PM1"), .different(number: "PM1"),
        .withoutReference(number: "PM1"), .noVersion(number: "PM1"), .shellGone(number: "PM1"),
        .anotherShell(found: "PM1", noted: "PM2"), .recordsChanged, .doesNotFit("its lines have no date"),
    ])
    func theCauseOfAReviewIsReadFromWhatWasWritten(cause: ReviewCause) {
        #expect(ReviewCause(explanation: cause.explanation) == cause)
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func whatWaitsForAPersonIsToldTogether(kind: TestDatabaseKind) async throws {
        try await withExportBench(kind) { bench in
            #expect(try await bench.transaction { try Supervision.read(in: $0) }.attention.isEmpty)
            bench.erp.change { $0.scriptedPosts = [.storedWithoutAnswer] }
            try await bench.approvedHours("doubt", date: "2026-11-02")
            try await bench.run()
            let document = try #require(try await bench.documents().first)
            bench.erp.change { world in
                if let payload = try? document.transaction() { world.store(payload, number: "PM9") }
            }
            try await bench.pass(.seconds(401))
            try await bench.pass(.seconds(3600))
            bench.erp.change { $0.refuses = { _ in "the task is closed" } }
            try await bench.approvedHours("refused", date: "2026-11-03")
            try await bench.run()
            _ = try await bench.database.transactionAcrossCompanies {
                try ExportShutter.shut(because: "restored", by: "drift", in: $0)
            }
            let all = try await bench.transaction { try Supervision.read(in: $0) }
            #expect(all.documents.map(\.reviewCause) == [.doubled(numbers: "PM1, PM9")])
            #expect(all.refused[.hours] == 1)
            #expect(all.shutter?.because == "restored")
            #expect(all.attention.map(\.place).prefix(2) == [.exports, .review])
            #expect(all.attention.contains(.refusedLines(.hours, count: 1)))
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func aNumberOfAnotherDocumentCannotBeConfirmed(kind: TestDatabaseKind) async throws {
        try await withExportBench(kind) { bench in
            try await bench.approvedHours("sent", date: "2026-11-02")
            try await bench.run()
            let sent = try #require(try await bench.documents().first)
            bench.erp.change { $0.scriptedPosts = [.lost] }
            try await bench.approvedHours("waiting", date: "2026-11-03")
            try await bench.run()
            try await bench.execute("UPDATE export_document SET state = 'needsReview' WHERE state = 'unknown'")
            let waiting = try #require(try await bench.documents().first { $0.state == .needsReview })
            func confirm(_ number: String) async throws {
                try await bench.transaction { transaction in
                    try ExportReview.decide(
                        .confirm(number: number), on: waiting.reference.text, by: "regnskap", because: " sett ",
                        in: transaction)
                }
            }
            await #expect(throws: ExportReview.Refused.numberTaken(by: sent.reference)) { try await confirm(" pm1 ") }
            #expect(try await bench.transaction { try $0.document(waiting.id)?.state } == .needsReview)
            try await confirm(" PM7 ")
            let confirmed = try #require(try await bench.transaction { try $0.document(waiting.id) })
            #expect(confirmed.erpNumber == "PM7")
            #expect(confirmed.explanation == "sett")
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func aBrakeStandsUntilALaterFullReadingMissesLess(kind: TestDatabaseKind) async throws {
        try await withImports(kind, { $0.customers = customers(1...30) }) { bench in
            func standing() async throws -> [TombstoneBrake] {
                try await bench.transaction { try TombstoneBrake.standing(in: $0) }
            }
            try await bench.run()
            bench.clock.advance(by: .seconds(60))
            bench.erp.change { $0.hidden = Set((1...25).map { "id\($0)" }) }
            await #expect(throws: ERPError.self) { try await bench.run(full: true) }
            let brake = try #require(try await standing().first)
            #expect(brake.recordKind == "customer")
            #expect(brake.told.hasPrefix("25 of 30 linked records are missing"))
            bench.clock.advance(by: .seconds(3600))
            try await bench.run()
            #expect(try await standing() == [brake], "an hourly run reads only what changed and says nothing of it")
            bench.erp.change { $0.hidden = [] }
            bench.clock.advance(by: .seconds(3600))
            try await bench.run(full: true)
            #expect(try await standing().isEmpty)
        }
    }
}
