import Synchronization

/// Where random bytes come from; passed in, so that a test can repeat a history.
public struct Randomness: Sendable {
    private let source: @Sendable (Int) -> [UInt8]

    public init(_ source: @escaping @Sendable (_ count: Int) -> [UInt8]) { self.source = source }

    public func bytes(_ count: Int) -> [UInt8] { source(count) }

    /// For keys of many new rows: 16 bytes that begin with the same random half and go up, so that an index takes the rows
    /// up side by side and not each in another page. Nobody may be kept out by not knowing such a key.
    public func ascending() -> Randomness {
        let half = source(8)
        let given = Mutex<UInt32>(0)
        let source = source
        return Randomness { count in
            guard count == 16 else { return source(count) }
            let next = given.withLock { given in
                given &+= 1
                return given
            }
            return half + withUnsafeBytes(of: next.bigEndian, Array.init) + source(4)
        }
    }
}

/// Base 32 without the letters that people misread (no I, L, O, U).
public enum Crockford {
    static let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ".utf8)

    public static func encode(_ bytes: [UInt8]) -> String {
        var text: [UInt8] = []
        text.reserveCapacity((bytes.count * 8 + 4) / 5)
        var buffer: UInt32 = 0
        var bits = 0
        for byte in bytes {
            buffer = (buffer << 8) | UInt32(byte)
            bits += 8
            while bits >= 5 {
                bits -= 5
                text.append(alphabet[Int((buffer >> UInt32(bits)) & 31)])
            }
            buffer &= (1 << UInt32(bits)) - 1
        }
        if bits > 0 { text.append(alphabet[Int((buffer << UInt32(5 - bits)) & 31)]) }
        return String(decoding: text, as: UTF8.self)
    }
}
