import Foundation

/// JSON text that has been read once from end to end, as a list of places in its bytes: nothing is made of a value until
/// somebody asks for it. Of a page of thirty fields each row needs ten.
final class JSONTape: Sendable {
    /// A value, or a member's name; the members and elements of a value follow it.
    struct Entry: Sendable {
        var kind: Kind
        /// The bytes of the value; of a text those between its quotes.
        var start: UInt32
        var end: UInt32
        /// The entry after this value and all that is in it.
        var next: UInt32
    }

    enum Kind: UInt8, Sendable { case null, yes, no, number, text, escapedText, array, object }

    let bytes: [UInt8]
    private let entries: [Entry]

    /// Reads a whole text with all its limits; see `JSONParser`.
    init(_ bytes: [UInt8]) throws(JSONParser.Problem) {
        self.bytes = bytes
        entries = try JSONParser.entries(bytes)
    }

    /// The entry at a place that the tape itself gave.
    fileprivate func entry(_ index: Int) -> Entry { entries[index] }

    /// The value of the member of that name; of doubled names the last. Most of a reading's time goes by here, so it
    /// looks at lengths before names, and makes nothing.
    fileprivate func member(_ wanted: UnsafeBufferPointer<UInt8>, of object: Int) -> Int? {
        entries.withUnsafeBufferPointer { entries in
            bytes.withUnsafeBufferPointer { bytes in
                let (end, count) = (Int(entries[object].next), wanted.count)
                var found: Int?
                var at = object + 1
                while at < end {
                    let name = entries[at]
                    if name.kind == .escapedText {
                        let text = JSONEscapes.text(bytes[Int(name.start)..<Int(name.end)])
                        if text.utf8.elementsEqual(wanted) { found = at + 1 }
                    } else if Int(name.end - name.start) == wanted.count {
                        let text = bytes.baseAddress.map { $0 + Int(name.start) }
                        if let text, let wanted = wanted.baseAddress, memcmp(text, wanted, count) == 0 {
                            found = at + 1
                        }
                    }
                    at = Int(entries[at + 1].next)
                }
                return found
            }
        }
    }

    var root: JSONNode { JSONNode(tape: self, index: 0) }
}

/// One value on a tape.
struct JSONNode: Sendable {
    fileprivate let tape: JSONTape
    fileprivate let index: Int

    private var entry: JSONTape.Entry { tape.entry(index) }
    var kind: JSONTape.Kind { entry.kind }

    /// Where its bytes stand, of a text with its quotes.
    var range: Range<Int> {
        let quote = kind == .text || kind == .escapedText ? 1 : 0
        return Int(entry.start) - quote..<Int(entry.end) + quote
    }

    /// Nil for another kind.
    var text: String? {
        switch kind {
        case .text: String(decoding: utf8, as: UTF8.self)
        case .escapedText: JSONEscapes.text(utf8)
        default: nil
        }
    }

    /// The number's own text; nil for another kind.
    var number: String? { kind == .number ? String(decoding: utf8, as: UTF8.self) : nil }

    private var utf8: ArraySlice<UInt8> { tape.bytes[Int(entry.start)..<Int(entry.end)] }

    /// The member of that name; of doubled names the last, as most readers do. Nil also for values that are not objects.
    subscript(name: String) -> JSONNode? {
        guard kind == .object else { return nil }
        var name = name
        let found = name.withUTF8 { tape.member($0, of: index) }
        return found.map { JSONNode(tape: tape, index: $0) }
    }

    private func forEachMember(_ visit: (_ name: JSONNode, _ value: JSONNode) -> Void) {
        let end = Int(entry.next)
        var at = index + 1
        while at < end {
            visit(JSONNode(tape: tape, index: at), JSONNode(tape: tape, index: at + 1))
            at = Int(tape.entry(at + 1).next)
        }
    }

    /// Empty for a value that is no array.
    var elements: [JSONNode] {
        guard kind == .array else { return [] }
        let end = Int(entry.next)
        var found: [JSONNode] = []
        var at = index + 1
        while at < end {
            found.append(JSONNode(tape: tape, index: at))
            at = Int(tape.entry(at).next)
        }
        return found
    }

    /// The whole value with all that is in it.
    var value: JSONValue {
        switch kind {
        case .null: return .null
        case .yes: return .bool(true)
        case .no: return .bool(false)
        case .number: return .number(number ?? "")
        case .text, .escapedText: return .string(text ?? "")
        case .array: return .array(elements.map(\.value))
        case .object:
            var members: [JSONValue.Member] = []
            forEachMember { members.append(.init($0.text ?? "", $1.value)) }
            return .object(members)
        }
    }
}
