import Foundation
import Persistence
import Proresult
import TestSupport
import Testing

@testable import Sync

/// Many lines mended at once: what becomes ready, what is still stopped, and that a refusal changes nothing.
@Suite struct MendingTests {
    private static let administrator = Actor(username: "admin", role: .administrator)
    private static let own = ProjectWorkTypeID("own")

    private func mend(
        _ bench: ExportBench, _ act: Mending.Act, by actor: Actor = Self.administrator
    ) async throws -> Mending.Outcome {
        let (now, randomness) = (bench.clock.now, bench.randomness)
        return try await bench.transaction { transaction in
            let today = try #require(CalendarDate(inNorwayAt: now))
            return try Mending.carryOut(
                act, by: actor, today: today, at: now, randomness: randomness, in: transaction)
        }
    }

    private func refresh(_ bench: ExportBench) async throws {
        try await FactsReading(database: bench.database) { [erp = bench.erp] _ in erp }.refresh(ExportBench.company)
    }

    /// A work type of our own beside the two tasks.
    private func addOwnWorkType(_ bench: ExportBench) async throws {
        try await bench.transaction { transaction in
            try WorkType.insert([WorkType(id: WorkTypeID("own"), number: "9", name: "Lager")], in: transaction)
            var own = ProjectWorkType(id: Self.own, projectID: ExportBench.project, origin: .proresult, name: "Lager")
            own.workTypeID = WorkTypeID("own")
            try ProjectWorkType.insert([own], in: transaction)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func linkingAWorkerMakesAllTheWorkersLinesReady(kind: TestDatabaseKind) async throws {
        try await withExportBench(kind) { bench in
            for day in 2...5 { try await bench.approvedHours("e\(day)", date: "2026-11-0\(day)") }
            try await bench.approvedHours("closed", date: "2026-09-02")
            try await refresh(bench)
            try await bench.hinder(.workerNotLinked)
            let outcome = try await mend(bench, .link([ExportBench.worker: "7"]))
            #expect(outcome == Mending.Outcome(ready: 4, stopped: 1, reasons: [.periodClosed(period: "202609")]))
            let nobody = try await mend(bench, .link([ExportBench.worker: "99"]))
            #expect(nobody.ready == 0)
            #expect(nobody.reasons.first == .employeeNotInERP(worker: "Kari", number: "99"))
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func anotherWorkTypeIsChosenForManyAndTheyAreApprovedAgain(kind: TestDatabaseKind) async throws {
        try await withExportBench(kind) { bench in
            try await addOwnWorkType(bench)
            for day in 2...4 { try await bench.approvedHours("e\(day)", date: "2026-11-0\(day)", on: Self.own) }
            try await bench.approvedHours("waiting", date: "2026-11-05", on: Self.own, approved: false)
            let ids = ["e2", "e3", "waiting"].map { HourEntryID($0) }
            let outcome = try await mend(bench, .workType(ids, [ExportBench.project: ExportBench.task10]))
            #expect(outcome == Mending.Outcome(ready: 2, stopped: 1, reasons: [.notApproved]))
            #expect(try await bench.state("e2") == .approved)
            #expect(try await bench.state("waiting") == .registered)
            let left = try await bench.transaction { try HourEntry.get(HourEntryID("e4"), in: $0) }
            #expect(left.projectWorkTypeID == Self.own, "what was not ticked stays")
            let again = try await mend(bench, .workType([HourEntryID("e2")], [ExportBench.project: ExportBench.task10]))
            #expect(again.ready == 1, "doing it twice changes nothing")
            let none = try await mend(bench, .workType(ids, [ProjectID("other"): ExportBench.task10]))
            #expect(none.all == 0)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func oneLineThatRefusesKeepsAllAsTheyWere(kind: TestDatabaseKind) async throws {
        try await withExportBench(kind) { bench in
            try await addOwnWorkType(bench)
            for day in 2...4 { try await bench.approvedHours("e\(day)", date: "2026-11-0\(day)", on: Self.own) }
            try await bench.execute(
                "UPDATE hour_entry SET transferred_run = 'run' WHERE id = 'e3'")
            let ids = ["e2", "e3", "e4"].map { HourEntryID($0) }
            let date = try #require(CalendarDate("2026-11-03"))
            await #expect(
                throws: Mending.Refused(subject: "Kari", date: date, because: .beingTransferred(.hourEntry))
            ) { _ = try await mend(bench, .workType(ids, [ExportBench.project: ExportBench.task10])) }
            await #expect(throws: Mending.Refused.self, "our own would be stopped again") {
                _ = try await mend(bench, .workType([HourEntryID("e2")], [ExportBench.project: Self.own]))
            }
            await #expect(throws: ProresultError.notFound(.hourEntry, key: "strange")) {
                _ = try await mend(bench, .approve([HourEntryID("strange")]))
            }
            let unchanged = try await bench.transaction { try HourEntry.find(ids, in: $0) }
            #expect(unchanged.map(\.projectWorkTypeID) == [Self.own, Self.own, Self.own])
            #expect(unchanged.map(\.version) == [1, 1, 1])
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func aWageAndAnApprovalMakeLinesReady(kind: TestDatabaseKind) async throws {
        try await withExportBench(kind) { bench in
            try await bench.approvedHours("early", date: "2026-11-02")
            try await bench.approvedHours("late", date: "2026-11-09")
            try await bench.hinder(.noWage)
            let day = try #require(CalendarDate("2026-11-09"))
            let wage = try await mend(bench, .wage([ExportBench.worker: .init(300, from: day)]))
            #expect((wage.ready, wage.stopped) == (1, 1))
            await #expect(
                throws: Mending.Refused(
                    subject: "Kari", date: nil, because: .notPositive(.wage, field: "hourlyWage"))
            ) { _ = try await mend(bench, .wage([ExportBench.worker: .init(-1, from: day)])) }
            try await bench.set(SyncSettings.Key.hoursItemNumber, "TIMER")
            try await bench.approvedHours("waiting", date: "2026-11-10", approved: false)
            let approved = try await mend(bench, .approve([HourEntryID("waiting")]))
            #expect(approved == Mending.Outcome(ready: 1, stopped: 0, reasons: []))
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func whereTwoMustApproveTheSecondIsStillAsked(kind: TestDatabaseKind) async throws {
        try await withExportBench(kind) { bench in
            try await addOwnWorkType(bench)
            try await bench.approvedHours("e1", date: "2026-11-02", on: Self.own)
            try await bench.transaction {
                try CompanySetting.set("hours.approvalSteps", "2", in: $0)
            }
            let outcome = try await mend(
                bench, .workType([HourEntryID("e1")], [ExportBench.project: ExportBench.task10]))
            #expect(outcome == Mending.Outcome(ready: 0, stopped: 1, reasons: [.notApproved]))
            #expect(try await bench.state("e1") == .approvedStep1)
        }
    }

    @Test(
        arguments: TestDatabaseKind.allCases,
        [
            (Mending.Act.link([ExportBench.worker: "7"]), [Role.administrator]),
            (.wage([:]), [.administrator, .bookkeeper]),
            (.workType([], [:]), [.administrator, .leader]), (.approve([]), [.administrator, .leader]),
        ])
    func everyActHasItsRoles(kind: TestDatabaseKind, act: (Mending.Act, [Role])) async throws {
        try await withExportBench(kind) { bench in
            for role in Role.allCases {
                let actor = Actor(username: "someone", role: role)
                if act.1.contains(role) {
                    _ = try await mend(bench, act.0, by: actor)
                } else {
                    await #expect(throws: ProresultError.self) { _ = try await mend(bench, act.0, by: actor) }
                }
            }
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func theChoicesNeedAsManyStatementsForManyLines(kind: TestDatabaseKind) async throws {
        try await withExportBench(kind) { bench in
            try await refresh(bench)
            let database = RecordedDatabase(bench.database)
            func read() async throws -> Int {
                try await database.counting {
                    _ = try await database.read(company: ExportBench.company) { transaction in
                        try MendingChoices(for: Board.read(.hours, in: transaction).lines, in: transaction)
                    }
                }
            }
            try await bench.approvedHours("e0")
            let few = try await read()
            for number in 1...20 { try await bench.approvedHours("e\(number)", 1, date: "2026-10-12") }
            #expect(try await read() == few)
        }
    }
}
