import Foundation
import Persistence
import Proresult
import TestSupport
import Testing

@testable import Sync

@Suite struct HoursExportTests {
    @Test(arguments: TestDatabaseKind.allCases)
    func oneEntryBecomesALineForEachKindOfHours(kind: TestDatabaseKind) async throws {
        try await withExportBench(kind) { bench in
            try await bench.approvedHours("e1", 10, overtime50: 2, overtime100: 1, billable: 8)
            let outcome = try await bench.run()
            #expect(outcome.error == nil)
            #expect(outcome.counts.sentLines == 3)
            #expect(bench.lines == ["7 TIMER 7 200", "7 TIMER 2 300", "7 TIMER 1 400"])
            let document = try #require(try await bench.documents().first)
            let payload = try document.transaction()
            #expect(payload.lines.map { $0.billableQuantity?.value } == [7, 1, 0])
            #expect(payload.lines.allSatisfy { $0.accountGroup == "5" && $0.task == "10" })
            #expect(payload.period == "202611")
            #expect(try await bench.state("e1") == .transferred)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func theWageIsTheOneThatWasValidOnTheDay(kind: TestDatabaseKind) async throws {
        try await withExportBench(kind) { bench in
            try await bench.transaction { transaction in
                let worker = try Worker.get(ExportBench.worker, in: transaction)
                if let raise = CalendarDate("2026-11-10") { try worker.setWage(250, validFrom: raise, in: transaction) }
            }
            try await bench.approvedHours("before", 4, date: "2026-11-09")
            try await bench.approvedHours("after", 5, date: "2026-11-10")
            try await bench.run()
            #expect(bench.lines == ["7 TIMER 4 200", "7 TIMER 5 250"])
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func aSecondRunSendsNothing(kind: TestDatabaseKind) async throws {
        try await withExportBench(kind) { bench in
            try await bench.approvedHours("e1")
            try await bench.run()
            let calls = bench.erp.change { $0.calls.count }
            let again = try await bench.run()
            #expect(again.counts.sentLines == 0)
            #expect(bench.lines.count == 1)
            #expect(bench.erp.change { $0.calls.count } == calls, "nothing waits, so nothing is asked")
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func hoursThatNobodyHasApprovedAskNothingAnewAndOthersDo(kind: TestDatabaseKind) async throws {
        try await withExportBench(kind) { bench in
            try await bench.approvedHours("e1", approved: false)
            try await bench.run()
            let calls = bench.erp.change { $0.calls.count }
            bench.clock.advance(by: .seconds(1700))
            #expect(try await bench.run().held.map(\.blockers) == [[.notApproved]])
            #expect(bench.erp.change { $0.calls.count } == calls)
            bench.clock.advance(by: .seconds(200))
            try await bench.run()
            #expect(bench.erp.change { $0.calls.count } > calls, "what it said is too old by now")
            // What may go is judged by what the ERP says now, however lately it was asked.
            try await bench.approvedHours("e2")
            bench.erp.change { $0.employees = [] }
            #expect(try await bench.run().counts.sentLines == 0)
        }
    }

    enum Hindrance: String, CaseIterable {
        case notApproved, workerNotLinked, employeeNotInERP, projectNotLinked, projectClosed, projectSuspended,
            taskClosed, noWage
        case settingMissing, accountNotUsable, periodClosed, periodMissing, beforeStartDate
    }

    @Test(arguments: TestDatabaseKind.allCases, Hindrance.allCases)
    func aLineThatCannotGoIsHeldWithItsReason(kind: TestDatabaseKind, hindrance: Hindrance) async throws {
        try await withExportBench(kind) { bench in
            let date =
                switch hindrance {
                case .periodClosed: "2026-09-10"
                case .periodMissing: "2026-08-10"
                default: "2026-11-12"
                }
            try await bench.approvedHours("e1", date: date, approved: hindrance != .notApproved)
            try await bench.hinder(hindrance)
            let outcome = try await bench.run()
            #expect(outcome.held.map { $0.blockers.map(\.code) } == [[hindrance.rawValue]])
            #expect(bench.lines.isEmpty)
            for language in [Language.norwegian, .english] {
                #expect(outcome.held.allSatisfy { $0.blockers.allSatisfy { !$0.text(language).isEmpty } })
            }
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func allReasonsAreToldNotTheFirst(kind: TestDatabaseKind) async throws {
        try await withExportBench(kind) { bench in
            try await bench.approvedHours("e1", date: "2026-09-10", approved: false)
            try await bench.hinder(.workerNotLinked)
            try await bench.hinder(.taskClosed)
            try await bench.hinder(.noWage)
            let outcome = try await bench.run()
            let codes = Set(outcome.held.flatMap { $0.blockers.map(\.code) })
            #expect(codes == ["notApproved", "workerNotLinked", "taskClosed", "noWage", "periodClosed"])
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func hoursOnAProresultWorkTypeNeverGo(kind: TestDatabaseKind) async throws {
        try await withExportBench(kind) { bench in
            try await bench.transaction { transaction in
                try WorkType.insert(
                    [WorkType(id: WorkTypeID("own"), number: "1", name: "Lager")], in: transaction)
                var own = ProjectWorkType(
                    id: ProjectWorkTypeID("own"), projectID: ExportBench.project, origin: .proresult, name: "Lager")
                own.workTypeID = WorkTypeID("own")
                try ProjectWorkType.insert([own], in: transaction)
            }
            try await bench.approvedHours("e1", on: ProjectWorkTypeID("own"))
            let outcome = try await bench.run()
            #expect(outcome.held.first?.blockers == [.workTypeNotFromVisma(workType: "Lager")])
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func aClosedPeriodMayBePassedOnToTheNextOpenOne(kind: TestDatabaseKind) async throws {
        try await withExportBench(kind) { bench in
            try await bench.set(.closedPeriod, "nextOpen")
            try await bench.approvedHours("e1", date: "2026-09-10")
            try await bench.run()
            let document = try #require(try await bench.documents().first)
            #expect(document.period == "202610")
            #expect(try document.transaction().lines.first?.date.description == "2026-09-10")
        }
    }

    @Test(arguments: TestDatabaseKind.allCases, ["202609", "209901"])
    func aChosenPeriodThatIsNotOpenIsRefusedAndNothingIsCollected(kind: TestDatabaseKind, period: String) async throws {
        try await withExportBench(kind) { bench in
            let empty = try await bench.run(period: period)
            #expect(empty.consequence == .askPerson, "a wrong choice is told also when nothing waits")
            try await bench.approvedHours("e1")
            let outcome = try await bench.run(period: period)
            #expect(outcome.error?.contains(Blocker.shown(period)) == true)
            #expect(outcome.consequence == .askPerson)
            #expect(try await bench.documents().isEmpty)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func byHandEverythingGoesToTheChosenPeriod(kind: TestDatabaseKind) async throws {
        try await withExportBench(kind) { bench in
            try await bench.approvedHours("e1", date: "2026-09-10")
            try await bench.approvedHours("e2", date: "2026-11-10")
            try await bench.run(period: "202612")
            #expect(try await bench.documents().map(\.period) == ["202612"])
            #expect(bench.lines.count == 2)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func aReversalOfTransferredHoursGoesOverWithOppositeSign(kind: TestDatabaseKind) async throws {
        try await withExportBench(kind) { bench in
            try await bench.approvedHours("e1", 9, overtime50: 1)
            try await bench.run()
            let now = bench.clock.now
            // A wage that was mended afterwards must not change what is taken back.
            try await bench.execute("UPDATE worker_wage SET hourly_wage = '999'")
            try await bench.transaction { transaction in
                let reversal = try HourEntry.reverse(
                    HourEntryID("e1"), reversalID: HourEntryID("r1"), by: ExportBench.leader, at: now, in: transaction)
                try HourEntry.approve(
                    reversal.id, by: ExportBench.leader, at: now, randomness: bench.randomness, in: transaction)
            }
            try await bench.run()
            #expect(bench.lines.suffix(2) == ["7 TIMER -8 200", "7 TIMER -1 300"])
        }
    }
}

extension ExportBench {
    func hinder(_ hindrance: HoursExportTests.Hindrance) async throws {
        switch hindrance {
        case .notApproved, .periodClosed, .periodMissing: break
        case .workerNotLinked: try await transaction { try Worker.unlink(Self.worker, in: $0) }
        case .employeeNotInERP: erp.change { $0.employees[0].isActive = false }
        case .projectNotLinked: try await execute("UPDATE project SET erp_number = NULL")
        case .projectClosed: try await execute("UPDATE project SET erp_state = 'closed'")
        case .projectSuspended: try await execute("UPDATE project SET erp_state = 'suspended'")
        case .taskClosed: try await execute("UPDATE project_work_type SET closed_at = 1")
        case .noWage: try await execute("DELETE FROM worker_wage")
        case .settingMissing: try await set(.hoursItemNumber, "")
        case .accountNotUsable: try await set(.hoursDebitAccount, "9999")
        case .beforeStartDate: try await set(.hoursStartDate, "2026-11-13")
        }
    }
}
