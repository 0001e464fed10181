import Foundation

/// Why one field of a row could not be read.
struct UnreadableField: Error, Equatable {
    var path: String
    var reason: String
}

/// A type that is read from one element of a list or from a single-record answer.
protocol RowDecodable: Sendable {
    /// Names of the fields that identify the record, best first; used to name a row that cannot be read.
    static var keyNames: [String] { get }
    init(row: RowReader) throws(UnreadableField)
}

/// Reads fields of one object. Absent and null are the same; unknown fields are ignored; a plain value may also come wrapped
/// as `{"value": …}` (API.md 2.5, 2.6).
struct RowReader {
    let value: JSONNode
    let path: String

    init(_ value: JSONNode, path: String = "") throws(UnreadableField) {
        guard value.kind == .object else { throw UnreadableField(path: path, reason: "not an object") }
        self.value = value
        self.path = path
    }

    private func failure(_ name: String, _ reason: String) -> UnreadableField {
        UnreadableField(path: path.isEmpty ? name : "\(path).\(name)", reason: reason)
    }

    private func plain(_ name: String) -> JSONNode? {
        guard var found = value[name] else { return nil }
        if found.kind == .object, let inner = found["value"] { found = inner }
        return found.kind == .null ? nil : found
    }

    private func required<Value>(_ name: String, _ value: Value?) throws(UnreadableField) -> Value {
        guard let value else { throw failure(name, "missing") }
        return value
    }

    func optionalText(_ name: String) throws(UnreadableField) -> String? {
        guard let found = plain(name) else { return nil }
        guard let text = found.text else { throw failure(name, "not a text") }
        return text
    }

    func text(_ name: String) throws(UnreadableField) -> String { try required(name, try optionalText(name)) }

    /// A key without the padding that segmented keys may carry (API.md 2.6); empty counts as absent.
    func optionalKey(_ name: String) throws(UnreadableField) -> String? {
        guard let trimmed = try optionalText(name)?.withoutBlanks, !trimmed.isEmpty else {
            return nil
        }
        return trimmed
    }

    func key(_ name: String) throws(UnreadableField) -> String { try required(name, try optionalKey(name)) }

    func optionalInteger(_ name: String) throws(UnreadableField) -> Int64? {
        guard let found = plain(name) else { return nil }
        guard let number = found.number.flatMap({ Int64($0) }) else { throw failure(name, "not an integer") }
        return number
    }

    func integer(_ name: String) throws(UnreadableField) -> Int64 { try required(name, try optionalInteger(name)) }

    func optionalDecimal(_ name: String) throws(UnreadableField) -> Decimal? {
        guard let found = plain(name) else { return nil }
        guard let text = found.number else { throw failure(name, "not a number") }
        guard let number = Decimal(exactly: text) else { throw failure(name, "number out of range") }
        return number
    }

    func optionalFlag(_ name: String) throws(UnreadableField) -> Bool? {
        guard let found = plain(name) else { return nil }
        switch found.kind {
        case .yes: return true
        case .no: return false
        default: throw failure(name, "not true or false")
        }
    }

    func optionalDateTime(_ name: String) throws(UnreadableField) -> VismaDateTime? {
        guard let text = try optionalText(name) else { return nil }
        guard let time = VismaDateTime(text) else { throw failure(name, "impossible date or time") }
        return time
    }

    func optionalDate(_ name: String) throws(UnreadableField) -> VismaDate? {
        guard let text = try optionalText(name) else { return nil }
        guard let date = VismaDate(text) else { throw failure(name, "impossible date") }
        return date
    }

    func listed<Word>(_ name: String) throws(UnreadableField) -> Listed<Word>? {
        try optionalText(name).map(Listed.init)
    }

    func optionalRow(_ name: String) throws(UnreadableField) -> RowReader? {
        guard let found = value[name], found.kind != .null else { return nil }
        return try RowReader(found, path: path.isEmpty ? name : "\(path).\(name)")
    }

    func rows(_ name: String) throws(UnreadableField) -> [RowReader] {
        guard let found = value[name], found.kind != .null else { return [] }
        guard found.kind == .array else { throw failure(name, "not a list") }
        var readers: [RowReader] = []
        for (index, value) in found.elements.enumerated() {
            readers.append(try RowReader(value, path: (path.isEmpty ? name : "\(path).\(name)") + "[\(index)]"))
        }
        return readers
    }
}
