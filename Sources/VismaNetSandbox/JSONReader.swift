/// Reads JSON strictly (RFC 8259): no comments, no trailing commas, no property twice, at most 64 levels.
struct JSONReader {
    struct Malformed: Error, Equatable {
        var offset: Int
    }

    private let bytes: [UInt8]
    private var position = 0

    private init(_ bytes: [UInt8]) { self.bytes = bytes }

    static func read(_ bytes: [UInt8]) throws(Malformed) -> JSON {
        var reader = JSONReader(bytes)
        let value = try reader.value(depth: 0)
        reader.skipSpace()
        guard reader.position == bytes.count else { throw Malformed(offset: reader.position) }
        return value
    }

    private var peek: UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func skipSpace() {
        while let byte = peek, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { position += 1 }
    }

    private func malformed() -> Malformed { Malformed(offset: position) }

    private mutating func take(_ byte: Character) -> Bool {
        guard let ascii = byte.asciiValue, peek == ascii else { return false }
        position += 1
        return true
    }

    private mutating func value(depth: Int) throws(Malformed) -> JSON {
        guard depth < 64 else { throw malformed() }
        skipSpace()
        switch peek {
        case UInt8(ascii: "{"): return try object(depth: depth)
        case UInt8(ascii: "["): return try array(depth: depth)
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        default: return .number(try number())
        }
    }

    private mutating func word(_ word: String, _ value: JSON) throws(Malformed) -> JSON {
        for byte in word.utf8 {
            guard peek == byte else { throw malformed() }
            position += 1
        }
        return value
    }

    private mutating func object(depth: Int) throws(Malformed) -> JSON {
        position += 1
        var properties: [JSON.Property] = []
        var names: Set<String> = []
        skipSpace()
        if take("}") { return .object([]) }
        while true {
            skipSpace()
            let name = try string()
            guard names.insert(name).inserted else { throw malformed() }
            skipSpace()
            guard take(":") else { throw malformed() }
            properties.append(.init(name: name, value: try value(depth: depth + 1)))
            skipSpace()
            if take("}") { return .object(properties) }
            guard take(",") else { throw malformed() }
        }
    }

    private mutating func array(depth: Int) throws(Malformed) -> JSON {
        position += 1
        var rows: [JSON] = []
        skipSpace()
        if take("]") { return .array([]) }
        while true {
            rows.append(try value(depth: depth + 1))
            skipSpace()
            if take("]") { return .array(rows) }
            guard take(",") else { throw malformed() }
        }
    }

    private mutating func digits() throws(Malformed) {
        let start = position
        while let byte = peek, (0x30...0x39).contains(byte) { position += 1 }
        guard position > start else { throw malformed() }
    }

    private mutating func number() throws(Malformed) -> String {
        let start = position
        _ = take("-")
        if take("0") {
            if let byte = peek, (0x30...0x39).contains(byte) { throw malformed() }
        } else {
            try digits()
        }
        if take(".") { try digits() }
        if take("e") || take("E") {
            if !take("+") { _ = take("-") }
            try digits()
        }
        return String(decoding: bytes[start..<position], as: UTF8.self)
    }

    private mutating func string() throws(Malformed) -> String {
        guard take("\"") else { throw malformed() }
        var units: [UInt8] = []
        while let byte = peek {
            position += 1
            switch byte {
            case UInt8(ascii: "\""):
                guard let text = String(validating: units, as: UTF8.self) else { throw malformed() }
                return text
            case UInt8(ascii: "\\"): units.append(contentsOf: Array(String(try escape()).utf8))
            case 0..<0x20: throw malformed()
            default: units.append(byte)
            }
        }
        throw malformed()
    }

    private mutating func escape() throws(Malformed) -> Character {
        guard let byte = peek else { throw malformed() }
        position += 1
        switch byte {
        case UInt8(ascii: "\""): return "\""
        case UInt8(ascii: "\\"): return "\\"
        case UInt8(ascii: "/"): return "/"
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{C}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"): return try codePoint()
        default: throw malformed()
        }
    }

    private mutating func codePoint() throws(Malformed) -> Character {
        let first = try hexUnit()
        guard (0xD800...0xDBFF).contains(first) else {
            guard let scalar = Unicode.Scalar(first) else { throw malformed() }
            return Character(scalar)
        }
        guard take("\\"), take("u") else { throw malformed() }
        let second = try hexUnit()
        guard (0xDC00...0xDFFF).contains(second),
            let scalar = Unicode.Scalar(0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00))
        else { throw malformed() }
        return Character(scalar)
    }

    private mutating func hexUnit() throws(Malformed) -> UInt32 {
        guard position + 4 <= bytes.count,
            let unit = UInt32(String(decoding: bytes[position..<position + 4], as: UTF8.self), radix: 16)
        else { throw malformed() }
        position += 4
        return unit
    }
}
