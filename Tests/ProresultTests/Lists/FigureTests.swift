import Foundation
import Persistence
import Proresult
import TestSupport
import Testing

@Suite struct FigureTests {
    @Test(arguments: TestDatabaseKind.allCases)
    func anEmptyCompanyTellsThatAllIsMissing(kind: TestDatabaseKind) async throws {
        try await withShore(kind) { shore in
            let before = try await shore.run { try CompanyOverview(today: shore.today, in: $0) }
            #expect(before.workers == 1 && before.linkedWorkers == 0 && before.workersWithoutWage == 1)
            #expect(before.customers == 0 && before.projects == 1 && before.linkedProjects == 0 && before.items == 1)
            #expect(before.entriesAwaitingApproval == 0 && before.entriesApproved == 0)
            let after = try await shore.run { transaction throws in
                try shore.kari.setWage(250, validFrom: shore.today, in: transaction)
                try Worker.link(shore.kari.id, vismaEmployeeNumber: "7", in: transaction)
                try shore.register(try shore.hours(1), id: "h1", in: transaction)
                try shore.register(try shore.hours(1), id: "h2", in: transaction)
                try shore.approve("h2", in: transaction)
                try shore.takeOut(shore.goods(), in: transaction)
                return try CompanyOverview(today: shore.today, in: transaction)
            }
            #expect(after.linkedWorkers == 1 && after.workersWithoutWage == 0)
            #expect(after.entriesAwaitingApproval == 1 && after.entriesApproved == 1)
            #expect(after.withdrawalsNotInvoiced == 1)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func aWeeksValueIsHoursByTheWageOfTheirDayRoundedLineByLine(kind: TestDatabaseKind) async throws {
        try await withShore(kind) { shore in
            let figures = try await shore.run { transaction throws in
                try shore.kari.setWage(decimal("250.05"), validFrom: try date("2026-11-01"), in: transaction)
                try shore.kari.setWage(300, validFrom: try date("2026-11-16"), in: transaction)
                // 0.25 × 250.05 is 62.5125 each: 62.51 twice, not 125.03.
                try shore.register(try shore.hours(decimal("0.25"), on: "2026-11-13"), id: "h1", in: transaction)
                try shore.register(try shore.hours(decimal("0.25"), on: "2026-11-13"), id: "h2", in: transaction)
                var draft = try shore.hours(8)
                (draft.overtime50, draft.overtime100) = (2, 1)
                try shore.register(draft, id: "h3", in: transaction)
                try shore.approve("h3", in: transaction)
                try shore.register(try shore.hours(8, on: "2026-10-01"), id: "h4", in: transaction)
                try shore.takeOut(shore.goods(2), in: transaction)
                return try WeeklyFigures(weeks: 3, today: shore.today, in: transaction)
            }
            #expect(figures.weeks.map(\.week.description) == ["2026-W45", "2026-W46", "2026-W47"])
            let (empty, last, this) = (figures.weeks[0], figures.weeks[1], figures.weeks[2])
            #expect(empty.hours.counted.entries == 0 && empty.hourValue.isEmpty && empty.withdrawals.isEmpty)
            #expect(last.hours[.registered].total == decimal("0.5"))
            #expect(last.hourValue == [.registered: decimal("125.02")])
            // 5 ordinary, 2 at half as much again, 1 at double.
            #expect(this.hourValue == [.approved: 300 * 10])
            #expect(this.withdrawals[.registered]?.sales == 40 && this.withdrawals[.invoiced] == nil)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func hoursWithoutAWageCountAsHoursWithoutValue(kind: TestDatabaseKind) async throws {
        try await withShore(kind) { shore in
            let figures = try await shore.run { transaction throws in
                try shore.register(try shore.hours(8), in: transaction)
                return try WeeklyFigures(weeks: 1, today: shore.today, in: transaction)
            }
            #expect(figures.weeks.map { $0.hours[.registered].total } == [8])
            #expect(figures.weeks.map { $0.hourValue[.registered] } == [0])
        }
    }

    private func date(_ text: String) throws -> CalendarDate { try #require(CalendarDate(text)) }
}
