import Foundation

/// Scheme, host and port that calls go to, perhaps with a path in front of all others. The token is sent nowhere else.
public struct Origin: Sendable, Equatable, CustomStringConvertible {
    /// Without a slash at the end.
    public let text: String
    /// The same without a path.
    public let schemeAndHost: String

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
