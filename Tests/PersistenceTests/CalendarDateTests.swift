import Foundation
import Persistence
import Testing
import TestSupport

@Suite struct CalendarDateTests {
    private func date(_ text: String) throws -> CalendarDate { try #require(CalendarDate(text), "\(text)") }

    @Test(arguments: ["2026-11-16", "1900-01-01", "2199-12-31", "2024-02-29", "2000-02-29"])
    func textGoesThereAndBack(text: String) throws {
        #expect(try date(text).description == text)
        #expect(try CalendarDate(sqlValue: date(text).sqlValue) == date(text))
        let json = try JSONEncoder().encode([date(text)])
        #expect(String(decoding: json, as: UTF8.self) == "[\"\(text)\"]")
        #expect(try JSONDecoder().decode([CalendarDate].self, from: json) == [date(text)])
    }

    @Test(arguments: [
        "", "2026-1-1", "2026-13-01", "2026-00-10", "2026-04-31", "2026-02-29", "1900-02-29", "2100-02-29",
        "1899-12-31",
        "2200-01-01", "2026-11-16 ", " 2026-11-16", "2026-11-16T00:00", "26-11-16", "2026/11/16", "+026-11-16",
        "2026-11-1６", "2026-11-16-", "-2026-11-16",
    ])
    func whatNoCalendarHasIsRefused(text: String) {
        #expect(CalendarDate(text) == nil)
        #expect(throws: SQLError.unreadable("date expected (yyyy-mm-dd)")) {
            try CalendarDate(sqlValue: .text(text))
        }
    }

    @Test func everyDayFollowsTheOneBefore() throws {
        var day = try date("1900-01-01")
        var count = 0
        while let next = day.adding(days: 1) {
            #expect(day < next && day.days(to: next) == 1 && next.days(to: day) == -1)
            day = next
            count += 1
        }
        #expect(try day == date("2199-12-31"))
        #expect(count == 109_572)
        #expect(try date("1900-01-01").days(to: day) == count)
    }

    @Test func daysAreCountedOverLeapYears() throws {
        #expect(try date("2024-02-28").days(to: date("2024-03-01")) == 2)
        #expect(try date("2026-02-28").days(to: date("2026-03-01")) == 1)
        #expect(try date("2000-01-01").days(to: date("2001-01-01")) == 366)
        #expect(try date("2026-12-31").adding(days: 1) == date("2027-01-01"))
        #expect(try date("2026-01-01").adding(days: -1) == date("2025-12-31"))
    }

    @Test(arguments: [Int.max, .min, 1_000_000_000, -1_000_000_000, 110_000])
    func farAwayDaysAreNone(days: Int) throws {
        #expect(try date("2026-11-16").adding(days: days) == nil)
    }

    /// Norway is one hour ahead of UTC in winter and two in summer (from 2026-03-29 to 2026-10-25).
    @Test(arguments: [
        ("2026-03-28T22:59:59Z", "2026-03-28"), ("2026-03-28T23:00:00Z", "2026-03-29"),
        ("2026-03-29T21:59:59Z", "2026-03-29"), ("2026-03-29T22:00:00Z", "2026-03-30"),
        ("2026-10-24T22:00:00Z", "2026-10-25"), ("2026-10-25T22:30:00Z", "2026-10-25"),
        ("2026-10-25T23:00:00Z", "2026-10-26"), ("2026-12-31T23:00:00Z", "2027-01-01"),
    ])
    func theDayInNorwayFollowsSummerTime(instant: String, day: String) throws {
        let seconds = try #require(try? Date(instant, strategy: .iso8601)).timeIntervalSince1970
        let time = Timestamp(milliseconds: Int64(seconds) * 1000)
        #expect(CalendarDate(inNorwayAt: time)?.description == day)
    }
}
