/// A text of ASCII and the letters of western Europe, such as nearly all names here, in lower case and cut: what
/// `String` does with all the world's writing is most of an import's work.
struct PlainText {
    /// UTF-8. Each letter is one character of one or two bytes.
    private var bytes: [UInt8] = []

    /// Nil for a text with anything else in it: marks that stand beside their letter, line ends, other alphabets.
    init?(_ text: String) {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count)
        var isSecond = false
        for byte in text.utf8 {
            switch byte {
            case 0x80...0xBF where isSecond:
                // C3 80 … C3 9E are the capital letters of C3 A0 … C3 BE, but for ×; ß stands between them.
                let isCapital = byte < 0x9F && byte != 0x97
                bytes.append(isCapital ? byte + 0x20 : byte)
                isSecond = false
            case 0xC3 where !isSecond:
                bytes.append(byte)
                isSecond = true
            case 0x20...0x7E where !isSecond:
                let isCapital = (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
                bytes.append(isCapital ? byte + 0x20 : byte)
            default: return nil
            }
        }
        self.bytes = bytes
        cut()
    }

    var folded: String { String(decoding: bytes, as: UTF8.self) }

    /// See `ListKey.name`.
    var alphabetical: String {
        guard bytes.contains(0xC3) else { return folded }
        var spelt = self
        spelt.bytes = []
        var isSecond = false
        for byte in bytes {
            guard byte != 0xC3 else {
                isSecond = true
                continue
            }
            switch (isSecond, byte) {
            case (true, 0xA6): spelt.bytes += "zza".utf8
            case (true, 0xB8): spelt.bytes += "zzb".utf8
            case (true, 0xA5): spelt.bytes += "zzc".utf8
            case (true, _): spelt.bytes += [0xC3, byte]
            case (false, _): spelt.bytes.append(byte)
            }
            isSecond = false
        }
        spelt.cut()
        return spelt.folded
    }

    /// See `ListKey.number`.
    var bySize: String {
        let isDigit = { (byte: UInt8) in (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
        guard let start = bytes.firstIndex(where: isDigit) else { return folded }
        let count = bytes[start...].prefix(while: isDigit).count
        var filled = self
        filled.bytes.insert(contentsOf: repeatElement(UInt8(ascii: "0"), count: max(0, 12 - count)), at: start)
        filled.cut()
        return filled.folded
    }

    /// To the longest that a list key may be, in characters.
    private mutating func cut() {
        guard bytes.count > ListKey.longest else { return }
        var characters = 0
        let end = bytes.firstIndex { byte in
            if byte & 0xC0 != 0x80 { characters += 1 }
            return characters > ListKey.longest
        }
        if let end { bytes.removeSubrange(end...) }
    }
}
