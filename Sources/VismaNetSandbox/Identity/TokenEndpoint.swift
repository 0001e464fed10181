import Crypto
import Foundation

/// `POST /connect/token` (API.md 1.3, 1.4).
extension SandboxState {
    private struct TokenRefused: Error {
        var code: String
        init(_ code: String) { self.code = code }
    }

    mutating func tokenAnswer(_ call: SandboxCall, _ fault: FaultRule?, index: Int) -> SandboxAnswer {
        let form = form(call)
        guard let client = authenticated(call, form) else { return clientRefused(call) }
        requests[index].clientID = client.id
        grants.forgetExpired(clockNow())
        defer { saveGrants() }
        do {
            let answer =
                switch form["grant_type"] {
                case "authorization_code": try exchange(form, client)
                case "refresh_token": try refresh(form, client, fault)
                case "client_credentials": try serviceToken(form, client)
                case nil: throw TokenRefused("invalid_request")
                default: throw TokenRefused("unsupported_grant_type")
                }
            return answer
        } catch let refused as TokenRefused {
            return SandboxState.oauthError(refused.code)
        } catch {
            return SandboxState.oauthError("invalid_request")
        }
    }

    private mutating func serviceToken(_ form: [QueryText.Pair], _ client: SandboxConfiguration.Client) throws
        -> SandboxAnswer
    {
        guard client.kinds.contains(.service) else { throw TokenRefused("unauthorized_client") }
        guard let tenant = form["tenant_id"], !tenant.isEmpty else { throw TokenRefused("invalid_request") }
        let known = companies.contains { $0.records.tenantID == tenant }
        guard known || configuration.customerTenantIDs.contains(tenant) else { throw TokenRefused("invalid_request") }
        let scopes = SandboxState.scopes(form["scope"])
        guard !scopes.isEmpty, SandboxConfiguration.serviceScopes.isSuperset(of: scopes) else {
            throw TokenRefused("invalid_scope")
        }
        let grant = Grants.Grant(
            family: random.hex(2), clientID: client.id, tenantID: tenant, scopes: scopes, user: nil)
        return tokens(grant, refreshToken: nil)
    }

    private mutating func exchange(_ form: [QueryText.Pair], _ client: SandboxConfiguration.Client) throws
        -> SandboxAnswer
    {
        guard let key = form["code"], let redirect = form["redirect_uri"] else { throw TokenRefused("invalid_request") }
        guard let code = grants.codes[key], code.grant.clientID == client.id else {
            throw TokenRefused("invalid_grant")
        }
        if code.isUsed {
            grants.revoke(family: code.grant.family)
            throw TokenRefused("invalid_grant")
        }
        guard code.expires > clockNow(), code.redirectURI == redirect, proves(form["code_verifier"], code.challenge)
        else { throw TokenRefused("invalid_grant") }
        grants.codes[key]?.isUsed = true
        let offline = code.grant.scopes.contains("offline_access")
        return tokens(code.grant, refreshToken: offline ? newRefreshToken(code.grant) : nil)
    }

    private func proves(_ verifier: String?, _ challenge: String?) -> Bool {
        guard let challenge else { return verifier == nil }
        guard let verifier, (43...128).contains(verifier.utf8.count) else { return false }
        return PKCE.challenge(of: verifier) == challenge
    }

    private mutating func refresh(
        _ form: [QueryText.Pair], _ client: SandboxConfiguration.Client, _ fault: FaultRule?
    ) throws -> SandboxAnswer {
        guard let token = form["refresh_token"] else { throw TokenRefused("invalid_request") }
        guard var entry = grants.refresh[token], entry.grant.clientID == client.id, entry.expires > clockNow() else {
            throw TokenRefused("invalid_grant")
        }
        if fault?.kind == .reuseRevokesFamily || fault?.kind == .grantRevoked {
            grants.revoke(family: entry.grant.family)
            throw TokenRefused("invalid_grant")
        }
        if fault?.kind == .otherCompany, let tenant = fault?.text { entry.grant.tenantID = tenant }
        guard case .oneTime(let grace) = configuration.refreshTokens else {
            return tokens(entry.grant, refreshToken: token)
        }
        if let rotated = entry.rotated {
            guard clockNow() < rotated + Int64(grace) * 1000, let successor = entry.successor else {
                grants.revoke(family: entry.grant.family)
                throw TokenRefused("invalid_grant")
            }
            return tokens(entry.grant, refreshToken: successor)
        }
        let successor = newRefreshToken(entry.grant)
        let now = clockNow()
        grants.refresh[token]?.rotated = now
        grants.refresh[token]?.successor = successor
        return tokens(entry.grant, refreshToken: successor)
    }

    private mutating func newRefreshToken(_ grant: Grants.Grant) -> String {
        let token = random.hex(4).uppercased()
        let expires = clockNow() + configuration.refreshTokenSeconds * 1000
        grants.refresh[token] = .init(grant: grant, expires: expires)
        return token
    }

    private mutating func tokens(_ grant: Grants.Grant, refreshToken: String?) -> SandboxAnswer {
        let token = "eyJ" + random.hex(6)
        grants.access[token] = .init(grant: grant, expires: clockNow() + configuration.accessTokenSeconds * 1000)
        var fields = Fields()
        fields.add("access_token", token)
        fields.add("expires_in", Int(configuration.accessTokenSeconds))
        fields.add("token_type", "Bearer")
        fields.add("scope", grant.scopes.joined(separator: " "))
        if let refreshToken { fields.add("refresh_token", refreshToken) }
        return .json(fields.json, headers: [.init("Cache-Control", "no-store")])
    }

    static func scopes(_ text: String?) -> [String] { (text ?? "").split(separator: " ").map(String.init) }
}

enum PKCE {
    /// S256 (RFC 7636).
    static func challenge(of verifier: String) -> String {
        Data(SHA256.hash(data: Data(verifier.utf8))).base64EncodedString()
            .replacingOccurrences(of: "+", with: "-").replacingOccurrences(of: "/", with: "_")
            .replacingOccurrences(of: "=", with: "")
    }
}
