import Crypto

/// One sign-in under way: the address to send the person to, and what must be remembered until the answer comes back.
///
/// The owner keeps `state` and `codeVerifier` with the session, the user and the connection, uses them once and lets them die
/// after ten minutes. The library keeps nothing.
public struct AuthorizationRequest: Sendable, Equatable {
    /// Where to send the browser. It holds no secret.
    public let url: String
    /// Comes back in the answer and must be equal.
    public let state: Secret
    /// PKCE: proves at the code exchange that the same party asked.
    public let codeVerifier: Secret
    public let redirectURI: String
    private let issuer: String

    /// - Parameters:
    ///   - redirectURI: must equal a registered one, character by character.
    ///   - randomBytes: gives so many bytes from a cryptographic source.
    public init(
        application: OAuthApplication, redirectURI: String, scopes: [String] = GrantKind.interactiveScopes,
        authority: Origin = .vismaConnect, randomBytes: @Sendable (Int) -> [UInt8]
    ) {
        let state = Base64URL.encoded(randomBytes(32))
        let verifier = Base64URL.encoded(randomBytes(32))
        var query = QueryItems()
        query.add("client_id", application.clientID)
        query.add("response_type", "code")
        query.add("scope", scopes.joined(separator: " "))
        query.add("redirect_uri", redirectURI)
        query.add("state", state)
        query.add("code_challenge", Self.challenge(verifier))
        query.add("code_challenge_method", "S256")
        url = "\(authority.text)/connect/authorize?\(query.text)"
        self.state = Secret(state)
        codeVerifier = Secret(verifier)
        self.redirectURI = redirectURI
        issuer = authority.text
    }

    static func challenge(_ verifier: String) -> String {
        Base64URL.encoded(Array(SHA256.hash(data: Array(verifier.utf8))))
    }

    /// Reads the answer that came to the redirect address (`code=…&state=…`), already percent-decoded.
    ///
    /// The state is compared in constant time and first; a parameter given twice is refused, because two readers might take
    /// different ones.
    public func code(fromAnswer parameters: [(name: String, value: String)]) throws(AuthorizationRefusal) -> Secret {
        try Self.code(fromAnswer: parameters, state: state, issuer: issuer)
    }

    /// The same with the remembered parts, when the request itself did not outlive the round trip.
    public static func code(
        fromAnswer parameters: [(name: String, value: String)], state: Secret, issuer: String
    ) throws(AuthorizationRefusal) -> Secret {
        func single(_ name: String) throws(AuthorizationRefusal) -> String? {
            let values = parameters.filter { $0.name == name }
            guard values.count <= 1 else { throw .doubledParameter(name) }
            return values.first?.value
        }
        guard let returned = try single("state"), equal(returned, state.revealed) else { throw .foreignState }
        if let iss = try single("iss"), iss != issuer { throw .foreignIssuer }
        if let error = try single("error") { throw .refused(error) }
        guard let code = try single("code"), !code.isEmpty else { throw .noCode }
        return Secret(code)
    }

    private static func equal(_ left: String, _ right: String) -> Bool {
        let (left, right) = (Array(left.utf8), Array(right.utf8))
        guard left.count == right.count else { return false }
        return zip(left, right).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
    }
}

/// Why an answer to a sign-in is not accepted.
public enum AuthorizationRefusal: Error, Sendable, Equatable {
    case foreignState
    case foreignIssuer
    case doubledParameter(String)
    case noCode
    /// The sign-in server's own error word, for example `access_denied`.
    case refused(String)
}
