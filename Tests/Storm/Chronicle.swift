import Persistence

/// The history of a world, line by line: kept as text when somebody wants to read it, always as a digest.
struct Chronicle: Sendable {
    private(set) var lines: [String] = []
    private var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    private let keepsLines: Bool
    private let start: Timestamp

    init(start: Timestamp, keepsLines: Bool) {
        self.start = start
        self.keepsLines = keepsLines
    }

    mutating func tell(_ who: String, _ what: String, at time: Timestamp) {
        let line = "\(Self.text(time - start)) \(who): \(what)"
        for byte in line.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        if keepsLines { lines.append(line) }
    }

    var digest: String {
        let text = String(hash, radix: 16)
        return String(repeating: "0", count: 16 - text.count) + text
    }

    /// `3d 04:05:06.789`
    private static func text(_ duration: Duration) -> String {
        let total = duration.milliseconds
        func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
        let seconds = total / 1000
        let days = seconds / 86_400
        let milliseconds = String(1000 + total % 1000).dropFirst()
        return "\(days)d \(two(seconds / 3600 % 24)):\(two(seconds / 60 % 60)):\(two(seconds % 60)).\(milliseconds)"
    }
}
