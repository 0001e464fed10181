import Persistence

/// Bends bytes of a corpus, the same way for the same seed: what real senders get wrong, and what attackers try.
struct Mutation {
    private let randomness: Randomness

    init(_ randomness: Randomness) { self.randomness = randomness }

    /// Texts at which readers break: numbers at their limits, days that do not exist, quotes, control characters,
    /// letters of many bytes, half of a letter, brackets without end.
    private static let hard: [[UInt8]] =
        [
            "-9223372036854775808", "9223372036854775808", "18446744073709551616", "1e999", "-0", "0.1e-400", "NaN",
            "99999-99-99", "2026-02-30", "0000-00-00", "9999-12-31T23:59:60.9999999+14:00", "-1", "24:00", "2026-W54",
            "null", "true", "\"", "\\u0000", "\\uD800", "\\uDC00\\uD800", "\u{0}", "\r\n", ";", ",", "%", "%00", "%zz",
            "&&==", "+", "ÆØÅæøå", "👩‍🔧", "\u{202E}", "\u{FEFF}", "\u{FF1D}1+1", "=1+1", "{\"value\":", "[]", "{}",
        ].map { Array($0.utf8) } + [
            [0xFF], [0xC3], [0xED, 0xA0, 0x80], [0xEF, 0xBB, 0xBF], Array(repeating: UInt8(ascii: "["), count: 300),
            Array(repeating: UInt8(ascii: "9"), count: 120),
        ]

    /// One of the corpus with one to four changes.
    func of(_ corpus: [[UInt8]]) -> [UInt8] { of(near: corpus[below(corpus.count)], corpus) }

    /// These bytes with one to four changes, some of them taken from the corpus.
    func of(near bytes: [UInt8], _ corpus: [[UInt8]]) -> [UInt8] {
        var bytes = bytes
        for _ in 0...below(4) { change(&bytes, corpus) }
        return Array(bytes.prefix(20_000))
    }

    private func change(_ bytes: inout [UInt8], _ corpus: [[UInt8]]) {
        let place = below(bytes.count + 1)
        let length = min(below(12), bytes.count - place)
        switch below(7) {
        case 0: bytes.removeSubrange(place..<(place + length))
        case 1: bytes.insert(contentsOf: Self.hard[below(Self.hard.count)], at: place)
        case 2: bytes.replaceSubrange(place..<(place + length), with: Self.hard[below(Self.hard.count)])
        case 3: bytes.insert(contentsOf: bytes[place..<(place + length)], at: below(bytes.count + 1))
        case 4: bytes.removeSubrange(place...)
        case 5: bytes.replaceSubrange(place..., with: corpus[below(corpus.count)].dropFirst(place))
        default:
            guard place < bytes.count else { return }
            bytes[place] ^= 1 << UInt8(below(8))
        }
    }

    private func below(_ limit: Int) -> Int {
        let number = randomness.bytes(4).reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        return limit > 0 ? Int(number % UInt32(limit)) : 0
    }
}
