import Foundation

/// A call that passed the gate: whose company, which keys in the path, which query, which fault rides on it.
struct APICall: Sendable {
    var call: SandboxCall
    var tenantID: String
    var clientID: String
    var keys: [String]
    var query: [QueryText.Pair]
    var number: Int
    var fault: FaultRule?

    func value(_ name: String) -> String? {
        guard let value = query.first(where: { $0.name == name })?.value, !value.isEmpty else { return nil }
        return value
    }

    func values(_ name: String) -> [String] { query.filter { $0.name == name }.map(\.value) }

    func flag(_ name: String) -> Bool? { value(name).map { $0.lowercased() == "true" } }

    func integer(_ name: String) -> Int? { value(name).flatMap { Int($0) } }

    /// The key at a place in the path, trimmed as the ERP compares keys (API.md 2.6).
    func key(_ index: Int = 0) -> String {
        keys.indices.contains(index) ? keys[index].trimmingCharacters(in: .whitespaces) : ""
    }

    /// Keys with reserved characters come as `b64(…)`, base64url without padding (API.md 2.6).
    static func decodeKey(_ segment: String) -> String? {
        let text = QueryText.decode(segment, plusIsSpace: false)
        guard text.lowercased().hasPrefix("b64("), text.hasSuffix(")") else { return text }
        let coded = text.dropFirst(4).dropLast()
        guard !coded.contains("="), !coded.contains("+"), !coded.contains("/") else { return nil }
        let standard = coded.replacingOccurrences(of: "-", with: "+").replacingOccurrences(of: "_", with: "/")
        let padded = standard + String(repeating: "=", count: (4 - standard.count % 4) % 4)
        return Data(base64Encoded: padded).flatMap { String(data: $0, encoding: .utf8) }
    }
}

/// Keys are compared trimmed and without regard to case, never as numbers (API.md 2.6). Allocates nothing: it is asked
/// for every row of a table.
func sameKey(_ left: String?, _ right: String?) -> Bool {
    guard let left, let right else { return false }
    var first = left.utf8[...]
    var second = right.utf8[...]
    while first.last == 0x20 { first.removeLast() }
    while second.last == 0x20 { second.removeLast() }
    while first.first == 0x20 { first.removeFirst() }
    while second.first == 0x20 { second.removeFirst() }
    return first.elementsEqual(second) { one, other in
        one == other || ((0x61...0x7A).contains(one | 0x20) && one | 0x20 == other | 0x20)
    }
}
