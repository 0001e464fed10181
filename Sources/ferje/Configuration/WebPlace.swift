import Web

/// Where the pages are served, and where browsers reach them.
struct WebPlace: Sendable, Hashable {
    var host: String
    var port: Int
    /// What the browser shows in its address, without a path. Behind a proxy it is the proxy's.
    var origin: String

    static let usualPort = 8080

    init(_ values: ConfigurationValues) throws {
        host = values[.webHost] ?? "127.0.0.1"
        port = try values.number(.webPort, 1...65_535) ?? Self.usualPort
        let here = "http://127.0.0.1:\(port)"
        origin =
            try values.value(.webOrigin) { text in
                WebAddress(origin: text).isUsable ? text : nil
            } ?? here
        // Passwords do not travel in the clear over a network.
        guard host == "127.0.0.1" || host == "::1" || origin.hasPrefix("https://") else {
            throw ConfigurationError(.webHost, "\(host) without TLS in front")
        }
    }

    /// The same on another port of this machine.
    func onPort(_ port: Int) -> WebPlace {
        var place = self
        (place.port, place.origin) = (port, "http://127.0.0.1:\(port)")
        return place
    }
}
