/// The escapes of a JSON text that `JSONParser` has found to be whole.
enum JSONEscapes {
    static func text(_ utf8: some Sequence<UInt8>) -> String {
        var plain: [UInt8] = []
        var rest = Array(utf8)[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "\\"), let letter = rest.popFirst() else {
                plain.append(byte)
                continue
            }
            switch letter {
            case UInt8(ascii: "b"): plain.append(0x08)
            case UInt8(ascii: "f"): plain.append(0x0C)
            case UInt8(ascii: "n"): plain.append(0x0A)
            case UInt8(ascii: "r"): plain.append(0x0D)
            case UInt8(ascii: "t"): plain.append(0x09)
            case UInt8(ascii: "u"): plain.append(contentsOf: String(Character(symbol(&rest))).utf8)
            default: plain.append(letter)
            }
        }
        return String(decoding: plain, as: UTF8.self)
    }

    /// Half a surrogate pair becomes U+FFFD: one text cut in the middle of a symbol must not stop a whole list.
    private static func symbol(_ rest: inout ArraySlice<UInt8>) -> Unicode.Scalar {
        let unit = unit(&rest)
        if let scalar = Unicode.Scalar(unit) { return scalar }
        var after = rest
        guard unit < 0xDC00, after.popFirst() == UInt8(ascii: "\\"), after.popFirst() == UInt8(ascii: "u") else {
            return "\u{FFFD}"
        }
        let low = Self.unit(&after)
        guard (0xDC00...0xDFFF).contains(low) else { return "\u{FFFD}" }
        rest = after
        return Unicode.Scalar(0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00)) ?? "\u{FFFD}"
    }

    private static func unit(_ rest: inout ArraySlice<UInt8>) -> UInt32 {
        var value: UInt32 = 0
        for byte in rest.prefix(4) { value = value << 4 | UInt32(hexDigit(byte) ?? 0) }
        rest = rest.dropFirst(4)
        return value
    }

    static func hexDigit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
