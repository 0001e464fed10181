import Foundation
import VismaNet

/// Where Visma.net is and who we are there: set by the system's operator at the start, never from the web.
public struct ConnectionConfiguration: Sendable, CustomStringConvertible {
    public let apiBaseURL: Origin
    /// Visma Connect, where people sign in and tokens come from.
    public let authority: Origin
    public let clientID: String
    public let clientSecret: Secret
    /// Must equal one that is registered in the Developer Portal, character by character.
    public let redirectURI: String
    /// Rows asked for on a page.
    public var pageSize = 500
    /// The project code that stands for "no project".
    public var nonProjectCode = "X"
    public var userAgent = "Ferje"
    /// How long to wait for the answer to a write; the same as the engine's request limit, or a lease ends too early.
    public var writeDeadline = Duration.seconds(100)
    /// Kept short, because a run holds a lease: what fails for longer is for the engine to repeat.
    public var retry = RetryPolicy(
        maxAttempts: 3, base: .milliseconds(500), cap: .seconds(5), longestRateLimitWait: .seconds(5),
        maxRateLimitWaits: 2)

    /// A value that cannot work: the key and the allowed form.
    public struct Problem: Error, Sendable, Hashable, CustomStringConvertible {
        public var key: String
        public var allowed: String
        public var description: String { "\(key) must be \(allowed)" }
    }

    /// Addresses are https; plain http only on this machine itself, for a sandbox.
    public init(
        apiBaseURL: String, authority: String, clientID: String, clientSecret: String, redirectURI: String
    ) throws(Problem) {
        let allowed = "an https address (http only for 127.0.0.1, localhost and [::1])"
        guard let api = Origin(apiBaseURL) else { throw Problem(key: "apiBaseURL", allowed: allowed) }
        guard let connect = Origin(authority) else { throw Problem(key: "authority", allowed: allowed) }
        guard Origin(redirectURI) != nil else { throw Problem(key: "redirectURI", allowed: allowed) }
        guard !clientID.isEmpty else { throw Problem(key: "clientID", allowed: "the application's client id") }
        guard !clientSecret.isEmpty else { throw Problem(key: "clientSecret", allowed: "the application's secret") }
        self.apiBaseURL = api
        self.authority = connect
        self.clientID = clientID
        self.clientSecret = Secret(clientSecret)
        self.redirectURI = redirectURI
    }

    var application: OAuthApplication { OAuthApplication(clientID: clientID, clientSecret: clientSecret) }

    public var description: String { "\(apiBaseURL), \(authority), \(clientID), ***" }
}
