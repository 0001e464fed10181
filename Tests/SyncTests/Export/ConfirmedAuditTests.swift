import Foundation
import Persistence
import TestSupport
import Testing

@testable import Sync

/// What a person does in the ERP to a document that we confirmed is noticed in the night and told, never repaired.
@Suite struct ConfirmedAuditTests {
    enum Deed: String, CaseIterable {
        case doubled, removed, changedRate, referenceTaken, strangeReference, movedAway

        func carryOut(in world: inout FakeERP.World) {
            switch self {
            case .doubled: world.copy("PM1", as: "PM7")
            case .removed: world.gone.insert("PM1")
            case .changedRate: world.edit("PM1") { $0.lines[0].rate = 999 }
            case .referenceTaken: world.edit("PM1") { $0.description = "Timer uke 46" }
            case .movedAway: for index in world.stored.indices { world.stored[index].period = "202612" }
            case .strangeReference:
                world.copy("PM1", as: "PM7")
                world.edit("PM7") { $0.description = "\(DocumentReference(ExportDocumentID("a stranger"))) Ferje" }
            }
        }

        var alarm: (ExportAlarm.Kind, String) {
            switch self {
            case .doubled: (.doubled, "PM7")
            case .removed: (.missing, "PM1")
            case .changedRate, .referenceTaken, .movedAway: (.changed, "PM1")
            case .strangeReference: (.unknownReference, "PM7")
            }
        }
    }

    @Test(arguments: TestDatabaseKind.allCases, Deed.allCases)
    func whatAPersonDidInTheERPIsToldAndClearedWhenUndone(kind: TestDatabaseKind, deed: Deed) async throws {
        try await withExportBench(kind) { bench in
            try await bench.approvedHours("e1")
            try await bench.run()
            let before = bench.erp.change { $0.stored }
            bench.erp.change { deed.carryOut(in: &$0) }
            try await bench.run()
            #expect(try await bench.alarms().isEmpty, "the night has not come yet")

            bench.clock.advance(by: .seconds(86_400))
            let outcome = try await bench.run()
            #expect(outcome.error == nil)
            let alarm = try #require(try await bench.alarms().first)
            #expect(try await bench.alarms().count == 1)
            #expect(alarm.kind == deed.alarm.0)
            #expect(alarm.erpNumber == deed.alarm.1)
            let told = try await bench.texts(
                "SELECT record_number || ' ' || detail AS text FROM run_item WHERE happened = 'warned'")
            #expect(told.count == 1)
            #expect(told.first?.hasPrefix("\(alarm.erpNumber) \(alarm.reference)") == true)
            #expect(try await bench.trail() == ["alarm raised"])
            #expect(try await bench.documents().map(\.state) == [.confirmed], "nothing is repaired")
            #expect(bench.posts == 1)

            // Found again, it is the same alarm.
            bench.clock.advance(by: .seconds(86_400))
            try await bench.run()
            #expect(try await bench.trail() == ["alarm raised"])

            bench.erp.change { world in
                world.stored = before
                world.gone = []
            }
            bench.clock.advance(by: .seconds(86_400))
            try await bench.run()
            #expect(try await bench.alarms().isEmpty)
            #expect(try await bench.trail() == ["alarm raised", "alarm cleared"])
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func whatIsAsItWasIsReadOnceANight(kind: TestDatabaseKind) async throws {
        try await withExportBench(kind) { bench in
            try await bench.approvedHours("e1")
            try await bench.takeOut("w1", text: "Frakt", quantity: "1", price: "10")
            try await bench.run()
            try await bench.run(.withdrawals)
            bench.erp.change { world in
                for number in ["PM1", "PM2"] { world.edit(number) { $0.status = .released } }
                world.calls = []
            }
            bench.clock.advance(by: .seconds(86_400))
            for _ in 0..<2 {
                try await bench.run()
                try await bench.run(.withdrawals)
            }
            #expect(try await bench.alarms().isEmpty)
            let listings = bench.erp.change { $0.calls.filter { $0.hasPrefix("documents") } }
            #expect(listings == ["documents of all projects 202611", "documents of all projects 202611"])
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func aListThatShowsLessThanTheDocumentIsNoAlarm(kind: TestDatabaseKind) async throws {
        try await withExportBench(kind) { bench in
            try await bench.approvedHours("e1")
            try await bench.run()
            bench.erp.change { $0.listsWithoutLines = true }
            bench.clock.advance(by: .seconds(86_400))
            try await bench.run()
            #expect(try await bench.alarms().isEmpty)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func aClosedPeriodIsLeftAloneUnlessAnAlarmStandsInIt(kind: TestDatabaseKind) async throws {
        try await withExportBench(kind) { bench in
            try await bench.approvedHours("e1")
            try await bench.run()
            func closeTheMonth(_ isClosed: Bool) {
                bench.erp.change { world in
                    for index in world.periods.indices where world.periods[index].id == "202611" {
                        world.periods[index].closed = isClosed ? .closed : nil
                    }
                }
            }
            bench.erp.change { $0.copy("PM1", as: "PM7") }
            closeTheMonth(true)
            bench.clock.advance(by: .seconds(86_400))
            try await bench.run()
            #expect(try await bench.alarms().isEmpty)

            closeTheMonth(false)
            bench.clock.advance(by: .seconds(86_400))
            try await bench.run()
            #expect(try await bench.alarms().count == 1)

            closeTheMonth(true)
            bench.erp.change { _ = $0.gone.insert("PM7") }
            bench.clock.advance(by: .seconds(86_400))
            try await bench.run()
            #expect(try await bench.alarms().isEmpty)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases, [ExportDocument.State.voided, .needsReview])
    func aDocumentThatWasGivenUpShouldNotBeThere(kind: TestDatabaseKind, state: ExportDocument.State) async throws {
        try await withExportBench(kind) { bench in
            try await bench.approvedHours("e1")
            try await bench.run()
            try await bench.approvedHours("e2", date: "2026-11-13")
            try await bench.run()
            try await bench.execute("UPDATE export_document SET state = \(state) WHERE erp_number = 'PM2'")
            bench.clock.advance(by: .seconds(86_400))
            try await bench.run()
            #expect(
                try await bench.alarms().map(\.erpNumber) == (state == .voided ? ["PM2"] : []),
                "one that waits for a person is no news")
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func anAuditThatFailsHindersNothingAndIsTriedAgain(kind: TestDatabaseKind) async throws {
        try await withExportBench(kind) { bench in
            try await bench.approvedHours("e1")
            try await bench.run()
            bench.erp.change { world in
                _ = world.gone.insert("PM1")
                world.searchFault = ERPError(.tryLater(after: nil), "503", request: "GET")
            }
            bench.clock.advance(by: .seconds(86_400))
            try await bench.approvedHours("e2", date: "2026-11-13")
            let outcome = try await bench.run()
            #expect(outcome.error == nil)
            #expect(bench.posts == 2)
            #expect(
                try await bench.texts(
                    "SELECT detail AS text FROM run_item WHERE happened = 'warned'"
                ).count == 1)
            bench.erp.change { $0.searchFault = nil }
            try await bench.run()
            #expect(try await bench.alarms().map(\.kind) == [.missing])
        }
    }
}

extension ExportBench {
    func alarms() async throws -> [ExportAlarm] { try await transaction { try $0.standingAlarms() } }

    fileprivate func trail() async throws -> [String] {
        try await texts("SELECT action AS text FROM audit WHERE subject_kind = 'alarm' ORDER BY at, id")
    }
}
