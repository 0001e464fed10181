import Foundation
import Testing

@testable import VismaNetSandbox

struct IdentityTests {
    private static let verifier = "dBjftJeZ4CVP-mBLK7ZpRzO3n1ZoBwTEgn7hGh4kYjw1"

    private func allow(_ rig: Rig, scope: String, challenge: String? = nil) async throws -> String {
        var fields = [
            "client_id": "isv_test", "response_type": "code", "scope": scope, "redirect_uri": Rig.redirect,
            "state": "s&1",
            "email": "kari@example.com", "tenant_id": Rig.tenant, "decision": "allow",
        ]
        if let challenge {
            fields["code_challenge"] = challenge
            fields["code_challenge_method"] = "S256"
        }
        let answer = try await rig.sandbox.respond(to: Rig.form(fields, path: "/connect/authorize"))
        #expect(answer.status == 302)
        let location = try #require(answer.header("Location"))
        #expect(location.hasPrefix(Rig.redirect + "?code=") && location.hasSuffix("&state=s%261"))
        return try #require(URLComponents(string: location)?.queryItems?.first { $0.name == "code" }?.value)
    }

    private func token(_ rig: Rig, _ fields: [String: String]) async throws -> SandboxAnswer {
        let client = ["client_id": "isv_test", "client_secret": "S3+/="]
        return try await rig.sandbox.respond(to: Rig.form(client.merging(fields) { $1 }))
    }

    private func exchange(_ rig: Rig, _ code: String, verifier: String? = nil) async throws -> SandboxAnswer {
        var fields = ["grant_type": "authorization_code", "code": code, "redirect_uri": Rig.redirect]
        if let verifier { fields["code_verifier"] = verifier }
        return try await token(rig, fields)
    }

    private static let scopes = "openid email offline_access vismanet_erp_interactive_api:read"

    @Test func codeFlowGivesTokensThatReadTheChosenCompany() async throws {
        let rig = try await Rig()
        let code = try await allow(rig, scope: Self.scopes, challenge: PKCE.challenge(of: Self.verifier))
        let tokens = try await exchange(rig, code, verifier: Self.verifier).object()
        let access = try #require(tokens["access_token"] as? String)
        #expect(tokens["expires_in"] as? Int == 3600 && tokens["refresh_token"] is String)
        let organisation = try await rig.call("GET", "/v1/organization", token: access)
        #expect(try organisation.column("name") == ["Rør og Tak AS"])
        let user = try await rig.call("GET", "/connect/userinfo", token: access).object()
        #expect(user["email"] as? String == "kari@example.com")
    }

