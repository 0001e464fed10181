/// The generator behind the demo data: the same seed gives the same company on every machine and Swift version,
/// which the standard library's `shuffled(using:)` and `random(in:using:)` do not promise.
struct SplitMix64 {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    /// An own stream for one kind of record, so that more customers do not change the items.
    init(seed: UInt64, stream: UInt64) {
        var mixer = SplitMix64(seed: seed ^ (stream &* 0xD1B5_4A32_D192_ED03))
        state = mixer.next()
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var word = state
        word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
        return word ^ (word >> 31)
    }

    /// A number from 0 up to, not including, `bound`; 0 when there is nothing to choose from.
    mutating func below(_ bound: Int) -> Int {
        bound > 0 ? Int(next() % UInt64(bound)) : 0
    }

    mutating func chance(percent: Int) -> Bool {
        below(100) < percent
    }

    /// One of the list, which must not be empty: the lists are constants of this folder.
    mutating func pick<Choices: RandomAccessCollection>(_ choices: Choices) -> Choices.Element {
        precondition(!choices.isEmpty, "a list of the demo data is empty")
        return choices[choices.index(choices.startIndex, offsetBy: below(choices.count))]
    }
}
