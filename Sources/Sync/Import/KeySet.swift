/// The keys of a list, however long, in little memory.
///
/// The ERP's ids are mostly numbers that lie close together: 64 neighbours share one word. Other keys are kept as they are.
struct KeySet: Hashable, Sendable {
    private var words: [UInt64: UInt64] = [:]
    private var others: Set<String> = []
    private(set) var count = 0

    var isEmpty: Bool { count == 0 }

    mutating func insert(_ key: String) {
        if let number = Self.number(key) {
            let (old, bit) = (words[number >> 6, default: 0], UInt64(1) << (number & 63))
            guard old & bit == 0 else { return }
            words[number >> 6] = old | bit
        } else if !others.insert(key).inserted {
            return
        }
        count += 1
    }

    func contains(_ key: String) -> Bool {
        guard let number = Self.number(key) else { return others.contains(key) }
        return words[number >> 6, default: 0] & (1 << (number & 63)) != 0
    }

    /// Only where the number is written in the one way that gives the same text back.
    private static func number(_ key: String) -> UInt64? {
        let digits = key.utf8
        guard (1...18).contains(digits.count), digits.first != UInt8(ascii: "0") else { return nil }
        var number: UInt64 = 0
        for digit in digits {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) else { return nil }
            number = number * 10 + UInt64(digit - UInt8(ascii: "0"))
        }
        return number
    }
}
