/// SplitMix64: the same seed gives the same tokens, ids and faults in every run.
struct SeededGenerator: RandomNumberGenerator, Sendable {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    mutating func hex(_ words: Int) -> String {
        String(decoding: digits(words), as: UTF8.self)
    }

    mutating func uuid() -> String {
        var text: [UInt8] = []
        for (index, digit) in digits(2).enumerated() {
            if [8, 12, 16, 20].contains(index) { text.append(UInt8(ascii: "-")) }
            text.append(digit)
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// Sixteen hexadecimal digits for each word, the highest first.
    private mutating func digits(_ words: Int) -> [UInt8] {
        (0..<words).flatMap { _ in
            let word = next()
            return stride(from: 60, through: 0, by: -4).map { place in
                let digit = UInt8(truncatingIfNeeded: word >> UInt64(place)) & 15
                return digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10
            }
        }
    }
}
