import Foundation
import Testing
import VismaNetSandbox

struct TokenFaultTests {
    private func token(_ rig: Rig, _ fields: [String: String]) async throws -> SandboxAnswer {
        let client = ["client_id": "isv_test", "client_secret": "S3+/="]
        return try await rig.sandbox.respond(to: Rig.form(client.merging(fields) { $1 }))
    }

    private func refreshToken(_ rig: Rig) async throws -> String {
        let fields = [
            "client_id": "isv_test", "response_type": "code", "redirect_uri": Rig.redirect, "email": "kari@example.com",
            "scope": "offline_access vismanet_erp_interactive_api:read", "tenant_id": Rig.tenant, "decision": "allow",
        ]
        let consent = try await rig.sandbox.respond(to: Rig.form(fields, path: "/connect/authorize"))
        let location = try #require(consent.header("Location"))
        let code = try #require(URLComponents(string: location)?.queryItems?.first?.value)
        let exchange = ["grant_type": "authorization_code", "code": code, "redirect_uri": Rig.redirect]
        return try #require(try await token(rig, exchange).object()["refresh_token"] as? String)
    }

    private func refreshed(_ rig: Rig, _ refreshToken: String) async throws -> SandboxAnswer {
        try await token(rig, ["grant_type": "refresh_token", "refresh_token": refreshToken])
    }

    @Test func lostRefreshAnswerHasRotatedTheToken() async throws {
        let rig = try await Rig()
        let first = try await refreshToken(rig)
        rig.sandbox.setFaults([.init(.refreshAnswerLost, nth: 1)])
        await #expect(throws: SandboxConnectionLost.self) { _ = try await refreshed(rig, first) }
        #expect(try await refreshed(rig, first).text == #"{"error":"invalid_grant"}"#)
    }

    @Test func lostRefreshAnswerIsForgivenWithinGrace() async throws {
        let rig = try await Rig { $0.refreshTokens = .oneTime(graceSeconds: 30) }
        let first = try await refreshToken(rig)
        rig.sandbox.setFaults([.init(.refreshAnswerLost, nth: 1)])
        await #expect(throws: SandboxConnectionLost.self) { _ = try await refreshed(rig, first) }
        #expect(try await refreshed(rig, first).status == 200)
    }

    @Test(arguments: [FaultKind.reuseRevokesFamily, .grantRevoked])
    func revokedFamilyCannotBeRefreshed(kind: FaultKind) async throws {
        let rig = try await Rig()
        let first = try await refreshToken(rig)
        rig.sandbox.setFaults([.init(kind, path: "token", remaining: 1)])
        #expect(try await refreshed(rig, first).status == 400)
        #expect(try await refreshed(rig, first).status == 400)
    }

    @Test func consentForAnotherCompanyIsSeenInTheOrganisation() async throws {
        let other = "11111111-7f0c-4a57-9a5c-6f1d2f3a4b5c"
        let rig = try await Rig(companies: [.small(tenantID: Rig.tenant), .small(tenantID: other, name: "Annet AS")])
        let first = try await refreshToken(rig)
        rig.sandbox.setFaults([.init(.otherCompany, text: other)])
        let access = try await refreshed(rig, first).object()["access_token"] as? String
        #expect(try await rig.call("GET", "/v1/organization", token: access).column("name") == ["Annet AS"])
    }

    @Test func serviceOnlyClientCannotSignPeopleIn() async throws {
        let query = "client_id=isv_other&response_type=code&scope=openid&redirect_uri=\(Rig.redirect)"
        let page = try await Rig().sandbox.respond(to: .init(method: "GET", path: "/connect/authorize", query: query))
        #expect(page.status == 400)
    }
}
