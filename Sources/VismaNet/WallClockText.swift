/// The parts of a date or time as text, checked to exist. Written by hand because the API mixes layouts that no single
/// formatter reads (API.md 2.2), and because a `Date` would lose digits.
struct WallClockText {
    /// Days since 0001-01-01.
    private(set) var days = 0
    private(set) var secondOfDay = 0
    /// Part of a second in 100-nanosecond steps.
    private(set) var ticks = 0
    /// Minutes east of UTC, where the text has a zone.
    private(set) var offsetMinutes: Int?

    private let bytes: [UInt8]
    private var at = 0

    init?(_ text: String) {
        bytes = Array(text.utf8)
        guard let year = number(4), take("-"), let month = number(2), take("-"), let day = number(2),
            let days = CivilCalendar.days(year: year, month: month, day: day)
        else { return nil }
        self.days = days
        guard isAtEnd || (readTime() && readZone() && isAtEnd) else { return nil }
    }

    private mutating func readTime() -> Bool {
        guard take("T") || take(" "), let hour = number(2), take(":"), let minute = number(2), take(":"),
            let second = number(2), hour < 24, minute < 60, second < 60
        else { return false }
        secondOfDay = hour * 3600 + minute * 60 + second
        guard take(".") else { return true }
        var width = 0
        while let digit = digit() {
            width += 1
            guard width <= 7 else { return false }
            ticks = ticks * 10 + digit
        }
        for _ in width..<7 { ticks *= 10 }
        return true
    }

    private mutating func readZone() -> Bool {
        if isAtEnd { return true }
        if take("Z") {
            offsetMinutes = 0
            return true
        }
        let east = take("+")
        guard east || take("-"), let hours = number(2) else { return false }
        _ = take(":")
        let minutes = isAtEnd ? 0 : number(2)
        guard let minutes, hours <= 14, minutes < 60 else { return false }
        offsetMinutes = (east ? 1 : -1) * (hours * 60 + minutes)
        return true
    }

    private var isAtEnd: Bool { at == bytes.count }

    private mutating func number(_ width: Int) -> Int? {
        var value = 0
        for _ in 0..<width {
            guard let digit = digit() else { return nil }
            value = value * 10 + digit
        }
        return value
    }

    private mutating func digit() -> Int? {
        guard at < bytes.count, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[at]) else { return nil }
        defer { at += 1 }
        return Int(bytes[at] - UInt8(ascii: "0"))
    }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard at < bytes.count, bytes[at] == UInt8(ascii: character) else { return false }
        at += 1
        return true
    }
}
