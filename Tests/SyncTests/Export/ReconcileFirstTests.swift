import Foundation
import Persistence
import Proresult
import TestSupport
import Testing

@testable import Sync

/// A restored database has forgotten documents that stand in the ERP. Nothing of them may be sent a second time.
@Suite struct ReconcileFirstTests {
    @Test(arguments: TestDatabaseKind.allCases)
    func afterARestoreEverythingIsKnownAgainAndNothingGoesTwice(kind: TestDatabaseKind) async throws {
        try await withExportBench(kind) { bench in
            try await bench.approvedHours("e1", 10, overtime50: 2, billable: 9)
            try await bench.approvedHours("e2", date: "2026-11-13")
            try await bench.takeOut("w1", text: "Frakt", quantity: "3", price: "10")
            try await bench.run()
            try await bench.run(.withdrawals)
            let before = try await bench.documents() + bench.documents(.withdrawals)
            #expect(bench.posts == 2)

            try await bench.forgetDocuments()
            try await bench.shut()
            try await bench.pass(.seconds(600))
            #expect(try await bench.isShut() == false)
            try await bench.run()
            try await bench.run(.withdrawals)
            #expect(bench.posts == 2)
            for id in ["e1", "e2"] { #expect(try await bench.state(id) == .transferred) }
            #expect(try await bench.withdrawal("w1").state == .invoiced)
            let after = try await bench.documents() + bench.documents(.withdrawals)
            #expect(after.map(\.state) == [.confirmed, .confirmed])
            #expect(after.map(\.reference) == before.map(\.reference))
            #expect(after.map(\.erpNumber) == before.map(\.erpNumber))
            #expect(after.map(\.payload) == before.map(\.payload))
            #expect(try await bench.shutterTrail() == ["exports shut", "exports opened"])
            #expect(try await bench.alarms().isEmpty)

            // What was written down again is as good as what was sent: the nightly look finds nothing.
            bench.clock.advance(by: .seconds(86_400))
            try await bench.run()
            try await bench.run(.withdrawals)
            #expect(try await bench.alarms().isEmpty)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func aReturnOfARebuiltWithdrawalCarriesItsTerms(kind: TestDatabaseKind) async throws {
        try await withExportBench(kind) { bench in
            try await bench.takeOut("w1", text: "Frakt", quantity: "3", price: "10")
            try await bench.run(.withdrawals)
            try await bench.forgetDocuments()
            try await bench.shut()
            try await bench.pass(.seconds(600))
            try await bench.giveBack("r1", of: "w1", quantity: "1")
            try await bench.run(.withdrawals)
            #expect(bench.lines == ["7 VARE 3 10", "7 VARE -1 10"])
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func nothingIsSentOrReadUntilAllHasSettled(kind: TestDatabaseKind) async throws {
        try await withExportBench(kind) { bench in
            try await bench.approvedHours("e1")
            try await bench.shut()
            let outcome = try await bench.run()
            #expect(outcome.kind == "tryLater")
            try await bench.pass(.seconds(500))
            #expect(bench.erp.change { $0.calls.filter { $0 != "requests" } }.isEmpty)
            try await bench.pass(.seconds(30))
            #expect(try await bench.isShut() == false)
            try await bench.run()
            #expect(bench.posts == 1)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func whatNoRecordFitsKeepsTheExportsShutUntilAPersonOpensThem(kind: TestDatabaseKind) async throws {
        try await withExportBench(kind) { bench in
            try await bench.approvedHours("e1")
            try await bench.run()
            try await bench.forgetDocuments()
            try await bench.execute("DELETE FROM approval")
            try await bench.execute("DELETE FROM hour_entry")
            try await bench.approvedHours("e2", date: "2026-11-13")
            try await bench.shut()
            try await bench.pass(.seconds(600))
            let outcome = try await bench.run()
            #expect(outcome.kind == "askPerson")
            #expect(bench.posts == 1)
            #expect(try await bench.isShut())
            #expect(try await bench.alarms().map(\.kind) == [.unknownReference])
            #expect(try await bench.alarms().map(\.erpNumber) == ["PM1"])

            await #expect(throws: ExportShutter.Refused.reasonMissing) { try await bench.open(because: "") }
            try await bench.open(because: "timene til e1 føres ikke på nytt")
            try await bench.run()
            #expect(bench.posts == 2)
            await #expect(throws: ExportShutter.Refused.notShut) { try await bench.open(because: "igjen") }
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func hoursWhoseApprovalWasForgottenAreApprovedByWhatTheERPShows(kind: TestDatabaseKind) async throws {
        try await withExportBench(kind) { bench in
            try await bench.approvedHours("e1")
            try await bench.run()
            try await bench.forgetDocuments()
            try await bench.execute("DELETE FROM approval")
            try await bench.execute("UPDATE hour_entry SET state = 'registered'")
            try await bench.shut()
            try await bench.pass(.seconds(600))
            #expect(try await bench.isShut() == false)
            #expect(try await bench.state("e1") == .transferred)
            #expect(
                try await bench.texts("SELECT action AS text FROM audit WHERE subject_kind = 'hourEntry'")
                    == ["approved again"])
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func recordsThatDifferFromTheERPAreReservedAndWaitForAPerson(kind: TestDatabaseKind) async throws {
        try await withExportBench(kind) { bench in
            try await bench.approvedHours("e1")
            try await bench.approvedHours("e2", date: "2026-11-13")
            try await bench.run()
            try await bench.forgetDocuments()
            try await bench.execute("UPDATE hour_entry SET total_hours = '6' WHERE id = 'e1'")
            try await bench.shut()
            try await bench.pass(.seconds(600))
            try await bench.pass(.seconds(3600))
            #expect(try await bench.isShut())
            #expect(try await bench.documents().map(\.state) == [.needsReview])
            #expect(try await bench.alarms().count == 1)

            try await bench.open(because: "sett på")
            let outcome = try await bench.run()
            #expect(outcome.held.isEmpty)
            #expect(bench.posts == 1, "both stay reserved")
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func aPersonsDecisionOnTheLastDocumentOpensTheExports(kind: TestDatabaseKind) async throws {
        try await withExportBench(kind) { bench in
            try await bench.approvedHours("e1")
            try await bench.run()
            try await bench.forgetDocuments()
            try await bench.execute("UPDATE hour_entry SET total_hours = '6' WHERE id = 'e1'")
            try await bench.shut()
            try await bench.pass(.seconds(600))
            let reference = try #require(try await bench.documents().first).reference.text
            try await bench.transaction { transaction in
                try ExportReview.decide(
                    .confirm(number: "PM1"), on: reference, by: "regnskap", because: "6 timer er feil", in: transaction)
            }
            try await bench.run()
            #expect(try await bench.isShut() == false)
            #expect(try await bench.alarms().isEmpty)
            #expect(try await bench.state("e1") == .transferred)
            #expect(bench.posts == 1)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func aForgottenDocumentThatStandsTwiceIsForAPerson(kind: TestDatabaseKind) async throws {
        try await withExportBench(kind) { bench in
            try await bench.approvedHours("e1")
            try await bench.run()
            try await bench.forgetDocuments()
            bench.erp.change { $0.copy("PM1", as: "PM7") }
            try await bench.shut()
            try await bench.pass(.seconds(600))
            #expect(try await bench.isShut())
            #expect(try await bench.alarms().map(\.erpNumber) == ["PM1", "PM7"])
            #expect(try await bench.documents().map(\.state) == [.needsReview])
            try await bench.open(because: "PM7 er reversert")
            try await bench.run()
            #expect(bench.posts == 1)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func aDocumentThatWaitedAtTheBackupAndWasSentSinceIsConfirmed(kind: TestDatabaseKind) async throws {
        try await withExportBench(kind) { bench in
            try await bench.approvedHours("e1")
            try await bench.run()
            try await bench.forgetAnswers()
            try await bench.shut()
            try await bench.pass(.seconds(600))
            #expect(try await bench.isShut() == false)
            #expect(try await bench.documents().map(\.state) == [.confirmed])
            #expect(try await bench.state("e1") == .transferred)
            #expect(bench.posts == 1)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func aDocumentThatWaitsGivesItsRecordsToTheOneThatCarriedThem(kind: TestDatabaseKind) async throws {
        try await withExportBench(kind) { bench in
            try await bench.approvedHours("e1")
            try await bench.run()
            let sent = try #require(try await bench.documents().first)
            // At the backup the hours stood in another document, which was given up afterwards.
            try await bench.forgetAnswers()
            let reference = DocumentReference(ExportDocumentID("an earlier one"))
            try await bench.execute("UPDATE export_document SET reference = \(reference)")
            try await bench.shut()
            try await bench.pass(.seconds(600))
            #expect(try await bench.isShut() == false)
            let documents = try await bench.documents()
            #expect(documents.first { $0.reference == reference }?.state == .voided)
            #expect(documents.first { $0.reference == sent.reference }?.state == .confirmed)
            #expect(try await bench.state("e1") == .transferred)
            #expect(bench.posts == 1)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func aQueuedDocumentKeepsItsRecordsSinceItMayStillCome(kind: TestDatabaseKind) async throws {
        try await withExportBench(kind) { bench in
            try await bench.approvedHours("e1")
            try await bench.run()
            try await bench.forgetAnswers()
            let reference = DocumentReference(ExportDocumentID("an earlier one"))
            try await bench.execute(
                "UPDATE export_document SET reference = \(reference), state = 'unknown', erp_job = 'queued'")
            try await bench.shut()
            try await bench.pass(.seconds(600))
            #expect(try await bench.isShut())
            #expect(try await bench.documents().map(\.state) == [.unknown])
            #expect(try await bench.alarms().map(\.erpNumber) == ["PM1"])
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func whatTheERPNeverGotIsSentWhenTheExportsOpen(kind: TestDatabaseKind) async throws {
        try await withExportBench(kind) { bench in
            bench.erp.change { $0.scriptedPosts = [.notSent(ERPError(.tryLater(after: nil), "down", request: "POST"))] }
            try await bench.approvedHours("e1")
            try await bench.run()
            try await bench.shut()
            try await bench.pass(.seconds(600))
            #expect(bench.lines.count == 1)
            #expect(try await bench.state("e1") == .transferred)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func anERPThatDoesNotAnswerKeepsTheExportsShut(kind: TestDatabaseKind) async throws {
        try await withExportBench(kind) { bench in
            try await bench.approvedHours("e1")
            try await bench.shut()
            bench.erp.change { $0.searchFault = ERPError(.tryLater(after: nil), "503", request: "GET") }
            for _ in 0..<3 { try await bench.pass(.seconds(1800)) }
            #expect(try await bench.isShut())
            #expect(bench.posts == 0)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func shuttingStopsARunThatIsUnderWay(kind: TestDatabaseKind) async throws {
        try await withExportBench(kind) { bench in
            for number in 1...2 {
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
            bench.erp.change { world in world.onPost = { try? await bench.shut() } }
            _ = try await bench.transaction { try $0.requestRun(of: .hours, by: "test") }
            let finished = try #require(try await bench.engine().tick())
            #expect(finished.outcome.error?.contains("exports are shut") == true)
            #expect(bench.posts == 1)
            #expect(try await Set(bench.documents().map(\.state)) == [.confirmed, .ready])
        }
    }
}

extension ExportBench {
    func shut() async throws {
        _ = try await database.transactionAcrossCompanies { connection in
            try ExportShutter.shut(because: "restored", by: "test", in: connection)
        }
    }

    func isShut() async throws -> Bool { try await transaction { try ExportShutter.standing(in: $0) != nil } }

    fileprivate func open(because reason: String) async throws {
        try await transaction { try ExportShutter.open(by: "regnskap", because: reason, in: $0) }
    }

    fileprivate func shutterTrail() async throws -> [String] {
        try await texts("SELECT action AS text FROM audit WHERE subject_kind = 'exports' ORDER BY at, id")
    }

    /// As a backup from before the documents were collected.
    fileprivate func forgetDocuments() async throws {
        for table in ["outbox", "export_attempt", "export_week", "export_line", "export_document"] {
            try await execute("DELETE FROM \(raw: table)")
        }
        try await forgetTransfer()
    }

    /// As a backup from between collecting and sending.
    fileprivate func forgetAnswers() async throws {
        for table in ["outbox", "export_attempt"] { try await execute("DELETE FROM \(raw: table)") }
        try await execute(
            "UPDATE export_document SET state = 'ready', attempts = 0, erp_number = NULL, settled_from = NULL")
        try await forgetTransfer()
    }

    private func forgetTransfer() async throws {
        for (table, state) in [("hour_entry", "approved"), ("withdrawal", "registered")] {
            try await execute(
                """
                UPDATE \(raw: table) SET state = \(state), transferred_at = NULL, transferred_run = NULL,
                    transferred_reference = NULL
                """)
        }
    }
}
