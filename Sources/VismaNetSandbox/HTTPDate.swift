/// `Tue, 24 Nov 2026 02:16:38 GMT` (RFC 9110).
enum HTTPDate {
    private static let weekdays = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

    static func text(_ milliseconds: Int64) -> String {
        let stamp = OsloTime.text(utc: milliseconds)
        let days = OsloTime.floorDivide(milliseconds, 86_400_000)
        let weekday = weekdays[Int(((days % 7) + 7) % 7)]
        let month = Int(stamp.dropFirst(5).prefix(2)).map { months[$0 - 1] } ?? "Jan"
        let day = stamp.dropFirst(8).prefix(2)
        return "\(weekday), \(day) \(month) \(stamp.prefix(4)) \(stamp.dropFirst(11).prefix(8)) GMT"
    }
}
