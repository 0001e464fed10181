/// A strict reader of JSON text with limits. It never traps, whatever the bytes.
///
/// It looks at each byte once and makes nothing of it but the entries of a `JSONTape`. Every `bytes[at]` stands behind a
/// look at `at < bytes.count`: the buffer does not check by itself in a release build.
struct JSONParser {
    /// Deeper nesting is refused.
    static let depthLimit = 64

    enum Problem: Error, Equatable {
        case malformed(offset: Int)
        case tooDeep
        case tooManyRows
        case notAnArray
    }

    private let bytes: UnsafeBufferPointer<UInt8>
    private var at = 0
    private var entries: [JSONTape.Entry] = []

    private init(_ bytes: UnsafeBufferPointer<UInt8>) {
        self.bytes = bytes
        // A byte order mark is not allowed by the JSON standard, but .NET writers are known for it.
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { at = 3 }
        entries.reserveCapacity(bytes.count / 24)
    }

    static func value(_ bytes: [UInt8]) throws(Problem) -> JSONValue { try JSONTape(bytes).root.value }

    /// The elements of a top-level array.
    static func elements(_ bytes: [UInt8], limit: Int) throws(Problem) -> [JSONNode] {
        let root = try JSONTape(bytes).root
        guard root.kind == .array else { throw .notAnArray }
        let found = root.elements
        guard found.count <= limit else { throw .tooManyRows }
        return found
    }

    static func entries(_ bytes: [UInt8]) throws(Problem) -> [JSONTape.Entry] {
        guard bytes.count < UInt32.max else { throw .malformed(offset: 0) }
        return try bytes.withUnsafeBufferPointer { (bytes) throws(Problem) in
            var parser = JSONParser(bytes)
            try parser.parseValue(depth: 0)
            parser.skipSpace()
            guard parser.at == bytes.count else { throw parser.problem }
            return parser.entries
        }
    }

    private var peek: UInt8? { at < bytes.count ? bytes[at] : nil }
    private var problem: Problem { .malformed(offset: at) }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard at < bytes.count, bytes[at] == UInt8(ascii: character) else { return false }
        at += 1
        return true
    }

    private mutating func skipSpace() {
        while at < bytes.count {
            let byte = bytes[at]
            guard byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 else { return }
            at += 1
        }
    }

    /// An entry from `start` until here with nothing in it.
    private mutating func add(_ kind: JSONTape.Kind, from start: Int) {
        entries.append(
            .init(kind: kind, start: UInt32(start), end: UInt32(at), next: UInt32(entries.count + 1)))
    }

    /// Ends an entry that has others in it.
    private mutating func close(_ index: Int) {
        entries[index].end = UInt32(at)
        entries[index].next = UInt32(entries.count)
    }

    private mutating func parseValue(depth: Int) throws(Problem) {
        guard depth < Self.depthLimit else { throw .tooDeep }
        skipSpace()
        switch peek {
        case UInt8(ascii: "\""): try parseText()
        case UInt8(ascii: "{"): try parseObject(depth: depth)
        case UInt8(ascii: "["): try parseArray(depth: depth)
        case UInt8(ascii: "t"): try parseWord("true", .yes)
        case UInt8(ascii: "f"): try parseWord("false", .no)
        case UInt8(ascii: "n"): try parseWord("null", .null)
        default: try parseNumber()
        }
    }

    private mutating func parseWord(_ text: StaticString, _ kind: JSONTape.Kind) throws(Problem) {
        let start = at
        let isThere = text.withUTF8Buffer { word in
            bytes.count - at >= word.count && bytes[at..<at + word.count].elementsEqual(word)
        }
        guard isThere else { throw problem }
        at += text.utf8CodeUnitCount
        add(kind, from: start)
    }

    private mutating func parseArray(depth: Int) throws(Problem) {
        let index = entries.count
        add(.array, from: at)
        at += 1
        skipSpace()
        if take("]") { return close(index) }
        while true {
            try parseValue(depth: depth + 1)
            skipSpace()
            if take(",") { continue }
            guard take("]") else { throw problem }
            return close(index)
        }
    }

    private mutating func parseObject(depth: Int) throws(Problem) {
        let index = entries.count
        add(.object, from: at)
        at += 1
        skipSpace()
        if take("}") { return close(index) }
        while true {
            skipSpace()
            guard peek == UInt8(ascii: "\"") else { throw problem }
            try parseText()
            skipSpace()
            guard take(":") else { throw problem }
            try parseValue(depth: depth + 1)
            skipSpace()
            if take(",") { continue }
            guard take("}") else { throw problem }
            return close(index)
        }
    }

    private mutating func parseNumber() throws(Problem) {
        let start = at
        _ = take("-")
        if !take("0") { try digits() }
        if take(".") { try digits() }
        if take("e") || take("E") {
            if !take("+") { _ = take("-") }
            try digits()
        }
        add(.number, from: start)
    }

    private mutating func digits() throws(Problem) {
        let start = at
        while at < bytes.count, bytes[at] &- UInt8(ascii: "0") < 10 { at += 1 }
        guard at > start else { throw problem }
    }
}

