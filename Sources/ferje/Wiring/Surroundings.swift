import Foundation
import Persistence

/// Time and chance: the only place of the program where they come in.
struct Surroundings: Sendable {
    var clock: WallClock
    var randomness: Randomness
    var sleep: @Sendable (Duration) async throws -> Void

    static let real = Surroundings(
        clock: WallClock { Timestamp(milliseconds: Int64(Date().timeIntervalSince1970 * 1000)) },
        randomness: Randomness { count in
            // Eight bytes at a time: each asks the system.
            var generator = SystemRandomNumberGenerator()
            var bytes: [UInt8] = []
            while bytes.count < count {
                withUnsafeBytes(of: generator.next()) { bytes.append(contentsOf: $0.prefix(count - bytes.count)) }
            }
            return bytes
        },
        sleep: { try await Task.sleep(for: $0) })

    /// The same pace of time, but starting at eight in the morning (UTC) of a chosen day.
    func starting(on day: CalendarDate) -> Surroundings {
        guard let midnight = CalendarDate(year: 1970, month: 1, day: 1) else { return self }
        let clock = clock
        let start = Int64(midnight.days(to: day)) * 86_400_000 + 8 * 3_600_000
        let shift = start - clock.now.milliseconds
        var shifted = self
        shifted.clock = WallClock { Timestamp(milliseconds: clock.now.milliseconds + shift) }
        return shifted
    }

    /// The day it is where the company works.
    var today: CalendarDate {
        get throws {
            guard let today = CalendarDate(inNorwayAt: clock.now) else {
                throw ConfigurationError(subject: "clock", "the system's clock shows no usable date")
            }
            return today
        }
    }
}
