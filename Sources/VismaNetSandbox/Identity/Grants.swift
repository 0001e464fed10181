/// What the identity server remembers: codes, access tokens and refresh tokens. Times are milliseconds since the epoch.
struct Grants: Sendable, Codable {
    struct Code: Sendable, Codable {
        var grant: Grant
        var redirectURI: String
        /// base64url of SHA-256 of the verifier.
        var challenge: String?
        var expires: Int64
        var isUsed = false
    }

    struct AccessToken: Sendable, Codable {
        var grant: Grant
        var expires: Int64
    }

    struct RefreshToken: Sendable, Codable {
        var grant: Grant
        var expires: Int64
        /// When it was changed for `successor`.
        var rotated: Int64?
        var successor: String?
    }

    /// One consent and all tokens that come of it.
    struct Grant: Sendable, Codable {
        var family: String
        var clientID: String
        var tenantID: String
        var scopes: [String]
        var user: String?
    }

    var codes: [String: Code] = [:]
    var access: [String: AccessToken] = [:]
    var refresh: [String: RefreshToken] = [:]

    mutating func revoke(family: String) {
        codes = codes.filter { $0.value.grant.family != family }
        access = access.filter { $0.value.grant.family != family }
        refresh = refresh.filter { $0.value.grant.family != family }
    }

    mutating func forgetExpired(_ now: Int64) {
        codes = codes.filter { $0.value.expires > now }
        access = access.filter { $0.value.expires > now }
        refresh = refresh.filter { $0.value.expires > now }
    }
}

/// Who calls the API, and for which company.
struct Access: Sendable {
    var clientID: String
    var tenantID: String
    var scopes: [String]

    /// GET needs `:read`, POST `:create`, PUT `:update`.
    func allows(_ method: String) -> Bool {
        let action =
            switch method.uppercased() {
            case "POST": ":create"
            case "PUT": ":update"
            case "DELETE": ":delete"
            default: ":read"
            }
        return scopes.contains { $0.hasSuffix(action) }
    }
}

extension SandboxState {
    private static let unauthorized = "Unauthorized. Access token is missing or invalid."

    mutating func access(_ call: SandboxCall, _ fault: FaultRule?) throws -> Access {
        guard let token = bearer(call), let entry = grants.access[token] else {
            throw Refusal(.gateway(SandboxState.unauthorized, status: 401))
        }
        if fault?.kind == .tokenExpires { grants.access[token] = nil }
        if fault?.kind == .grantRevoked { grants.revoke(family: entry.grant.family) }
        guard entry.expires > clockNow(), grants.access[token] != nil,
            companies.contains(where: { $0.records.tenantID == entry.grant.tenantID })
        else { throw Refusal(.gateway(SandboxState.unauthorized, status: 401)) }
        return Access(clientID: entry.grant.clientID, tenantID: entry.grant.tenantID, scopes: entry.grant.scopes)
    }

    func bearer(_ call: SandboxCall) -> String? {
        guard let header = call.header("Authorization"), header.lowercased().hasPrefix("bearer ") else { return nil }
        return String(header.dropFirst(7))
    }
}