    @Test(arguments: [nil, "kortere", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"])
    func wrongVerifierIsRefused(verifier: String?) async throws {
        let rig = try await Rig()
        let code = try await allow(rig, scope: Self.scopes, challenge: PKCE.challenge(of: Self.verifier))
        let answer = try await exchange(rig, code, verifier: verifier)
        #expect(answer.status == 400 && answer.text == #"{"error":"invalid_grant"}"#)
    }

    @Test func usedCodeIsRefusedAndKillsItsTokens() async throws {
        let rig = try await Rig()
        let code = try await allow(rig, scope: Self.scopes)
        let access = try await exchange(rig, code).object()["access_token"] as? String
        #expect(try await exchange(rig, code).status == 400)
        #expect(try await rig.call("GET", "/v1/customer", token: access).status == 401)
    }

    @Test func codeGrowsOld() async throws {
        let rig = try await Rig()
        let code = try await allow(rig, scope: Self.scopes)
        rig.clock.advance(seconds: 301)
        #expect(try await exchange(rig, code).status == 400)
    }

    @Test func withoutOfflineAccessThereIsNoRefreshToken() async throws {
        let rig = try await Rig()
        let code = try await allow(rig, scope: "openid vismanet_erp_interactive_api:read")
        #expect(try await exchange(rig, code).object()["refresh_token"] == nil)
    }

    private func refreshed(_ rig: Rig, _ refreshToken: String) async throws -> SandboxAnswer {
        try await token(rig, ["grant_type": "refresh_token", "refresh_token": refreshToken])
    }

    private func firstRefreshToken(_ rig: Rig) async throws -> String {
        let code = try await allow(rig, scope: Self.scopes)
        return try #require(try await exchange(rig, code).object()["refresh_token"] as? String)
    }

    @Test func oneTimeRefreshTokenRotatesAndReuseKillsTheFamily() async throws {
        let rig = try await Rig()
        let first = try await firstRefreshToken(rig)
        let second = try #require(try await refreshed(rig, first).object()["refresh_token"] as? String)
        #expect(second != first)
        #expect(try await refreshed(rig, first).text == #"{"error":"invalid_grant"}"#)
        #expect(try await refreshed(rig, second).status == 400)
    }

    @Test func graceLetsARepeatedExchangeWork() async throws {
        let rig = try await Rig { $0.refreshTokens = .oneTime(graceSeconds: 30) }
        let first = try await firstRefreshToken(rig)
        let second = try await refreshed(rig, first).object()["refresh_token"] as? String
        rig.clock.advance(seconds: 29)
        #expect(try await refreshed(rig, first).object()["refresh_token"] as? String == second)
        rig.clock.advance(seconds: 1)
        #expect(try await refreshed(rig, first).status == 400)
    }

    @Test func reUsableRefreshTokenStaysTheSame() async throws {
        let rig = try await Rig { $0.refreshTokens = .reUse }
        let first = try await firstRefreshToken(rig)
        #expect(try await refreshed(rig, first).object()["refresh_token"] as? String == first)
        #expect(try await refreshed(rig, first).status == 200)
    }

    @Test func revokedRefreshTokenIsDead() async throws {
        let rig = try await Rig()
        let first = try await firstRefreshToken(rig)
        let fields = ["client_id": "isv_test", "client_secret": "S3+/=", "token": first]
        #expect(try await rig.sandbox.respond(to: Rig.form(fields, path: "/connect/revocation")).status == 200)
        #expect(try await refreshed(rig, first).status == 400)
    }

    @Test(arguments: [
        (["grant_type": "password"], "unsupported_grant_type"), ([:], "invalid_request"),
        (["grant_type": "client_credentials", "scope": "vismanet_erp_service_api:read"], "invalid_request"),
        (["grant_type": "client_credentials", "tenant_id": Rig.tenant, "scope": "alt"], "invalid_scope"),
        (["grant_type": "client_credentials", "tenant_id": Rig.tenant, "client_secret": "feil"], "invalid_client"),
        (["grant_type": "refresh_token", "refresh_token": "ukjent"], "invalid_grant"),
        (["grant_type": "authorization_code", "code": "ukjent", "redirect_uri": Rig.redirect], "invalid_grant"),
    ])
    func tokenErrorsAreNamed(fields: [String: String], error: String) async throws {
        let answer = try await token(try await Rig(), fields)
        #expect(answer.status == 400)
        #expect(try answer.object()["error"] as? String == error)
    }

    @Test func basicHeaderIsTaken() async throws {
        let rig = try await Rig()
        let body = "grant_type=client_credentials&tenant_id=\(Rig.tenant)&scope=vismanet_erp_service_api:read"
        func status(_ credentials: String) async throws -> Int {
            var call = Rig.form([:])
            call.body = Array(body.utf8)
            call.headers.append(.init("Authorization", "Basic " + Data(credentials.utf8).base64EncodedString()))
            return try await rig.sandbox.respond(to: call).status
        }
        #expect(try await status("isv_test:S3%2B%2F%3D") == 200)
        #expect(try await status("isv_test:S3+/=") == 200)
        #expect(try await status("isv_test:feil") == 401)
    }

    @Test func customerTenantGetsATokenThatTheAPIRefuses() async throws {
        let rig = try await Rig()
        let scope = "vismanet_erp_service_api:read"
        let token = try await Rig.serviceToken(rig.sandbox, scopes: scope, tenant: "kunde-tenant")
        #expect(!token.isEmpty)
        let answer = try await rig.call("GET", "/v1/customer", token: token)
        #expect(answer.status == 401)
        #expect(try answer.object()["statusCode"] as? Int == 401)
    }

    @Test(arguments: [("client_id", "ukjent"), ("redirect_uri", Rig.redirect + "/")])
    func unregisteredCallerIsNotRedirected(name: String, value: String) async throws {
        var fields = [
            "client_id": "isv_test", "response_type": "code", "scope": Self.scopes, "redirect_uri": Rig.redirect,
        ]
        fields[name] = value
        let answer = try await Rig().sandbox.respond(to: Rig.form(fields, path: "/connect/authorize"))
        #expect(answer.status == 400 && answer.header("Location") == nil)
    }

    @Test func consentPageListsCompaniesAndEscapes() async throws {
        let rig = try await Rig(companies: [.small(tenantID: Rig.tenant, name: "<b>Rør</b>")])
        let scope = "openid%20vismanet_erp_interactive_api:read"
        let query = "client_id=isv_test&response_type=code&scope=\(scope)&state=%22%3E&redirect_uri=\(Rig.redirect)"
        let page = try await rig.sandbox.respond(to: .init(method: "GET", path: "/connect/authorize", query: query))
        #expect(page.status == 200)
        #expect(page.text.contains("&lt;b&gt;Rør&lt;/b&gt;") && page.text.contains("value=\"&quot;&gt;\""))
    }

    @Test func refusedConsentComesBackAsAnError() async throws {
        let fields = [
            "client_id": "isv_test", "response_type": "code", "scope": Self.scopes, "redirect_uri": Rig.redirect,
            "state": "x", "decision": "deny",
        ]
        let answer = try await Rig().sandbox.respond(to: Rig.form(fields, path: "/connect/authorize"))
        #expect(answer.header("Location") == Rig.redirect + "?error=access_denied&state=x")
    }

    @Test func discoveryNamesTheEndpoints() async throws {
        let call = SandboxCall(method: "GET", path: "/.well-known/openid-configuration", origin: "http://127.0.0.1:9")
        let answer = try await Rig().sandbox.respond(to: call).object()
        #expect(answer["token_endpoint"] as? String == "http://127.0.0.1:9/connect/token")
        #expect(answer["revocation_endpoint"] as? String == "http://127.0.0.1:9/connect/revocation")
    }
}
