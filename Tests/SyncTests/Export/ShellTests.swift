import Foundation
import Persistence
import Proresult
import TestSupport
import Testing

@testable import Sync

/// The harder mode: an empty document on hold first, then its lines, guarded by its version.
@Suite struct ShellTests {
    /// A company whose ERP was seen to honour what the mode rests on.
    private func withShells(_ kind: TestDatabaseKind, _ body: (ExportBench) async throws -> Void) async throws {
        try await withExportBench(kind) { bench in
            try await bench.execute(
                """
                INSERT INTO erp_probe (company_id, probed_at, probed_by, empty_accepted, hold_honoured,
                    version_enforced, page_sizes)
                VALUES (\(ExportBench.company), 0, 'test', 1, 1, 1, '{}')
                """)
            try await body(bench)
        }
    }

    private func called(_ bench: ExportBench) -> [String] {
        bench.erp.change { $0.calls.filter { $0.hasPrefix("post") || $0.hasPrefix("fill") } }
    }

    private func shells(_ bench: ExportBench) -> Int {
        bench.erp.change { $0.stored.filter { $0.document.lines.isEmpty }.count }
    }

    /// As long as it takes for everything to settle.
    private func settle(_ bench: ExportBench) async throws {
        for _ in 0..<8 { try await bench.pass(.seconds(301)) }
    }

