/// Query parameters in order, percent-encoded when written.
struct QueryItems: Equatable {
    private(set) var items: [(name: String, value: String)] = []

    static func == (left: QueryItems, right: QueryItems) -> Bool { left.text == right.text }

    mutating func add(_ name: String, _ value: String?) {
        if let value { items.append((name, value)) }
    }

    mutating func add(_ name: String, _ flag: Bool) { add(name, flag ? "true" : "false") }

    /// The date and its condition always go together: without the condition the ERP ignores the date and gives everything (API.md 2.2).
    mutating func add(_ name: String, atOrAfter time: VismaDateTime?) {
        guard let time else { return }
        add(name, time.filterText)
        add(name + "Condition", ">=")
    }

    /// `a=b&c=d`, also right for form bodies.
    var text: String {
        items.map { "\(PercentEncoding.encoded($0.name))=\(PercentEncoding.encoded($0.value))" }.joined(separator: "&")
    }
}

enum PercentEncoding {
    private static let unreserved = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~".utf8)

    /// Everything but unreserved characters as %XX.
    static func encoded(_ text: String) -> String {
        var out: [UInt8] = []
        for byte in text.utf8 {
            if unreserved.contains(byte) {
                out.append(byte)
            } else {
                let digits = String(byte, radix: 16, uppercase: true)
                out += ("%" + (byte < 16 ? "0" : "") + digits).utf8
            }
        }
        return String(decoding: out, as: UTF8.self)
    }

    static func isUnreserved(_ text: String) -> Bool { text.utf8.allSatisfy(unreserved.contains) }
}
