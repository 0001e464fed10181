import Foundation
import Persistence
import Proresult
import TestSupport
import Testing

@Suite struct HourListTests {
    /// Monday 16 November: 7.5 h with overtime, approved, and 1 h rejected twice; Friday before it: 4 h.
    private func withHours(_ kind: TestDatabaseKind, _ body: (Shore) async throws -> Void) async throws {
        try await withShore(kind) { shore in
            try await shore.run { transaction throws in
                var draft = try shore.hours(decimal("7.5"))
                (draft.overtime50, draft.overtime100) = (2, decimal("0.5"))
                try shore.register(draft, id: "h1", in: transaction)
                try shore.approve("h1", in: transaction)
                try shore.register(try shore.hours(1), id: "h2", in: transaction)
                try shore.reject("h2", comment: "feil prosjekt", in: transaction)
                try shore.edit(try shore.hours(2), id: "h2", in: transaction)
                try HourEntry.reject(
                    HourEntryID("h2"), by: shore.otherLeader, comment: "fremdeles feil", at: shore.now + .seconds(1),
                    randomness: shore.randomness, in: transaction)
                try shore.register(try shore.hours(4, on: "2026-11-13"), id: "h3", in: transaction)
            }
            try await body(shore)
        }
    }

    private func week(_ text: String) throws -> ISOWeek { try #require(ISOWeek(text)) }

    @Test(arguments: TestDatabaseKind.allCases)
    func aRowTellsNamesStateAndWhyItWasSentBack(kind: TestDatabaseKind) async throws {
        try await withHours(kind) { shore in
            let week = try week("2026-W47")
            let page = try await shore.run { try HourList(week: week).page(in: $0) }
            #expect(page.total == 2)
            let approved = try #require(page.rows.first { $0.entry.id.text == "h1" })
            #expect(approved.workerName == "Kari Nordmann" && approved.employeeNumber == "7")
            #expect(approved.projectNumber == "10" && approved.projectName == "Brygge")
            #expect(approved.workTypeName == "Graving" && approved.workTypeOrigin == .visma)
            #expect(approved.vismaTaskID == "100" && approved.rejectionComment == nil && approved.isChoosable)
            let rejected = try #require(page.rows.first { $0.entry.id.text == "h2" })
            #expect(rejected.rejectionComment == "fremdeles feil" && rejected.rejectedBy == "lise")
            let again = try await shore.run { try HourRow.get(HourEntryID("h2"), in: $0) }
            #expect(again == rejected)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func aTransferredEntryShowsItsReference(kind: TestDatabaseKind) async throws {
        try await withHours(kind) { shore in
            let row = try await shore.run { transaction throws in
                try shore.transfer("h1", reference: "PRX-9", in: transaction)
                return try HourRow.get(HourEntryID("h1"), in: transaction)
            }
            #expect(row.entry.transferredReference == "PRX-9" && row.entry.state == .transferred)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func hoursAreFoundByDaysWorkerProjectAndState(kind: TestDatabaseKind) async throws {
        try await withHours(kind) { shore async throws in
            let from = try #require(CalendarDate("2026-11-01"))
            for (list, ids) in [
                (HourList(from: from, to: shore.today), ["h3", "h1", "h2"]),
                (HourList(from: from, to: shore.today, newestFirst: true), ["h1", "h2", "h3"]),
                (HourList(from: from, to: shore.today, states: [.registered, .rejected]), ["h3", "h2"]),
                (HourList(from: from, to: shore.today, worker: WorkerID("nobody")), []),
                (HourList(from: from, to: from, project: shore.project.id), []),
                (HourList(from: from, to: shore.today, project: shore.project.id, states: [.approved]), ["h1"]),
            ] {
                let found = try await shore.run { try list.page(in: $0).rows.map(\.entry.id.text) }
                #expect(found == ids)
            }
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func aWeekAddsUpEachWorkersHoursByState(kind: TestDatabaseKind) async throws {
        try await withHours(kind) { shore in
            let week = try week("2026-W47")
            let rows = try await shore.run { try HourWeek(week, in: $0).rows }
            let row = try #require(rows.first)
            #expect(rows.count == 1 && row.workerName == "Kari Nordmann" && !row.isLinked)
            #expect(row.hours[.approved].total == decimal("7.5") && row.hours[.approved].ordinary == 5)
            #expect(row.hours[.approved].overtime50 == 2 && row.hours[.approved].overtime100 == decimal("0.5"))
            #expect(row.hours[.rejected].total == 2 && row.hours.counted.entries == 1)
            let none = try await shore.run { try HourWeek(week, search: "ola", in: $0).rows }
            #expect(none.isEmpty)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func aWorkersWeekHasSevenDays(kind: TestDatabaseKind) async throws {
        try await withHours(kind) { shore in
            let week = try week("2026-W47")
            let own = try await shore.run { try WorkerWeek(of: shore.kari.id, week, in: $0) }
            #expect(own.days.map(\.rows.count) == [2, 0, 0, 0, 0, 0, 0])
            #expect(own.days.first?.total == decimal("7.5") && own.total == decimal("7.5"))
            #expect(own.days.last?.date == CalendarDate("2026-11-22"))
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func copyYesterdayTakesTheLastDayThatHasHours(kind: TestDatabaseKind) async throws {
        try await withHours(kind) { shore async throws in
            for (day, ids) in [("2026-11-17", ["h1"]), ("2026-11-16", ["h3"]), ("2026-11-13", [])] {
                let date = try #require(CalendarDate(day))
                let found = try await shore.run {
                    try HourRow.lastDay(of: shore.kari.id, before: date, in: $0).map(\.entry.id.text)
                }
                #expect(found == ids)
            }
            let closed = try await shore.run { transaction throws in
                try ProjectWorkType.close(shore.workType.id, at: shore.now, in: transaction)
                return try HourRow.lastDay(of: shore.kari.id, before: shore.today, in: transaction)
            }
            #expect(closed.map(\.isChoosable) == [false])
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func anEntryThatWaitsForASecondPersonTellsWhoWasTheFirst(kind: TestDatabaseKind) async throws {
        try await withHours(kind) { shore in
            let row = try await shore.run { transaction throws in
                try CompanySetting.set("hours.approvalSteps", "2", in: transaction)
                try shore.approve("h3", by: shore.leader, in: transaction)
                return try HourRow.get(HourEntryID("h3"), in: transaction)
            }
            #expect(row.firstApprovedBy == "leif")
        }
    }

    @Test(arguments: [
        ("2026-11-16", "2026-W47"), ("2027-01-03", "2026-W53"), ("2027-01-04", "2027-W01"), ("2024-12-30", "2025-W01"),
    ])
    func weeksAreNumberedAsOnTheWall(date: String, week: String) throws {
        let date = try #require(CalendarDate(date))
        #expect(ISOWeek(containing: date)?.description == week)
        #expect(try self.week(week).days.contains(date))
    }

    @Test(arguments: ["2025-W53", "2026-W00", "2026-W1", "2026-47", "x", "2026-W54", ""])
    func aWeekThatNoCalendarHasIsNone(text: String) {
        #expect(ISOWeek(text) == nil)
    }
}
