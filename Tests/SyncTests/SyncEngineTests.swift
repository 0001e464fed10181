import Foundation
import Logging
import Persistence
import Proresult
import TestSupport
import Testing

@testable import Sync

@Suite struct SyncEngineTests {
    @Test(arguments: TestDatabaseKind.allCases)
    func jobsThatAreDueTogetherRunInTheOrderInWhichTheyBuildOnEachOther(kind: TestDatabaseKind) async throws {
        try await withExportBench(kind) { bench in
            try await bench.transaction { transaction in
                for job in JobName.allCases.reversed() { _ = try transaction.requestRun(of: job, by: "test") }
            }
            var order: [JobName] = []
            while let finished = try await bench.engine().tick() { order.append(finished.job) }
            #expect(order == [.customers, .projects, .items, .hours, .withdrawals])
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func nothingRunsThatIsSwitchedOffOrNotDue(kind: TestDatabaseKind) async throws {
        try await withExportBench(kind) { bench in
            try await bench.transaction { transaction in
                try transaction.setJob(.items, enabled: false, automatic: true)
                #expect(try transaction.requestRun(of: .items, by: "test") == false)
                try transaction.setJob(.customers, enabled: true, automatic: true)
            }
            #expect(try await bench.engine().tick() == nil)
            bench.clock.advance(by: .seconds(3600))
            #expect(try await bench.engine().tick()?.job == .customers)
            #expect(try await bench.engine().tick() == nil)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func aMissedNightOfHoursRunsOnce(kind: TestDatabaseKind) async throws {
        try await withExportBench(kind) { bench in
            try await bench.transaction { try $0.setJob(.customers, enabled: true, automatic: true) }
            bench.clock.advance(by: .seconds(10 * 3600))
            var runs = 0
            while try await bench.engine().tick() != nil { runs += 1 }
            #expect(runs == 1)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func aManualJobInDoubtFinishesItsDocumentButCollectsNothing(kind: TestDatabaseKind) async throws {
        try await withExportBench(kind) { bench in
            bench.erp.change { $0.scriptedPosts = [.storedWithoutAnswer] }
            try await bench.approvedHours("e1")
            try await bench.run()
            try await bench.approvedHours("e2", 3, date: "2026-11-13")
            try await bench.pass(.seconds(500))
            #expect(try await bench.state("e1") == .transferred)
            #expect(try await bench.state("e2") == .approved)
            #expect(bench.lines == ["7 TIMER 8 200"])
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func manyWorkersRunEachJobOnce(kind: TestDatabaseKind) async throws {
        try await withExportBench(kind) { bench in
            for number in 1...8 { try await bench.approvedHours("e\(number)", 1) }
            try await bench.transaction { transaction in
                for job in JobName.allCases { _ = try transaction.requestRun(of: job, by: "test") }
            }
            try await withThrowingTaskGroup(of: [JobName].self) { group in
                for worker in 0..<8 {
                    group.addTask {
                        var done: [JobName] = []
                        for _ in 0..<12 {
                            if let run = try await bench.engine(owner: "w\(worker)").tick() { done.append(run.job) }
                        }
                        return done
                    }
                }
                let done = try await group.reduce(into: []) { $0 += $1 }
                #expect(Set(done).count == done.count, "no job ran twice: \(done)")
            }
            while try await bench.engine().tick() != nil {}
            #expect(bench.lines.count == 8)
            #expect(try await bench.transaction { try $0.query("SELECT id FROM run").count } == 5)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func aRunThatLostItsLeaseWritesNothingMore(kind: TestDatabaseKind) async throws {
        try await withExportBench(kind) { bench in
            try await bench.approvedHours("e1")
            // While the POST is under way the process is paused past its lease, and another takes the job over.
            bench.erp.change { world in
                world.onPost = {
                    bench.erp.change { $0.onPost = nil }
                    bench.clock.advance(by: .seconds(130))
                    _ = try? await bench.engine(owner: "second").tick()
                }
            }
            await #expect(throws: LeaseLost.self) { try await bench.run() }
            #expect(try await bench.documents().map(\.state) == [.unknown], "the second saw a document under way")
            let events = try await bench.transaction { transaction in
                try transaction.query("SELECT event FROM export_attempt ORDER BY event").map {
                    try $0.get("event", as: String.self)
                }
            }
            #expect(events == ["late", "sent"], "the late answer is kept as evidence")
            try await bench.pass(.seconds(600))
            try await bench.pass(.seconds(600))
            #expect(bench.lines.count == 1)
            #expect(try await bench.state("e1") == .transferred)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func aDeadRunIsTakenOverWhenItsLeaseEnds(kind: TestDatabaseKind) async throws {
        try await withExportBench(kind) { bench in
            _ = try await bench.transaction { try $0.requestRun(of: .hours, by: "test") }
            _ = try await JobClaim.take(
                from: bench.database, owner: "dead", randomness: bench.randomness, lease: .seconds(60))
            #expect(try await bench.engine().tick() == nil)
            bench.clock.advance(by: .seconds(61))
            #expect(try await bench.engine().tick()?.job == .hours)
            let outcomes = try await bench.transaction { transaction in
                try transaction.query("SELECT outcome FROM run ORDER BY started_at").map {
                    try $0.get("outcome", as: String.self)
                }
            }
            #expect(outcomes == ["abandoned", "succeeded"])
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func aCompanyThatMustSignInAgainDoesNotDisturbTheOthers(kind: TestDatabaseKind) async throws {
        try await withExportBench(kind) { bench in
            let other = CompanyID("other")
            try await bench.database.transaction(company: other) { transaction in
                try transaction.execute(
                    "INSERT INTO company (id, name, code, created_at) VALUES (\(other), 'Andre AS', 'other', 0)")
                try transaction.createJobs()
                _ = try transaction.requestRun(of: .customers, by: "test")
            }
            _ = try await bench.transaction { try $0.requestRun(of: .customers, by: "test") }
            let engine = SyncEngine(
                database: bench.database, owner: "test", randomness: bench.randomness,
                logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
            ) { company, _ in
                guard company == other else { return bench.erp }
                throw ERPError(.reconnect, "sign in again", request: "token")
            }
            var outcomes: [CompanyID: RunOutcome] = [:]
            while let finished = try await engine.tick() { outcomes[finished.company] = finished.outcome }
            #expect(outcomes[other]?.consequence == .reconnect)
            #expect(outcomes[ExportBench.company]?.succeeded == true)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func aRunThatFailedHalfWayKeepsItsFigures(kind: TestDatabaseKind) async throws {
        try await withExportBench(kind) { bench in
            bench.erp.change { world in
                world.pageSize = 2
                world.customers = customers(1...5)
                world.faults = [
                    FakeERP.PageFault(
                        resource: .customers, page: 2,
                        effect: .fails(ERPError(.tryLater(after: nil), "503", request: "GET")))
                ]
            }
            let outcome = try await bench.run(.customers)
            #expect(outcome.counts.created == 2)
            #expect(outcome.consequence == .tryLater(after: nil))
            let words = try await bench.transaction { transaction in
                try transaction.query("SELECT outcome FROM run").map { try $0.get("outcome", as: String.self) }
            }
            #expect(words == ["partly"])
            try await bench.pass(.seconds(31))
            #expect(try await bench.transaction { try $0.query("SELECT id FROM customer").count } == 5)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func aSignOfLifeKeepsALongRunAlive(kind: TestDatabaseKind) async throws {
        try await withExportBench(kind) { bench in
            try await bench.approvedHours("e1")
            _ = try await bench.transaction { try $0.requestRun(of: .hours, by: "test") }
            let (beat, beats) = AsyncStream.makeStream(of: Void.self)
            let (answered, answers) = AsyncStream.makeStream(of: Void.self)
            let engine = SyncEngine(
                database: bench.database, owner: "slow", randomness: bench.randomness,
                logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
                life: SyncEngine.Life(heartbeat: {
                    answers.yield()
                    for await _ in beat { return }
                    throw CancellationError()
                })
            ) { _, _ in bench.erp }
            bench.erp.change { world in
                world.onPost = {
                    var turns = answered.makeAsyncIterator()
                    _ = await turns.next()
                    // Twice most of the lease passes, with a sign of life between.
                    for _ in 0..<2 {
                        bench.clock.advance(by: .seconds(100))
                        beats.yield()
                        _ = await turns.next()
                    }
                    let second = try? await bench.engine(owner: "second").tick()
                    #expect(second.flatMap { $0 } == nil)
                }
            }
            #expect(try await engine.tick()?.outcome.error == nil)
            #expect(bench.lines.count == 1)
        }
    }
}
