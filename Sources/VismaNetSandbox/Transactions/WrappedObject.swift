import Foundation

/// Reads `{"name":{"value":X}}` and remembers what was asked for, so that the rest can be refused.
/// A value that is absent and a value that is null read alike: the default holds.
struct WrappedObject {
    private let properties: [JSON.Property]
    private let label: String
    private let isStrict: Bool
    private var known: Set<String> = []

    init(_ json: JSON, _ label: String, strict: Bool) throws {
        guard case .object(let properties) = json else { throw Refusal("The \(label) is not a JSON object.") }
        self.properties = properties
        self.label = label
        isStrict = strict
    }

    func finish() throws {
        guard isStrict, let unknown = properties.first(where: { !known.contains($0.name) }) else { return }
        throw Refusal("Could not find member '\(unknown.name)' on the \(label).")
    }

    private mutating func plain(_ name: String) -> JSON? {
        known.insert(name)
        let value = properties.first { $0.name == name }?.value
        return value == .null ? nil : value
    }

    private static func wrong(_ name: String) -> Refusal { Refusal("Error converting value of '\(name)'.") }

    private mutating func wrapped(_ name: String) throws -> JSON? {
        guard let wrapper = plain(name) else { return nil }
        guard case .object(let parts) = wrapper else { throw WrappedObject.wrong(name) }
        if isStrict, let other = parts.first(where: { $0.name != "value" }) {
            throw Refusal("Could not find member '\(other.name)' in '\(name)'.")
        }
        let value = parts.first { $0.name == "value" }?.value
        return value == .null ? nil : value
    }

    mutating func text(_ name: String) throws -> String? {
        guard let value = try wrapped(name) else { return nil }
        guard let text = value.text else { throw WrappedObject.wrong(name) }
        return text
    }

    mutating func flag(_ name: String) throws -> Bool? {
        guard let value = try wrapped(name) else { return nil }
        guard case .bool(let flag) = value else { throw WrappedObject.wrong(name) }
        return flag
    }

    mutating func decimal(_ name: String) throws -> Decimal? {
        guard let value = try wrapped(name) else { return nil }
        guard case .number(let digits) = value, digits.utf8.count <= 40,
            let number = Decimal(string: digits, locale: Locale(identifier: "en_US_POSIX")), number.isFinite
        else { throw WrappedObject.wrong(name) }
        return number
    }

    mutating func integer(_ name: String) throws -> Int? {
        guard let value = try wrapped(name) else { return nil }
        guard case .number(let digits) = value, let number = Int(digits) else { throw WrappedObject.wrong(name) }
        return number
    }

    mutating func choice(_ name: String, _ choices: [String]) throws -> String? {
        guard let value = try text(name) else { return nil }
        guard choices.contains(value) else { throw WrappedObject.wrong(name) }
        return value
    }

    mutating func plainChoice(_ name: String, _ choices: [String]) throws -> String? {
        guard let value = plain(name) else { return nil }
        guard let text = value.text, choices.contains(text) else { throw WrappedObject.wrong(name) }
        return text
    }

    mutating func objects(_ name: String) throws -> [JSON] {
        guard let value = plain(name) else { return [] }
        guard let rows = value.rows else { throw WrappedObject.wrong(name) }
        return rows
    }

    /// A time with an offset is moved to the server's zone first, so its day may shift (API.md 2.6).
    mutating func day(_ name: String) throws -> String? {
        guard let text = try text(name) else { return nil }
        guard let day = WrappedObject.serverDay(text) else { throw WrappedObject.wrong(name) }
        return day
    }

    static func serverDay(_ text: String) -> String? {
        let (local, zone) = split(text)
        let halves = local.split(separator: ".", maxSplits: 1)
        guard let head = halves.first, halves.count == 1 || halves[1].allSatisfy({ $0.isASCII && $0.isNumber }),
            !head.contains(" "), let stamp = DateFilter.normalised(String(head))
        else { return nil }
        guard let zone else { return String(stamp.prefix(10)) }
        let fields = zone.dropFirst().split(separator: ":").compactMap { Int64($0) }
        guard zone == "Z" || fields.count == 2 else { return nil }
        let minutes = fields.count == 2 ? (fields[0] * 60 + fields[1]) * (zone.hasPrefix("-") ? -1 : 1) : 0
        guard let local = OsloTime.milliseconds(local: stamp) else { return nil }
        let asUTC = local + OsloTime.offsetSeconds(atMilliseconds: local) * 1000
        return OsloTime.day(asUTC - minutes * 60_000)
    }

    private static func split(_ text: String) -> (local: String, zone: String?) {
        if text.hasSuffix("Z") { return (String(text.dropLast()), "Z") }
        guard text.count > 16, let sign = text.dropFirst(11).lastIndex(where: { $0 == "+" || $0 == "-" }) else {
            return (text, nil)
        }
        return (String(text[..<sign]), String(text[sign...]))
    }
}
