import Testing

@testable import VismaNet

@Suite struct TimeTests {
    @Test(arguments: [
        ("2026-01-05", "2026-01-05T00:00:00.0000000"),
        ("2026-01-05T10:11:12", "2026-01-05T10:11:12.0000000"),
        ("2026-01-05 10:11:12.5", "2026-01-05T10:11:12.5000000"),
        ("2026-02-01T10:11:12.123", "2026-02-01T10:11:12.1230000"),
        ("2026-02-01T10:11:12.1234567", "2026-02-01T10:11:12.1234567"),
        ("2026-01-05T10:00:00Z", "2026-01-05T11:00:00.0000000"),
        ("2026-07-05T10:00:00Z", "2026-07-05T12:00:00.0000000"),
        ("2026-07-05T10:00:00.75+02:00", "2026-07-05T10:00:00.7500000"),
        ("2026-01-05T10:00:00+01:00", "2026-01-05T10:00:00.0000000"),
        ("2026-01-05T01:30:00-05:00", "2026-01-05T07:30:00.0000000"),
        ("2026-03-29T00:59:59Z", "2026-03-29T01:59:59.0000000"),
        ("2026-03-29T01:00:00Z", "2026-03-29T03:00:00.0000000"),
        ("2026-10-25T00:59:59Z", "2026-10-25T02:59:59.0000000"),
        ("2026-10-25T01:00:00Z", "2026-10-25T02:00:00.0000000"),
        ("2025-12-31T23:30:00Z", "2026-01-01T00:30:00.0000000"),
        ("0001-01-01T00:00:00", "0001-01-01T00:00:00.0000000"),
        ("9999-12-31T23:59:59.9999999", "9999-12-31T23:59:59.9999999"),
        ("2024-02-29T00:00:00", "2024-02-29T00:00:00.0000000"),
    ]) func timeIsReadToOneCanonicalText(text: String, canonical: String) throws {
        let time = try #require(VismaDateTime(text))
        #expect(time.text == canonical)
        #expect(VismaDateTime(time.text) == time)
    }

    @Test(arguments: [
        "", "2026", "2026-02-30", "2025-02-29", "1900-02-29", "2026-13-01", "2026-00-10", "2026-01-00", "0000-01-01",
        "99999-01-01", "2026-01-05T24:00:00", "2026-01-05T10:60:00", "2026-01-05T10:00:61", "2026-01-05T10:00",
        "2026-01-05T10:00:00.12345678", "2026-01-05T10:00:00+", "2026-01-05T10:00:00+15:00", "2026-01-05T10:00:00Zx",
        "2026-1-5", "۲۰۲۶-01-05", "9999-12-31T23:59:59Z", "0001-01-01T00:00:00+14:00", "05.01.2026",
        "2026-01-05T10:00:00+1",
    ]) func impossibleTimeIsRefused(text: String) {
        #expect(VismaDateTime(text) == nil)
    }

    @Test func timesSortAsTextAndAsTime() throws {
        let times = try ["2026-01-05T10:00:00.2", "2025-12-31", "2026-01-05T10:00:00.1234567"].map {
            try #require(VismaDateTime($0))
        }
        #expect(times.sorted().map(\.text) == times.map(\.text).sorted())
    }

    @Test func filterTextCutsToMillisecondsAndHasNoZone() throws {
        let time = try #require(VismaDateTime("2026-02-01T10:11:12.1239999"))
        #expect(time.filterText == "2026-02-01T10:11:12.123")
    }

    @Test func minutesAreTakenOffAcrossTheYear() throws {
        let time = try #require(VismaDateTime("2026-01-01T00:05:00.5"))
        #expect(time.minus(minutes: 10).text == "2025-12-31T23:55:00.5000000")
        #expect(time.minus(minutes: .max).text == "0001-01-01T00:00:00.0000000")
        #expect(time.minus(minutes: .min).text == "9999-12-31T23:59:59.9999999")
    }

    @Test(arguments: [
        ("2026-01-05T00:00:00", "2026-01-05"), ("2026-01-05", "2026-01-05"), ("2026-07-04T22:00:00Z", "2026-07-05"),
        ("2026-01-05T00:00:00+01:00", "2026-01-05"), ("2000-02-29T13:00:00", "2000-02-29"),
    ]) func dateIsTheNorwegianDay(text: String, day: String) throws {
        let date = try #require(VismaDate(text))
        #expect(date.text == day)
        #expect(date.wireText == day + "T00:00:00")
        #expect(VismaDate(year: date.year, month: date.month, day: date.day) == date)
    }

    @Test func everyDayOfFourCenturiesRoundTrips() throws {
        let first = try #require(VismaDate("1999-12-31"))
        for days in stride(from: first.days, to: first.days + 146_097, by: 13) {
            let civil = CivilCalendar.civil(days: days)
            #expect(CivilCalendar.days(year: civil.year, month: civil.month, day: civil.day) == days)
        }
    }

    @Test(arguments: [
        ("202601", 2026, "202601"), ("012026", 2026, "202601"), ("01-2026", 2026, "202601"),
        ("2026-01", 2026, "202601"),
        ("122012", 2012, "201212"), ("201212", 2012, "201212"), ("132026", 2026, "202613"), ("202012", 2020, "202012"),
    ]) func periodIsReadWithTheHelpOfTheYear(text: String, year: Int, normal: String) {
        #expect(PeriodID(text, year: year)?.text == normal)
    }

    @Test func periodWithoutYearIsReadYearFirst() {
        #expect(PeriodID("202601")?.text == "202601")
        #expect(PeriodID("012026")?.text == "202601")
        #expect(PeriodID("202600") == nil)
        #expect(PeriodID("2026-1") == nil)
        #expect(PeriodID("202601", year: 2025) == nil)
    }

    @Test func httpDateIsRead() {
        #expect(HTTPDate.milliseconds("Sun, 06 Nov 1994 08:49:37 GMT") == 784_111_777_000)
        #expect(HTTPDate.milliseconds("Sun, 31 Feb 1994 08:49:37 GMT") == nil)
        #expect(HTTPDate.milliseconds("soon") == nil)
    }
}
