/// The Gregorian calendar in whole numbers, days counted from 0001-01-01. Foundation's calendar would need a time zone.
enum CivilCalendar {
    /// Nil if the day does not exist or the year is not 1...9999.
    static func days(year: Int, month: Int, day: Int) -> Int? {
        guard (1...9999).contains(year), (1...12).contains(month), (1...length(year: year, month: month)).contains(day)
        else { return nil }
        return before(year: year, month: month) + day - 1
    }

    static func civil(days: Int) -> (year: Int, month: Int, day: Int) {
        let days = min(max(days, 0), 3_652_058)
        var year = days / 366 + 1
        while before(year: year + 1, month: 1) <= days { year += 1 }
        var month = 1
        while month < 12, before(year: year, month: month + 1) <= days { month += 1 }
        return (year, month, days - before(year: year, month: month) + 1)
    }

    /// Days from 0001-01-01 until the first of the month.
    private static func before(year: Int, month: Int) -> Int {
        let past = year - 1
        let leapDay = month > 2 && isLeap(year) ? 1 : 0
        return past * 365 + past / 4 - past / 100 + past / 400 + beforeMonth[month - 1] + leapDay
    }

    private static func length(year: Int, month: Int) -> Int {
        month == 2 && isLeap(year) ? 29 : lengths[month - 1]
    }

    private static func isLeap(_ year: Int) -> Bool { year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) }

    private static let lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    private static let beforeMonth = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334]

    /// Days since 0001-01-01 at 1970-01-01.
    static let unixEpochDays = 719_162
}

/// Europe/Oslo since 1996: summer time from the last Sunday of March until the last of October, both at 01:00 UTC.
/// Written out because a small server image may have no time zone files.
enum NorwegianTime {
    /// Seconds to add to UTC; the argument counts seconds since 0001-01-01T00:00 UTC.
    static func offsetSeconds(atUTC seconds: Int64) -> Int64 {
        let year = CivilCalendar.civil(days: Int(max(0, seconds) / 86_400)).year
        guard let start = lastSunday(year: year, month: 3), let end = lastSunday(year: year, month: 10) else {
            return 3600
        }
        let summer = Int64(start) * 86_400 + 3600..<Int64(end) * 86_400 + 3600
        return summer.contains(seconds) ? 7200 : 3600
    }

    private static func lastSunday(year: Int, month: Int) -> Int? {
        // 0001-01-01 was a Monday, so day 6 was a Sunday.
        CivilCalendar.days(year: year, month: month, day: 31).map { $0 - ($0 + 1) % 7 }
    }
}
