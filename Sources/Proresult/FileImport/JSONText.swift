/// A JSON value that knows the line it stands on, and keeps a number as it was written: 0.1 must stay 0.1.
public struct JSONNode: Hashable, Sendable {
    public indirect enum Value: Hashable, Sendable {
        case object([Member])
        case array([JSONNode])
        case text(String)
        case number(String)
        case truth(Bool)
        case null
    }
    public struct Member: Hashable, Sendable {
        public let name: String
        public let node: JSONNode
    }

    public let line: Int
    public let value: Value
}

/// Bytes that are not JSON as it is taken here.
public struct NotJSON: Error, Sendable, Hashable {
    public let line: Int
    public let text: Text
}

extension JSONNode {
    /// Strictly: UTF-8 without NUL, nothing twice, not too deep.
    public static func read(_ bytes: [UInt8]) throws(NotJSON) -> JSONNode {
        do throws(FileFaultAt) {
            guard !bytes.contains(0), String(validating: bytes, as: UTF8.self) != nil else {
                throw FileFaultAt(fault: .notJSON("it is not UTF-8 text"), line: 1)
            }
            return try JSONText.read(bytes)
        } catch {
            throw NotJSON(line: error.line ?? 1, text: Text(error.fault.norwegian, error.fault.english))
        }
    }
}

/// Reads JSON strictly (RFC 8259), with a limit on depth and no member twice. The bytes are UTF-8 already.
struct JSONText {
    private static let depthLimit = 16

    private let bytes: [UInt8]
    private var position = 0
    private var line = 1

    static func read(_ bytes: [UInt8]) throws(FileFaultAt) -> JSONNode {
        var text = JSONText(bytes: bytes)
        let node = try text.node(depth: 0)
        text.skipSpace()
        guard text.current == nil else { throw text.fault("there is more after the end") }
        return node
    }

    private init(bytes: [UInt8]) { self.bytes = bytes }

    private var current: UInt8? { position < bytes.count ? bytes[position] : nil }

    private func fault(_ why: String) -> FileFaultAt { FileFaultAt(fault: .notJSON(why), line: line) }

    private mutating func skipSpace() {
        while let byte = current, [0x20, 0x09, 0x0A, 0x0D].contains(byte) {
            if byte == 0x0A { line += 1 }
            position += 1
        }
    }

    private mutating func node(depth: Int) throws(FileFaultAt) -> JSONNode {
        guard depth < Self.depthLimit else {
            throw FileFaultAt(fault: .tooDeep(limit: Self.depthLimit), line: line)
        }
        skipSpace()
        let start = line
        let value: JSONNode.Value =
            switch current {
            case UInt8(ascii: "{"): .object(try members(depth: depth + 1))
            case UInt8(ascii: "["): .array(try elements(depth: depth + 1))
            case .quote: .text(try string())
            case UInt8(ascii: "t"): try word("true", .truth(true))
            case UInt8(ascii: "f"): try word("false", .truth(false))
            case UInt8(ascii: "n"): try word("null", .null)
            default: .number(try number())
            }
        return JSONNode(line: start, value: value)
    }

    private mutating func members(depth: Int) throws(FileFaultAt) -> [JSONNode.Member] {
        position += 1
        var members: [JSONNode.Member] = []
        var names: Set<String> = []
        skipSpace()
        if take("}") { return members }
        repeat {
            skipSpace()
            guard current == .quote else { throw fault("a name in quotation marks is expected") }
            let name = try string()
            guard names.insert(name).inserted else { throw fault("“\(name)” stands twice in one object") }
            skipSpace()
            guard take(":") else { throw fault("a colon is expected") }
            members.append(JSONNode.Member(name: name, node: try node(depth: depth)))
            skipSpace()
        } while take(",")
        guard take("}") else { throw fault("a comma or } is expected") }
        return members
    }

    private mutating func elements(depth: Int) throws(FileFaultAt) -> [JSONNode] {
        position += 1
        var elements: [JSONNode] = []
        skipSpace()
        if take("]") { return elements }
        repeat {
            elements.append(try node(depth: depth))
            skipSpace()
        } while take(",")
        guard take("]") else { throw fault("a comma or ] is expected") }
        return elements
    }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard current == UInt8(ascii: character) else { return false }
        position += 1
        return true
    }

    private mutating func word(_ word: String, _ value: JSONNode.Value) throws(FileFaultAt) -> JSONNode.Value {
        for byte in word.utf8 {
            guard current == byte else { throw fault("an unknown word") }
            position += 1
        }
        return value
    }

    private mutating func number() throws(FileFaultAt) -> String {
        let start = position
        while let byte = current, byte.isOfNumber { position += 1 }
        let text = String(decoding: bytes[start..<position], as: UTF8.self)
        guard text.wholeMatch(of: /-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?/) != nil else {
            throw fault(current == nil && text.isEmpty ? "it ends too early" : "a value is expected")
        }
        return text
    }

    private mutating func string() throws(FileFaultAt) -> String {
        position += 1
        var content: [UInt8] = []
        while let byte = current {
            position += 1
            switch byte {
            case .quote: return String(decoding: content, as: UTF8.self)
            case UInt8(ascii: "\\"): content.append(contentsOf: try escaped().utf8)
            case 0..<0x20: throw fault("a line end or control character in a text")
            default: content.append(byte)
            }
        }
        throw fault("a text that never ends")
    }

    private mutating func escaped() throws(FileFaultAt) -> String {
        guard let byte = current else { throw fault("a text that never ends") }
        position += 1
        switch byte {
        case .quote: return "\""
        case UInt8(ascii: "\\"): return "\\"
        case UInt8(ascii: "/"): return "/"
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{c}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"): return String(try escapedScalar())
        default: throw fault("an unknown escape in a text")
        }
    }

    /// One scalar, from one code unit or from a surrogate pair.
    private mutating func escapedScalar() throws(FileFaultAt) -> Unicode.Scalar {
        let unit = try codeUnit()
        if let scalar = Unicode.Scalar(unit), unit != 0 { return scalar }
        guard (0xD800..<0xDC00).contains(unit), take("\\"), take("u") else {
            throw fault("an escape that is no character")
        }
        let second = try codeUnit()
        guard (0xDC00..<0xE000).contains(second),
            let scalar = Unicode.Scalar(0x10000 + (UInt32(unit) - 0xD800) << 10 + (UInt32(second) - 0xDC00))
        else { throw fault("an escape that is no character") }
        return scalar
    }

    private mutating func codeUnit() throws(FileFaultAt) -> UInt16 {
        let digits = String(decoding: bytes[position...].prefix(4), as: UTF8.self)
        guard digits.utf8.count == 4, digits.allSatisfy(\.isHexDigit), let unit = UInt16(digits, radix: 16) else {
            throw fault("four hexadecimal digits are expected")
        }
        position += 4
        return unit
    }
}

extension UInt8 {
    /// A byte that can stand in a number.
    fileprivate var isOfNumber: Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) || "+-.eE".utf8.contains(self)
    }
}
