/// The requests to Visma Connect's token end (API.md 1.3). Each is sent once.
public struct TokenRequests: Sendable {
    public let application: OAuthApplication
    public let authority: Origin
    public let userAgent: String
    let transport: any HTTPTransport
    let deadline: Duration

    public init(
        application: OAuthApplication, authority: Origin = .vismaConnect, transport: any HTTPTransport,
        userAgent: String, deadline: Duration = .seconds(30)
    ) {
        self.application = application
        self.authority = authority
        self.transport = transport
        self.userAgent = userAgent
        self.deadline = deadline
    }

    /// Turns the code of a sign-in into tokens.
    public func exchange(code: Secret, for request: AuthorizationRequest) async -> TokenOutcome {
        await exchange(code: code, codeVerifier: request.codeVerifier, redirectURI: request.redirectURI)
    }

    /// The same with the remembered parts, when the request itself did not outlive the round trip.
    public func exchange(code: Secret, codeVerifier: Secret, redirectURI: String) async -> TokenOutcome {
        await ask([
            ("grant_type", "authorization_code"), ("code", code.revealed), ("redirect_uri", redirectURI),
            ("code_verifier", codeVerifier.revealed),
        ])
    }

    public func refresh(_ token: Secret) async -> TokenOutcome {
        await ask([("grant_type", "refresh_token"), ("refresh_token", token.revealed)])
    }

    /// A service token for one company.
    public func service(tenantID: String, scopes: [String]) async -> TokenOutcome {
        await ask([
            ("grant_type", "client_credentials"), ("tenant_id", tenantID), ("scope", scopes.joined(separator: " ")),
        ])
    }

    /// Makes a refresh token worthless, for "disconnect". True if the server says so.
    public func revoke(refreshToken: Secret) async -> Bool {
        let answer = await send(
            "/connect/revocation", [("token", refreshToken.revealed), ("token_type_hint", "refresh_token")])
        guard case .success(let answer) = answer else { return false }
        return answer.status == 200
    }

    private func ask(_ fields: [(String, String)]) async -> TokenOutcome {
        switch await send("/connect/token", fields) {
        case .success(let answer): TokenOutcome(answer)
        case .failure(.notSent(let reason)): .tryLater(after: nil, mayHaveRotated: false, reason: reason)
        case .failure(.noAnswer(let reason)): .tryLater(after: nil, mayHaveRotated: true, reason: reason)
        case .failure(.bodyTooLarge): .tryLater(after: nil, mayHaveRotated: true, reason: "answer too large")
        }
    }

    private func send(
        _ path: String, _ fields: [(String, String)]
    ) async -> Result<HTTPTransportResponse, TransportFailure> {
        var form = QueryItems()
        for (name, value) in fields { form.add(name, value) }
        form.add("client_id", application.clientID)
        form.add("client_secret", application.clientSecret.revealed)
        let request = HTTPTransportRequest(
            method: "POST", url: authority.text + path,
            headers: [
                HTTPField("Content-Type", "application/x-www-form-urlencoded"), HTTPField("Accept", "application/json"),
                HTTPField("User-Agent", userAgent),
            ], body: Array(form.text.utf8))
        do {
            return .success(try await transport.send(request, deadline: deadline))
        } catch {
            return .failure(error)
        }
    }
}

/// What came of a token request.
public enum TokenOutcome: Sendable, Equatable {
    case granted(TokenAnswer)
    /// The grant or the application is refused for good: `invalid_grant`, `invalid_client`, `unauthorized_client`.
    case dead(error: String)
    /// The request itself is wrong, for example `invalid_scope`; the grant lives on.
    case refused(error: String)
    /// Network, 429 or 5xx. `mayHaveRotated` tells whether the server may have used up the refresh token all the same.
    case tryLater(after: Duration?, mayHaveRotated: Bool, reason: String)

    init(_ answer: HTTPTransportResponse) {
        let body = (try? JSONTape(answer.body))?.root
        switch answer.status {
        case 200:
            guard let granted = body.flatMap(TokenAnswer.init) else {
                self = .tryLater(after: nil, mayHaveRotated: true, reason: "unreadable token answer")
                return
            }
            self = .granted(granted)
        case 400, 401, 403:
            guard let error = body?["error"]?.text else {
                self = .tryLater(
                    after: nil, mayHaveRotated: true, reason: "status \(answer.status) without OAuth error")
                return
            }
            let dead = ["invalid_grant", "invalid_client", "unauthorized_client"]
            self = dead.contains(error) ? .dead(error: error) : .refused(error: error)
        case 429:
            let wait = RetryAfter.told(answer, nowMilliseconds: 0) ?? .seconds(60)
            self = .tryLater(after: wait, mayHaveRotated: false, reason: "token requests are limited")
        default:
            self = .tryLater(after: nil, mayHaveRotated: true, reason: "token status \(answer.status)")
        }
    }
}

/// A granted token (API.md 1.3).
public struct TokenAnswer: Sendable, Equatable {
    public var accessToken: Secret
    public var expiresInSeconds: Int64
    /// Nil if the server gave none: keep the old one.
    public var refreshToken: Secret?
    public var scope: String?

    public init(accessToken: Secret, expiresInSeconds: Int64, refreshToken: Secret? = nil, scope: String? = nil) {
        self.accessToken = accessToken
        self.expiresInSeconds = expiresInSeconds
        self.refreshToken = refreshToken
        self.scope = scope
    }

    init?(_ body: JSONNode) {
        guard let row = try? RowReader(body), let token = try? row.text("access_token"), !token.isEmpty,
            token.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }),
            let seconds = try? row.integer("expires_in"), (1...31_536_000).contains(seconds),
            (try? row.optionalText("token_type"))??.lowercased() ?? "bearer" == "bearer"
        else { return nil }
        let refresh = (try? row.optionalText("refresh_token")) ?? nil
        self.init(
            accessToken: Secret(token), expiresInSeconds: seconds,
            refreshToken: refresh.flatMap { $0.isEmpty ? nil : Secret($0) },
            scope: (try? row.optionalText("scope")) ?? nil)
    }
}
