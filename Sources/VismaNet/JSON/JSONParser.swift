/// A strict reader of JSON text with limits. It never traps, whatever the bytes.
struct JSONParser {
    /// Deeper nesting is refused.
    static let depthLimit = 64

    enum Problem: Error, Equatable {
        case malformed(offset: Int)
        case tooDeep
        case tooManyRows
        case notAnArray
    }

    private let bytes: [UInt8]
    private var at = 0

    private init(_ bytes: [UInt8]) {
        self.bytes = bytes
        // A byte order mark is not allowed by the JSON standard, but .NET writers are known for it.
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { at = 3 }
    }

    static func value(_ bytes: [UInt8]) throws(Problem) -> JSONValue {
        var parser = JSONParser(bytes)
        let value = try parser.parseValue(depth: 0)
        try parser.end()
        return value
    }

    /// The elements of a top-level array, each with the place of its raw bytes.
    static func elements(
        _ bytes: [UInt8], limit: Int
    ) throws(Problem) -> [(value: JSONValue, range: Range<Int>)] {
        var parser = JSONParser(bytes)
        parser.skipSpace()
        guard parser.peek == UInt8(ascii: "[") else {
            _ = try parser.parseValue(depth: 0)
            try parser.end()
            throw .notAnArray
        }
        parser.at += 1
        var found: [(JSONValue, Range<Int>)] = []
        parser.skipSpace()
        if parser.take("]") {
            try parser.end()
            return found
        }
        while true {
            parser.skipSpace()
            let start = parser.at
            let value = try parser.parseValue(depth: 1)
            if found.count == limit { throw .tooManyRows }
            found.append((value, start..<parser.at))
            parser.skipSpace()
            if parser.take(",") { continue }
            guard parser.take("]") else { throw parser.problem }
            try parser.end()
            return found
        }
    }

    private var peek: UInt8? { at < bytes.count ? bytes[at] : nil }
    private var problem: Problem { .malformed(offset: at) }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard peek == UInt8(ascii: character) else { return false }
        at += 1
        return true
    }

    private mutating func skipSpace() {
        while let byte = peek, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { at += 1 }
    }

    private mutating func end() throws(Problem) {
        skipSpace()
        guard at == bytes.count else { throw problem }
    }

    private mutating func parseValue(depth: Int) throws(Problem) -> JSONValue {
        guard depth < Self.depthLimit else { throw .tooDeep }
        skipSpace()
        switch peek {
        case UInt8(ascii: "{"): return try parseObject(depth: depth)
        case UInt8(ascii: "["): return try parseArray(depth: depth)
        case UInt8(ascii: "\""): return .string(try parseString())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        default: return .number(try parseNumber())
        }
    }

    private mutating func word(_ text: StaticString, _ value: JSONValue) throws(Problem) -> JSONValue {
        let expected = text.withUTF8Buffer { Array($0) }
        guard bytes.count - at >= expected.count, bytes[at..<at + expected.count].elementsEqual(expected) else {
            throw problem
        }
        at += expected.count
        return value
    }

    private mutating func parseArray(depth: Int) throws(Problem) -> JSONValue {
        at += 1
        var values: [JSONValue] = []
        skipSpace()
        if take("]") { return .array(values) }
        while true {
            values.append(try parseValue(depth: depth + 1))
            skipSpace()
            if take(",") { continue }
            guard take("]") else { throw problem }
            return .array(values)
        }
    }

    private mutating func parseObject(depth: Int) throws(Problem) -> JSONValue {
        at += 1
        var members: [JSONValue.Member] = []
        skipSpace()
        if take("}") { return .object(members) }
        while true {
            skipSpace()
            guard peek == UInt8(ascii: "\"") else { throw problem }
            let name = try parseString()
            skipSpace()
            guard take(":") else { throw problem }
            members.append(.init(name, try parseValue(depth: depth + 1)))
            skipSpace()
            if take(",") { continue }
            guard take("}") else { throw problem }
            return .object(members)
        }
    }

    private mutating func parseNumber() throws(Problem) -> String {
        let start = at
        _ = take("-")
        if !take("0") { try digits() }
        if take(".") { try digits() }
        if take("e") || take("E") {
            if !take("+") { _ = take("-") }
            try digits()
        }
        return String(decoding: bytes[start..<at], as: UTF8.self)
    }

    private mutating func digits() throws(Problem) {
        let start = at
        while let byte = peek, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) { at += 1 }
        guard at > start else { throw problem }
    }
}

extension JSONParser {
    private mutating func parseString() throws(Problem) -> String {
        at += 1
        let start = at
        while let byte = peek, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\") {
            guard byte >= 0x20 else { throw problem }
            at += 1
        }
        guard peek == UInt8(ascii: "\"") else { return try parseEscapedString(from: start) }
        defer { at += 1 }
        return try text(bytes[start..<at])
    }

    private func text(_ utf8: some Sequence<UInt8>) throws(Problem) -> String {
        guard let text = String(validating: utf8, as: UTF8.self) else { throw problem }
        return text
    }

    private mutating func parseEscapedString(from start: Int) throws(Problem) -> String {
        var collected = Array(bytes[start..<at])
        while let byte = peek {
            at += 1
            switch byte {
            case UInt8(ascii: "\""): return try text(collected)
            case UInt8(ascii: "\\"): collected.append(contentsOf: try escape())
            case ..<0x20: throw problem
            default: collected.append(byte)
            }
        }
        throw problem
    }

    private mutating func escape() throws(Problem) -> [UInt8] {
        guard let byte = peek else { throw problem }
        at += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return [byte]
        case UInt8(ascii: "b"): return [0x08]
        case UInt8(ascii: "f"): return [0x0C]
        case UInt8(ascii: "n"): return [0x0A]
        case UInt8(ascii: "r"): return [0x0D]
        case UInt8(ascii: "t"): return [0x09]
        case UInt8(ascii: "u"): return Array(String(Character(try unicodeEscape())).utf8)
        default: throw problem
        }
    }

    /// Half a surrogate pair becomes U+FFFD: one text cut in the middle of a symbol must not stop a whole list.
    private mutating func unicodeEscape() throws(Problem) -> Unicode.Scalar {
        let unit = try hex4()
        if let scalar = Unicode.Scalar(unit) { return scalar }
        let before = at
        guard unit < 0xDC00, take("\\"), take("u") else {
            at = before
            return "\u{FFFD}"
        }
        let low = try hex4()
        guard (0xDC00...0xDFFF).contains(low) else {
            at = before
            return "\u{FFFD}"
        }
        return Unicode.Scalar(0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00)) ?? "\u{FFFD}"
    }

    private mutating func hex4() throws(Problem) -> UInt32 {
        guard bytes.count - at >= 4 else { throw problem }
        var value: UInt32 = 0
        for byte in bytes[at..<at + 4] {
            guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue else { throw problem }
            value = value << 4 | UInt32(digit)
        }
        at += 4
        return value
    }
}
