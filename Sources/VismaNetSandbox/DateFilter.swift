/// `…DateTime` with `…DateTimeCondition`. The date without the condition is ignored, without a word (API.md 2.2).
struct DateFilter {
    private var limit: String
    private var condition: String

    init?(_ name: String, _ call: APICall) throws {
        guard let date = call.value(name), let condition = call.value(name + "Condition") else { return nil }
        guard [">", "<", ">=", "<="].contains(condition) else {
            throw Refusal("The value '\(condition)' is not valid for \(name)Condition.")
        }
        guard let limit = DateFilter.normalised(date) else {
            throw Refusal("The value '\(date)' is not valid for \(name).")
        }
        self.limit = limit
        self.condition = condition
    }

    func admits(_ stamp: String) -> Bool {
        switch condition {
        case ">": stamp > limit
        case "<": stamp < limit
        case ">=": stamp >= limit
        default: stamp <= limit
        }
    }

    /// `yyyy-MM-dd`, then optionally a space or `T`, `HH:mm:ss` and `.FFF`. No offset, no Z.
    static func normalised(_ text: String) -> String? {
        let day = String(text.prefix(10))
        guard OsloTime.isDay(day) else { return nil }
        let rest = text.dropFirst(10)
        if rest.isEmpty { return day + "T00:00:00.000" }
        guard let separator = rest.first, separator == " " || separator == "T" else { return nil }
        let halves = rest.dropFirst().split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        let clock = halves[0].split(separator: ":", omittingEmptySubsequences: false)
        guard clock.count == 3, clock.allSatisfy({ $0.count == 2 && $0.allSatisfy { $0.isASCII && $0.isNumber } }),
            let hour = Int(clock[0]), let minute = Int(clock[1]), let second = Int(clock[2]),
            hour < 24, minute < 60, second < 60
        else { return nil }
        guard halves.count > 1 else { return "\(day)T\(halves[0]).000" }
        let fraction = halves[1]
        guard (1...3).contains(fraction.count), fraction.allSatisfy({ $0.isASCII && $0.isNumber }) else { return nil }
        return "\(day)T\(halves[0]).\(fraction)" + String(repeating: "0", count: 3 - fraction.count)
    }
}
