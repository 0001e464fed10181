import Foundation
import Persistence
import Proresult
import TestSupport
import Testing

@testable import Sync

/// What becomes of a document whose answer was lost: found, proved absent, or shown to a person. Never sent blindly.
@Suite struct UnknownOutcomeTests {
    @Test(arguments: TestDatabaseKind.allCases)
    func aStoredDocumentWithoutAnswerIsFoundByItsReference(kind: TestDatabaseKind) async throws {
        try await withExportBench(kind) { bench in
            bench.erp.change { $0.scriptedPosts = [.storedWithoutAnswer] }
            try await bench.approvedHours("e1")
            let outcome = try await bench.run()
            #expect(outcome.counts.sentLines == 0)
            #expect(try await bench.documents().map(\.state) == [.unknown])
            #expect(try await bench.state("e1") == .approved, "not transferred before it is known")

            try await bench.pass(.seconds(300))
            #expect(try await bench.documents().map(\.state) == [.unknown], "too early to look")
            try await bench.pass(.seconds(200))
            #expect(try await bench.documents().map(\.state) == [.confirmed])
            #expect(try await bench.state("e1") == .transferred)
            #expect(bench.lines.count == 1)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func aLostDocumentIsSentAgainOnlyAfterTwoAbsences(kind: TestDatabaseKind) async throws {
        try await withExportBench(kind) { bench in
            bench.erp.change { $0.scriptedPosts = [.lost] }
            try await bench.approvedHours("e1")
            try await bench.run()
            try await bench.pass(.seconds(401))
            #expect(try await bench.documents().map(\.absentCount) == [1])
            #expect(bench.lines.isEmpty, "one absence is not proof")
            try await bench.pass(.seconds(301))
            #expect(try await bench.documents().map(\.state) == [.confirmed])
            #expect(bench.lines.count == 1)
            #expect(try await bench.documents().map(\.attempts) == [2])
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func aDocumentThatArrivesLateIsFoundByTheSecondSearch(kind: TestDatabaseKind) async throws {
        try await withExportBench(kind) { bench in
            bench.erp.change { $0.scriptedPosts = [.lost] }
            try await bench.approvedHours("e1")
            try await bench.run()
            try await bench.pass(.seconds(401))
            let payload = try #require(try await bench.documents().first).transaction()
            bench.erp.change { $0.store(payload, number: "PM9") }
            try await bench.pass(.seconds(301))
            #expect(try await bench.documents().map(\.erpNumber) == ["PM9"])
            #expect(bench.lines.count == 1)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases, [true, false])
    func aRunThatDiedWhileSendingIsReconciled(kind: TestDatabaseKind, arrived: Bool) async throws {
        try await withExportBench(kind) { bench in
            try await bench.approvedHours("e1")
            bench.erp.change { $0.scriptedPosts = [.notSent(ERPError(.tryLater(after: nil), "down", request: "POST"))] }
            try await bench.run()
            let document = try #require(try await bench.documents().first)
            #expect(document.state == .ready)
            // As a process leaves it that was killed after the commit of `sending`.
            let now = bench.clock.now
            try await bench.execute(
                "UPDATE export_document SET state = 'sending', attempts = 2, settled_from = \(now + .seconds(220))")
            if arrived {
                let payload = try document.transaction()
                bench.erp.change { $0.store(payload, number: "PM1") }
            }
            try await bench.pass(.seconds(60))
            #expect(try await bench.documents().map(\.state) == [.unknown])
            try await bench.pass(.seconds(520))
            try await bench.pass(.seconds(600))
            #expect(try await bench.documents().map(\.state) == [.confirmed])
            #expect(bench.lines.count == 1)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func aCrashBetweenConfirmingAndLockingIsMadeGood(kind: TestDatabaseKind) async throws {
        try await withExportBench(kind) { bench in
            try await bench.approvedHours("e1")
            try await bench.run()
            try await bench.execute("UPDATE outbox SET done_at = NULL")
            try await bench.execute(
                """
                UPDATE hour_entry SET state = 'approved', transferred_at = NULL, transferred_run = NULL,
                    transferred_reference = NULL
                """)
            try await bench.run()
            #expect(try await bench.state("e1") == .transferred)
            #expect(bench.lines.count == 1, "nothing was sent again")
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func aRecordThatCannotBeLockedDoesNotStopTheOthers(kind: TestDatabaseKind) async throws {
        try await withExportBench(kind) { bench in
            try await bench.approvedHours("e1")
            try await bench.run()
            try await bench.execute("UPDATE outbox SET done_at = NULL")
            // As after a restore of half the tables: confirmed, but the entry is not approved.
            try await bench.execute(
                "UPDATE hour_entry SET state = 'registered', transferred_at = NULL, transferred_reference = NULL")
            try await bench.approvedHours("e2", 3, date: "2026-11-13")
            let outcome = try await bench.run()
            #expect(outcome.error == nil)
            #expect(try await bench.state("e2") == .transferred)
            #expect(bench.lines == ["7 TIMER 8 200", "7 TIMER 3 200"], "and nothing went twice")
        }
    }

    enum Stranger: String, CaseIterable { case changed, doubled, twinWithoutReference }

    @Test(arguments: TestDatabaseKind.allCases, Stranger.allCases)
    func whatIsNotPlainlyOursIsForAPerson(kind: TestDatabaseKind, stranger: Stranger) async throws {
        try await withExportBench(kind) { bench in
            bench.erp.change { $0.scriptedPosts = [.lost] }
            try await bench.approvedHours("e1")
            try await bench.run()
            var payload = try #require(try await bench.documents().first).transaction()
            switch stranger {
            case .changed:
                payload.lines[0].rate = ExactDecimal(201)
                bench.erp.change { [payload] in $0.store(payload, number: "PM1") }
            case .doubled:
                bench.erp.change { [payload] in
                    $0.store(payload, number: "PM1")
                    $0.store(payload, number: "PM2")
                }
            case .twinWithoutReference:
                payload.description = "Ført for hånd"
                bench.erp.change { [payload] in $0.store(payload, number: "PM1") }
            }
            try await bench.pass(.seconds(401))
            try await bench.pass(.seconds(3600))
            #expect(try await bench.documents().map(\.state) == [.needsReview])
            #expect(try await bench.state("e1") == .approved)
            #expect(bench.erp.change { $0.calls.filter { $0 == "post" }.count } == 1)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func aSearchThatFailsProvesNothing(kind: TestDatabaseKind) async throws {
        try await withExportBench(kind) { bench in
            bench.erp.change {
                $0.scriptedPosts = [.lost]
                $0.searchFault = ERPError(.tryLater(after: nil), "503", request: "GET")
            }
            try await bench.approvedHours("e1")
            try await bench.run()
            for _ in 0..<10 { try await bench.pass(.seconds(1800)) }
            #expect(try await bench.documents().map(\.state) == [.unknown])
            #expect(try await bench.documents().map(\.absentCount) == [0])
            bench.erp.change { $0.searchFault = nil }
            try await bench.pass(.seconds(1800))
            try await bench.pass(.seconds(1800))
            #expect(try await bench.documents().map(\.state) == [.confirmed])
            #expect(bench.lines.count == 1)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func aNumberThatCannotBeReadIsNoProofOfAbsenceBeforeTheSettleTime(kind: TestDatabaseKind) async throws {
        try await withExportBench(kind) { bench in
            bench.erp.change {
                $0.scriptedPosts = [FakeERP.ScriptedPost(isStored: false) { .created(number: $0, version: nil) }]
            }
            try await bench.approvedHours("e1")
            try await bench.run()
            try await bench.pass(.seconds(60))
            try await bench.pass(.seconds(60))
            #expect(try await bench.documents().map(\.state) == [.unknown])
            #expect(try await bench.documents().map(\.absentCount) == [0])
            for _ in 0..<3 { try await bench.pass(.seconds(401)) }
            #expect(try await bench.documents().map(\.state) == [.confirmed])
            #expect(bench.lines.count == 1)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func anEntryInDoubtCannotBeChanged(kind: TestDatabaseKind) async throws {
        try await withExportBench(kind) { bench in
            bench.erp.change { $0.scriptedPosts = [.storedWithoutAnswer] }
            try await bench.approvedHours("e1")
            try await bench.run()
            let now = bench.clock.now
            await #expect(throws: ProresultError.self) {
                try await bench.transaction { transaction in
                    try HourEntry.reject(
                        HourEntryID("e1"), by: ExportBench.leader, comment: "nei", at: now,
                        randomness: bench.randomness, in: transaction)
                }
            }
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func manyDoubtfulDocumentsStopTheSending(kind: TestDatabaseKind) async throws {
        try await withExportBench(kind) { bench in
            bench.erp.change { $0.scriptedPosts = Array(repeating: .lost, count: 20) }
            for number in 1...6 {
                try await bench.transaction { transaction in
                    let id = ProjectID("p\(number)")
                    try Project.insert([.linked(id, "P-1\(number)")], in: transaction)
                    var task = ProjectWorkType(
                        id: ProjectWorkTypeID("t\(number)"), projectID: id, origin: .visma, name: "Oppgave")
                    task.vismaTaskID = "10"
                    try ProjectWorkType.insert([task], in: transaction)
                }
                try await bench.approvedHours(
                    "e\(number)", 2, project: ProjectID("p\(number)"), on: ProjectWorkTypeID("t\(number)"))
            }
            let outcome = try await bench.run()
            #expect(outcome.error != nil)
            #expect(bench.erp.change { $0.calls.filter { $0 == "post" }.count } == 4)
            #expect(try await bench.documents().filter { $0.state == .ready }.count == 2)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func aPersonDecidesWhatNoRuleCan(kind: TestDatabaseKind) async throws {
        try await withExportBench(kind) { bench in
            try await bench.approvedHours("e1")
            bench.erp.change { $0.scriptedPosts = [.storedWithoutAnswer] }
            try await bench.run()
            let reference = try #require(try await bench.documents().first).reference.text
            func decide(_ decision: ExportReview.Decision, because reason: String = "sett i Visma") async throws {
                try await bench.transaction { transaction in
                    try ExportReview.decide(
                        decision, on: reference, by: "regnskap", because: reason, in: transaction)
                }
            }
            await #expect(throws: ExportReview.Refused.notWaiting(state: .unknown)) { try await decide(.void) }
            try await bench.execute("UPDATE export_document SET state = 'needsReview'")
            await #expect(throws: ExportReview.Refused.reasonMissing) { try await decide(.void, because: "") }
            await #expect(throws: ExportReview.Refused.numberMissing) { try await decide(.confirm(number: "")) }
            try await decide(.confirm(number: "PM1"))
            try await bench.run()
            #expect(try await bench.state("e1") == .transferred)
            #expect(bench.lines.count == 1)
        }
    }
}
