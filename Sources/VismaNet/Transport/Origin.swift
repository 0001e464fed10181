import Foundation

/// Scheme, host and port that calls go to, perhaps with a path in front of all others. The token is sent nowhere else.
public struct Origin: Sendable, Equatable, CustomStringConvertible {
    /// Without a slash at the end.
    public let text: String
    let schemeAndHost: String

    /// Nil unless it is https (plain http only for this machine itself, for a sandbox) without user, query or fragment.
    public init?(_ address: String) {
        guard let parts = URLComponents(string: address), let scheme = parts.scheme?.lowercased(),
            let host = parts.host?.lowercased(), !host.isEmpty,
            parts.user == nil, parts.password == nil, parts.query == nil, parts.fragment == nil,
            scheme == "https" || (scheme == "http" && Self.loopback.contains(host))
        else { return nil }
        let port = parts.port.map { ":\($0)" } ?? ""
        var path = Substring(parts.percentEncodedPath)
        while path.last == "/" { path.removeLast() }
        schemeAndHost = "\(scheme)://\(host)\(port)"
        text = schemeAndHost + path
    }

    public var description: String { text }

    /// The ERP's API (API.md 1.6).
    public static let vismaAPI = Origin(known: "https://api.finance.visma.net")
    /// Visma Connect, where tokens come from (API.md 1.1).
    public static let vismaConnect = Origin(known: "https://connect.visma.com")

    private init(known: String) {
        text = known
        schemeAndHost = known
    }

    private static let loopback: Set = ["127.0.0.1", "localhost", "[::1]", "::1"]

    /// Whether an address stays on this scheme, host and port.
    func covers(_ url: String) -> Bool { url.hasPrefix(schemeAndHost + "/") }
}

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

/// A key of a record as a part of a path (API.md 2.6).
enum PathKey {
    /// Trimmed; percent-encoded, or `b64(…)` when it holds characters that a path reserves. Nil for an empty key, which would
    /// ask for the whole list instead.
    static func encoded(_ key: String) -> String? {
        let key = key.trimmingCharacters(in: .whitespaces)
        guard !key.isEmpty else { return nil }
        let plain = key.unicodeScalars.allSatisfy {
            $0 == " " || !$0.isASCII || PercentEncoding.isUnreserved(String($0))
        }
        if plain, !key.allSatisfy({ $0 == "." }) { return PercentEncoding.encoded(key) }
        return "b64(\(Base64URL.encoded(Array(key.utf8))))"
    }

    /// The key in a path part, percent-decoded and unwrapped; nil if it is empty or not text.
    static func decoded(_ part: String) -> String? {
        guard let text = part.removingPercentEncoding else { return nil }
        guard text.hasPrefix("b64("), text.hasSuffix(")") else { return text.isEmpty ? nil : text }
        return Base64URL.decoded(String(text.dropFirst(4).dropLast())).flatMap { String(validating: $0, as: UTF8.self) }
    }
}

/// Base64 with the URL alphabet and without padding.
enum Base64URL {
    static func encoded(_ bytes: [UInt8]) -> String {
        Data(bytes).base64EncodedString().replacingOccurrences(of: "+", with: "-")
            .replacingOccurrences(of: "/", with: "_").replacingOccurrences(of: "=", with: "")
    }

    static func decoded(_ text: String) -> [UInt8]? {
        var plain = text.replacingOccurrences(of: "-", with: "+").replacingOccurrences(of: "_", with: "/")
        while plain.count % 4 != 0 { plain.append("=") }
        return Data(base64Encoded: plain).map(Array.init)
    }
}