    /// One document with the lines, whatever else is empty there.
    private func expectOnce(_ bench: ExportBench, numbered number: String? = nil) async throws {
        try await settle(bench)
        #expect(bench.lines == ["7 TIMER 8 200"])
        #expect(try await bench.documents().map(\.state) == [.confirmed])
        #expect(try await bench.state("e1") == .transferred)
        if let number { #expect(try await bench.documents().map(\.erpNumber) == [number]) }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func theMoneyComesWithTheSecondCall(kind: TestDatabaseKind) async throws {
        try await withShells(kind) { bench in
            try await bench.approvedHours("e1")
            bench.erp.change { world in
                world.onFill = { #expect(bench.lines.isEmpty && bench.erp.change { $0.stored.count } == 1) }
            }
            #expect(try await bench.run().counts.sentLines == 1)
            #expect(called(bench) == ["post", "fill PM1"])
            let attempts = try await bench.texts("SELECT event AS text FROM export_attempt ORDER BY number, event DESC")
            #expect(attempts == ["sent", "answered", "sent", "answered"])
            try await expectOnce(bench)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func withoutAProbeThatPassedEverythingIsSentAtOnce(kind: TestDatabaseKind) async throws {
        try await withShells(kind) { bench in
            try await bench.execute("UPDATE erp_probe SET version_enforced = 0")
            try await bench.approvedHours("e1")
            try await bench.run()
            #expect(called(bench) == ["post"])
            try await expectOnce(bench)
        }
    }

    /// C12: between the shell and its lines, the process dies before or after it has learnt the number.
    @Test(arguments: TestDatabaseKind.allCases, [true, false])
    func aRunThatDiedBetweenShellAndLinesGoesOnWithThem(kind: TestDatabaseKind, knowsNumber: Bool) async throws {
        try await withShells(kind) { bench in
            try await bench.approvedHours("e1")
            bench.erp.change { $0.scriptedPosts = [.notSent(ERPError(.tryLater(after: nil), "down", request: "POST"))] }
            try await bench.run()
            let document = try #require(try await bench.documents().first)
            let payload = try document.transaction()
            bench.erp.change { $0.store(payload, .shell, number: "PM1") }
            let number: String? = knowsNumber ? "PM1" : nil
            try await bench.execute(
                """
                UPDATE export_document SET state = 'sending', attempts = 2, erp_number = \(number),
                    settled_from = \(bench.clock.now + .seconds(220))
                """)
            try await bench.pass(.seconds(60))
            if knowsNumber {
                #expect(
                    try await bench.documents().map(\.state) == [.confirmed], "the version guards it: no need to wait")
            }
            try await expectOnce(bench, numbered: "PM1")
            #expect(bench.posts == 1, "no second shell")
        }
    }

    enum LostFill: String, CaseIterable { case lost, doneWithoutAnswer, gate }

    @Test(arguments: TestDatabaseKind.allCases, LostFill.allCases)
    func aFillingWithoutAClearAnswerIsLookedAtAndDoneOnce(kind: TestDatabaseKind, fault: LostFill) async throws {
        try await withShells(kind) { bench in
            try await bench.approvedHours("e1")
            bench.erp.change { world in
                world.scriptedFills =
                    switch fault {
                    case .lost: [.lost, .lost]
                    case .doneWithoutAnswer: [.doneWithoutAnswer]
                    case .gate: [.notApplied(ERPError(.tryLater(after: .seconds(40)), "429", request: "PUT"))]
                    }
            }
            try await bench.run()
            #expect(try await bench.documents().map(\.state) == [.unknown])
            let holders = try await bench.texts("SELECT coalesce(transferred_run, '') AS text FROM hour_entry")
            #expect(holders != [""], "its records are held")
            try await expectOnce(bench, numbered: "PM1")
            #expect(bench.posts == 1)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases, [true, false])
    func aShellWhoseAnswerWasLostIsFoundOrSentAgain(kind: TestDatabaseKind, isListed: Bool) async throws {
        try await withShells(kind) { bench in
            bench.erp.change { world in
                world.listsEmpty = isListed
                world.scriptedPosts = [.storedWithoutAnswer]
            }
            try await bench.approvedHours("e1")
            try await bench.run()
            try await expectOnce(bench, numbered: isListed ? "PM1" : "PM2")
            #expect(shells(bench) == (isListed ? 0 : 1), "what may stay behind is empty")
        }
    }

    /// C11 and worse: the owner is paused past its lease at one of three places, another does the work, then it wakes up.
    enum Pause: String, CaseIterable { case beforeShell, beforeLines, beforeLinesAndTwice }

    @Test(arguments: TestDatabaseKind.allCases, Pause.allCases)
    func twoOwnersNeverMoveMoneyTwice(kind: TestDatabaseKind, pause: Pause) async throws {
        try await withShells(kind) { bench in
            try await bench.approvedHours("e1")
            // Worst case: nobody can find a shell by looking.
            bench.erp.change { world in
                world.listsEmpty = false
                let sleep: @Sendable () async -> Void = {
                    bench.erp.change { world in
                        world.onPost = nil
                        world.onFill = nil
                    }
                    for round in 0..<12 {
                        bench.clock.advance(by: .seconds(301))
                        if pause == .beforeLinesAndTwice, round == 0 {
                            bench.erp.change { $0.scriptedFills = [.lost] }
                        }
                        while (try? await bench.engine(owner: "second").tick()) ?? nil != nil {}
                    }
                }
                if pause == .beforeShell { world.onPost = sleep } else { world.onFill = sleep }
            }
            // The first wakes when all is done, and its request arrives.
            await #expect(throws: LeaseLost.self) { try await bench.run() }
            try await expectOnce(bench)
            #expect(
                called(bench).filter { $0 == "fill PM1" }.count
                    == (pause == .beforeShell ? 1 : pause == .beforeLines ? 2 : 3))
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func aRequestThatLingersCannotFillWhatWasRefused(kind: TestDatabaseKind) async throws {
        try await withShells(kind) { bench in
            try await bench.approvedHours("e1")
            try await bench.approvedHours("bad", 3)
            bench.erp.change { $0.refuses = { $0.lines.contains { $0.quantity.value == 3 } ? "period closed" : nil } }
            try await bench.run()
            // The refused shells accept the first owner's lines no more, also when the cause is gone.
            bench.erp.change { $0.refuses = nil }
            let refused = try await bench.documents().filter { $0.state == .rejected }
            #expect(refused.count == 2)
            for document in refused {
                let late = await bench.erp.fill(
                    try document.transaction(), number: try #require(document.erpNumber), version: "1")
                #expect(late == .stale)
            }
            #expect(bench.lines == ["7 TIMER 8 200"])
            #expect(try await bench.state("e1") == .transferred)
            #expect(try await bench.state("bad") == .approved)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func anERPThatTakesNoEmptyDocumentAnyMoreGetsItAllAtOnce(kind: TestDatabaseKind) async throws {
        try await withShells(kind) { bench in
            bench.erp.change { $0.takesEmpty = false }
            try await bench.approvedHours("e1")
            try await bench.run()
            try await expectOnce(bench)
            #expect(try await bench.transaction { try $0.exportMode() } == .plain)
            #expect(
                try await bench.texts("SELECT fell_back_because AS text FROM erp_probe") == [
                    "The document has no lines."
                ])
            #expect(try await bench.transaction { try $0.query("SELECT document_id FROM export_rejection").count } == 0)
        }
    }

    enum Stranger: String, CaseIterable { case touched, filled, removed }

    @Test(arguments: TestDatabaseKind.allCases, Stranger.allCases)
    func whatAPersonDoesWithTheShellIsSeen(kind: TestDatabaseKind, stranger: Stranger) async throws {
        try await withShells(kind) { bench in
            try await bench.approvedHours("e1")
            bench.erp.change { world in
                world.onFill = {
                    bench.erp.change { world in
                        world.onFill = nil
                        switch stranger {
                        case .touched: world.edit("PM1") { $0.version = "2" }
                        case .filled:
                            world.edit("PM1") { document in
                                document.version = "2"
                                document.lines = [
                                    ERPDocument.Line(
                                        date: nil, employee: "", project: "P-1", task: "", item: "", quantity: 1,
                                        rate: 1,
                                        amount: 1, debitAccount: "", creditAccount: "", description: "")
                                ]
                            }
                        case .removed: world.gone = ["PM1"]
                        }
                    }
                }
            }
            try await bench.run()
            try await settle(bench)
            let state = try #require(try await bench.documents().first).state
            #expect(state == (stranger == .touched ? .confirmed : .needsReview))
            #expect(bench.posts == 1)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func theNightlyLookPassesEmptyDocumentsBy(kind: TestDatabaseKind) async throws {
        try await withShells(kind) { bench in
            try await bench.approvedHours("e1")
            try await bench.run()
            let payload = try #require(try await bench.documents().first).transaction()
            bench.erp.change { $0.store(payload, .shell, number: "PM9") }
            bench.clock.advance(by: .seconds(86_400))
            try await bench.run()
            #expect(try await bench.transaction { try $0.standingAlarms() }.isEmpty)
            // With lines it is a copy, on hold or not.
            bench.erp.change { $0.copy("PM1", as: "PM10") }
            bench.clock.advance(by: .seconds(86_400))
            try await bench.run()
            #expect(try await bench.transaction { try $0.standingAlarms() }.map(\.kind) == [.doubled])
        }
    }
}
