import Foundation
import Testing
import VismaNetSandbox

struct GateTests {
    @Test(arguments: ["", "Bearer", "Bearer feil", "Basic abc"])
    func withoutATokenNothingIsRead(header: String) async throws {
        let call = SandboxCall(method: "GET", path: "/v1/customer", headers: [.init("Authorization", header)])
        let answer = try await Rig().sandbox.respond(to: call)
        #expect(answer.status == 401)
        #expect(answer.header("X-RateLimit-Limit") == "15000")
    }

    @Test func tokenExpiresAfterItsLife() async throws {
        let rig = try await Rig()
        rig.clock.advance(seconds: 3599)
        #expect(try await rig.get("/v1/customer").status == 200)
        rig.clock.advance(seconds: 1)
        #expect(try await rig.get("/v1/customer").status == 401)
    }

    @Test func scopesAreKeptApart() async throws {
        let reader = try await Rig(scope: "read")
        #expect(try await reader.post(Rig.document()).status == 403)
        #expect(try await reader.call("PUT", "/v1/projecttransaction/PM00000001", body: "{}").status == 403)
        let writer = try await Rig(scope: "create")
        #expect(try await writer.get("/v1/customer").status == 403)
        #expect(try await writer.post(Rig.document()).status == 201)
    }

    @Test func quotaCountsPerHourAndTellsWhenToReturn() async throws {
        let rig = try await Rig { $0.hourlyQuota = 2 }
        rig.clock.advance(seconds: 60)
        #expect(try await rig.get("/v1/customer").header("X-RateLimit-Remaining") == "1")
        _ = try await rig.get("/v1/customer")
        let refused = try await rig.get("/v1/customer")
        #expect(refused.status == 429)
        #expect(refused.header("Retry-After") == "3540" && refused.header("X-RateLimit-Reset") == "3540")
        #expect(refused.text.contains("Rate limit is exceeded. Try again in 3540 seconds."))
        rig.clock.advance(seconds: 3540)
        let token = try await Rig.serviceToken(rig.sandbox, scopes: "vismanet_erp_service_api:read")
        #expect(try await rig.call("GET", "/v1/customer", token: token).status == 200)
    }

    @Test(arguments: [
        "/v1/Customer", "/V1/CUSTOMER", "/API/controller/api/v1/customer", "/api/CONTROLLER/api/V1/Customer",
    ])
    func pathsAreMatchedWithoutRegardToCase(path: String) async throws {
        #expect(try await Rig().get(path).rows().count == 3)
    }

    @Test func reservedCharactersTravelAsBase64() async throws {
        let rig = try await Rig()
        let coded = Data("SLETT/1".utf8).base64EncodedString().replacingOccurrences(of: "=", with: "")
        let item = try await rig.get("/v1/inventory/b64(\(coded))").object()
        #expect(item["inventoryNumber"] as? String == "SLETT/1")
        #expect(try await rig.get("/v1/inventory/b64(\(coded)=)").status == 404)
        #expect(try await rig.get("/v1/inventory/SLETT/1").status == 404)
    }

    @Test func keysAreTrimmed() async throws {
        #expect(try await Rig().get("/v1/customer/%2010001%20%20").status == 200)
    }

    @Test(arguments: ["/v1/customer/99", "/v1/project/ukjent", "/v1/projecttask/0", "/v1/ukjent", "/annet"])
    func unknownIs404(path: String) async throws {
        #expect(try await Rig().get(path).status == 404)
    }

    @Test(arguments: ["pagesize=10", "side=1", "expandDirectDebit=ja", "status=Aktiv"])
    func unknownOrWrongQueryIsRefusedWhenStrict(query: String) async throws {
        #expect(try await Rig().get("/v1/customer", query).status == 400)
        #expect(try await Rig { $0.isStrict = false }.get("/v1/customer", query).status == 200)
    }

    @Test func singleRecordCarriesItsVersionTwice() async throws {
        let rig = try await Rig()
        let before = try await rig.get("/v1/customer/10001")
        let version = try #require(try before.object()["timeStamp"] as? String)
        #expect(before.header("ETag") == "\"\(version)\"")
        rig.clock.advance(seconds: 1)
        rig.sandbox.edit(Rig.tenant) { records, stamp in records.customers[0].lastModified = stamp }
        #expect(try await rig.get("/v1/customer/10001").header("ETag") != before.header("ETag"))
    }

    @Test func itemSpellsItsVersionInItsOwnWay() async throws {
        let answer = try await Rig().get("/v1/inventory/TIMER")
        #expect(answer.header("ETag") == nil)
        #expect(try answer.object()["timestamp"] is String)
        #expect(answer.text.contains("\"defaultPrice\":850.0"))
    }

    @Test func expandsOfItemsAreOnUntilSwitchedOff() async throws {
        let rig = try await Rig()
        #expect(try await rig.get("/v1/inventory/ROR-22").object()["inventoryUnits"] != nil)
        let light = try await rig.get("/v1/inventory", "expandInventoryUnits=false&expandNote=false").rows()
        #expect(light.allSatisfy { $0["inventoryUnits"] == nil && $0["note"] == nil && $0["warehouseDetails"] != nil })
    }

    @Test func locationsAnswerToNumberAndInternalID() async throws {
        let rig = try await Rig()
        #expect(try await rig.get("/v1/location/10001").column("locationId") == ["MAIN", "BYGG"])
        #expect(try await rig.get("/v1/location/401/BYGG").object()["internalId"] as? Int == 3101)
    }

    @Test func requestLogTellsWhoAskedWhat() async throws {
        let rig = try await Rig()
        _ = try await rig.get("/v1/customer", "pageNumber=1")
        let request = try #require(rig.sandbox.requests().last)
        #expect(request.number == 2 && request.status == 200 && request.query == "pageNumber=1")
        #expect(request.clientID == "isv_test" && request.tenantID == Rig.tenant && request.time == Rig.start)
    }
}
