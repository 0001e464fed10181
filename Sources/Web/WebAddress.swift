/// Where browsers reach this server: `https://ferje.example.no`, or `http://` on this machine alone.
public struct WebAddress: Sendable, Hashable {
    public let origin: String

    public init(origin: String) { self.origin = origin }

    public var isSecure: Bool { origin.hasPrefix("https://") }

    /// Without TLS only for this machine; never with a path.
    public var isUsable: Bool {
        guard let place = origin.split(separator: "//", maxSplits: 1, omittingEmptySubsequences: false).last,
            !place.isEmpty, !place.contains("/")
        else {
            return false
        }
        return isSecure || (origin.hasPrefix("http://") && names.contains { place == $0 || place.hasPrefix($0 + ":") })
    }

    private var names: [String] { ["127.0.0.1", "localhost"] }

    /// What a browser may call the place that a form came from. This machine has two names.
    func isOurs(_ other: String?) -> Bool {
        guard let other else { return false }
        return other == origin
            || (!isSecure
                && other.replacing("//localhost", with: "//127.0.0.1")
                    == origin.replacing("//localhost", with: "//127.0.0.1"))
    }

    /// A cookie with `__Host-` is taken only over TLS, from this host, for the whole of it.
    var sessionCookie: String { isSecure ? "__Host-ferje" : "ferje" }
    /// Holds a sign-in form to its browser before there is a session.
    var visitorCookie: String { isSecure ? "__Host-ferje-visitor" : "ferje-visitor" }
    /// Holds a sign-in at the ERP to the session that began it.
    var erpSignInCookie: String { isSecure ? "__Host-ferje-visma" : "ferje-visma" }
}
