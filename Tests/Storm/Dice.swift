/// Chance by seed: the same seed throws the same numbers in the same order, on every machine.
struct Dice: Sendable {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 0x1234_5678_9ABC_DEF1
        // Neighbouring seeds should not begin alike.
        _ = next()
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// 0 ..< `count`; 0 for a count below 1.
    mutating func below(_ count: Int) -> Int { count < 1 ? 0 : Int(next() % UInt64(count)) }

    mutating func between(_ range: ClosedRange<Int>) -> Int { range.lowerBound + below(range.count) }

    mutating func chance(_ percent: Int) -> Bool { below(100) < percent }

    mutating func pick<Value>(_ values: [Value]) -> Value { values[below(values.count)] }

    mutating func shuffled<Value>(_ values: [Value]) -> [Value] {
        var left = values
        return values.map { _ in left.remove(at: below(left.count)) }
    }

    /// Some of them, in their order.
    mutating func some<Value>(_ count: Int, of values: [Value]) -> [Value] {
        var left = Array(values.indices)
        while left.count > count { left.remove(at: below(left.count)) }
        return left.map { values[$0] }
    }
}
