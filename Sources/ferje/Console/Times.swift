import Foundation
import Persistence

extension Timestamp {
    /// `2026-11-24 08:05`, by the clock of the place of work.
    var shown: String {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = TimeZone(identifier: "Europe/Oslo") ?? .gmt
        let parts = calendar.dateComponents([.hour, .minute], from: date)
        guard let day = CalendarDate(inNorwayAt: self), let hour = parts.hour, let minute = parts.minute else {
            return "?"
        }
        return "\(day) \(hour < 10 ? "0" : "")\(hour):\(minute < 10 ? "0" : "")\(minute)"
    }

    /// ISO 8601 in UTC, for programs.
    var utc: String { date.formatted(.iso8601) }
}
