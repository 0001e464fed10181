import Foundation
import Persistence
import Proresult
import TestSupport
import Testing

@testable import Sync

/// What is given up, when, and how it comes back.
@Suite struct DeadWorkTests {
    private static let down = ERPError(.tryLater(after: nil), "503", request: "GET /v1/customer")

    private func fails(_ bench: ExportBench, with error: ERPError = down, times: Int = 1000) {
        bench.erp.change { world in
            world.faults = [FakeERP.PageFault(resource: .customers, page: 1, times: times, effect: .fails(error))]
        }
    }

    private func runs(_ bench: ExportBench) async throws -> Int {
        try await bench.transaction { try $0.query("SELECT id FROM run").count }
    }

    private func dead(_ bench: ExportBench) async throws -> [DeadJob] {
        try await bench.transaction { try $0.deadJobs() }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func anOutageOfHoursNeedsNobodyAfterwards(kind: TestDatabaseKind) async throws {
        try await withExportBench(kind) { bench in
            fails(bench)
            try await bench.transaction { try $0.setJob(.customers, enabled: true, automatic: true) }
            bench.clock.set(Schedule.nextHourly(after: bench.clock.now, company: ExportBench.company))
            for _ in 0..<20 { try await bench.pass(.seconds(60)) }
            #expect(try await dead(bench).map(\.job) == [.customers])
            let since = try #require(try await dead(bench).first?.since)
            #expect(try await dead(bench).first?.because.contains("503") == true)
            #expect(try await runs(bench) == 5)

            try await bench.pass(.seconds(3600))
            #expect(try await runs(bench) == 6, "one chance in each hour")
            #expect(try await dead(bench).first?.since == since)

            bench.erp.change { $0.faults = [] }
            try await bench.pass(.seconds(3600))
            #expect(try await dead(bench).isEmpty)
            let told = try await bench.texts("SELECT action AS text FROM audit WHERE subject_kind = 'job' ORDER BY at")
            #expect(told == ["job dead", "job alive"])
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func aJobByHandRestsWhenItIsDeadUntilSomebodyAsks(kind: TestDatabaseKind) async throws {
        try await withExportBench(kind) { bench in
            fails(bench, times: 6)
            try await bench.run(.customers)
            for _ in 0..<20 { try await bench.pass(.seconds(1800)) }
            #expect(try await runs(bench) == 5)
            #expect(try await dead(bench).count == 1)

            // The first run that is asked for fails once more, and has its attempts again.
            try await bench.run(.customers)
            #expect(try await dead(bench).count == 1, "the mark stands until a success")
            try await bench.pass(.seconds(31))
            #expect(try await dead(bench).isEmpty)
            #expect(try await runs(bench) == 7)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func toBeToldWhenToComeAgainIsNoFailure(kind: TestDatabaseKind) async throws {
        try await withExportBench(kind) { bench in
            fails(bench, with: ERPError(.tryLater(after: .seconds(60)), "429", request: "GET"), times: 12)
            try await bench.run(.customers)
            for _ in 0..<12 { try await bench.pass(.seconds(61)) }
            #expect(try await runs(bench) == 13)
            #expect(try await dead(bench).isEmpty)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func aJobThatTakesTheProcessDownIsGivenUp(kind: TestDatabaseKind) async throws {
        try await withExportBench(kind) { bench in
            _ = try await bench.transaction { try $0.requestRun(of: .customers, by: "test") }
            var taken = 0
            for _ in 0..<10 {
                let claim = try await JobClaim.take(
                    from: bench.database, owner: "dying", randomness: bench.randomness, lease: .seconds(60))
                if claim != nil { taken += 1 }
                bench.clock.advance(by: .seconds(61))
            }
            #expect(taken == 5)
            #expect(try await dead(bench).map(\.because) == ["the process that ran it stopped"])
            #expect(try await bench.run(.customers).succeeded)
            #expect(try await dead(bench).isEmpty)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func reconcilingHasNoLimit(kind: TestDatabaseKind) async throws {
        try await withExportBench(kind) { bench in
            bench.erp.change { $0.scriptedPosts = [.storedWithoutAnswer] }
            try await bench.approvedHours("e1")
            try await bench.run()
            bench.erp.change { $0.searchFault = Self.down }
            for _ in 0..<30 { try await bench.pass(.seconds(400)) }
            #expect(try await bench.documents().map(\.state) == [.unknown])
            bench.erp.change { $0.searchFault = nil }
            try await bench.pass(.seconds(400))
            #expect(try await bench.state("e1") == .transferred)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func aMarkThatFailsIsGivenUpAfterTwentyAttemptsAndStopsNoOther(kind: TestDatabaseKind) async throws {
        try await withExportBench(kind) { bench in
            try await bench.approvedHours("e1")
            try await bench.run()
            try await bench.execute("UPDATE outbox SET done_at = NULL")
            // As after a restore of half the tables: confirmed, but the entry is not approved.
            try await bench.execute(
                "UPDATE hour_entry SET state = 'registered', transferred_at = NULL, transferred_reference = NULL")
            try await bench.approvedHours("e2", 3, date: "2026-11-13")
            try await bench.run()
            #expect(try await bench.state("e2") == .transferred)
            for _ in 0..<40 { try await bench.pass(.seconds(1801)) }
            let attempts = try await bench.texts("SELECT CAST(max(attempts) AS TEXT) AS text FROM outbox")
            #expect(attempts == ["20"])
            let mark = try #require(try await bench.transaction { try $0.deadMarks() }.first)
            #expect(mark.erpNumber == "PM1" && !mark.because.isEmpty)
            let before = try await runs(bench)
            try await bench.pass(.seconds(7200))
            #expect(try await runs(bench) == before, "what is given up makes no job due")

            try await bench.execute("UPDATE hour_entry SET state = 'approved' WHERE id = 'e1'")
            try await bench.run()
            #expect(try await bench.transaction { try $0.deadMarks() }.isEmpty)
            #expect(try await bench.state("e1") == .transferred)
            #expect(bench.posts == 2)
        }
    }
}
