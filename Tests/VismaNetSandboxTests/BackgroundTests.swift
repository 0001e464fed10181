import Testing
import VismaNetSandbox

struct BackgroundTests {
    private func queue(_ rig: Rig, _ body: String, _ header: String = "none") async throws -> SandboxAnswer {
        try await rig.call(
            "POST", "/v1/projecttransaction", body: body, headers: [.init("erp-api-background", header)])
    }

    @Test func jobIsStartedThenFinished() async throws {
        let rig = try await Rig { $0.backgroundDuration = 5000 }
        let accepted = try await queue(rig, Rig.document())
        #expect(accepted.status == 202)
        let id = try #require(try accepted.object()["id"] as? String)
        var state = try await rig.get("/v1/background/\(id)").object()
        #expect(state["status"] as? String == "Started" && state["statusCode"] as? Int == 0)
        #expect(rig.sandbox.ledger().isEmpty)
        rig.clock.advance(seconds: 5)
        state = try await rig.get("/v1/background/\(id)").object()
        #expect(state["status"] as? String == "Finished" && state["statusCode"] as? Int == 201)
        let headers = state["responseHeaders"] as? [String: String]
        #expect(headers?["Location"]?.hasSuffix("PM00000001") == true)
    }

    @Test func finishedMayBeAFailureWhoseContentGrowsOld() async throws {
        let rig = try await Rig { $0.accessTokenSeconds = 100_000 }
        let id = try await queue(rig, "{}").object()["id"] as? String ?? ""
        let state = try await rig.get("/v1/background/\(id)").object()
        #expect(state["status"] as? String == "Finished" && state["statusCode"] as? Int == 400)
        #expect(try await rig.get("/v1/background/\(id)/content").message().contains("no lines"))
        rig.clock.advance(seconds: 86_401)
        #expect(try await rig.get("/v1/background/\(id)/content").status == 410)
    }

    @Test func theOldWayIsRefused() async throws {
        #expect(try await queue(try await Rig(), Rig.document(), "https://example.com/hook").status == 400)
    }
}