extension JSONParser {
    private mutating func parseText() throws(Problem) {
        at += 1
        let start = at
        var kind = JSONTape.Kind.text
        while true {
            skipPlain()
            switch peek {
            case UInt8(ascii: "\""):
                add(kind, from: start)
                at += 1
                return
            case UInt8(ascii: "\\"):
                kind = .escapedText
                try parseEscape()
            case (0x80...)?: try parseSymbol()
            default: throw problem
            }
        }
    }

    /// Goes over ASCII, eight bytes at a time, up to a byte that says something: a quote, a backslash, a control
    /// character, the start of a longer symbol, or the end.
    private mutating func skipPlain() {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let tops = ones << 7
        let raw = UnsafeRawBufferPointer(bytes)
        while bytes.count - at >= 8 {
            let word = UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: at, as: UInt64.self))
            // The lowest mark is right; a borrow can only spoil what stands above it.
            let quote = word ^ (ones &* 0x22)
            let backslash = word ^ (ones &* 0x5C)
            let marks =
                ((quote &- ones) & ~quote | (backslash &- ones) & ~backslash | (word &- ones &* 0x20) & ~word | word)
                & tops
            guard marks == 0 else {
                at += marks.trailingZeroBitCount / 8
                return
            }
            at += 8
        }
        while at < bytes.count, (0x20..<0x80).contains(bytes[at]), bytes[at] != 0x22, bytes[at] != 0x5C { at += 1 }
    }

    private mutating func parseEscape() throws(Problem) {
        at += 1
        switch peek {
        case UInt8(ascii: "u"):
            guard bytes.count - at >= 5, bytes[at + 1...at + 4].allSatisfy({ JSONEscapes.hexDigit($0) != nil }) else {
                throw problem
            }
            at += 5
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
            UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
            at += 1
        default: throw problem
        }
    }

    /// A symbol of two to four bytes, by the table of well-formed UTF-8: no overlong forms, no surrogates, nothing above
    /// U+10FFFF.
    private mutating func parseSymbol() throws(Problem) {
        let (count, second): (Int, ClosedRange<UInt8>)
        switch bytes[at] {
        case 0xC2...0xDF: (count, second) = (2, 0x80...0xBF)
        case 0xE0: (count, second) = (3, 0xA0...0xBF)
        case 0xE1...0xEC, 0xEE...0xEF: (count, second) = (3, 0x80...0xBF)
        case 0xED: (count, second) = (3, 0x80...0x9F)
        case 0xF0: (count, second) = (4, 0x90...0xBF)
        case 0xF1...0xF3: (count, second) = (4, 0x80...0xBF)
        case 0xF4: (count, second) = (4, 0x80...0x8F)
        default: throw problem
        }
        guard bytes.count - at >= count, second.contains(bytes[at + 1]),
            bytes[at + 2..<at + count].allSatisfy({ $0 & 0xC0 == 0x80 })
        else { throw problem }
        at += count
    }
}
