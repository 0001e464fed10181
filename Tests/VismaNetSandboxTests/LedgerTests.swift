import Foundation
import Testing
import VismaNetSandbox

struct LedgerTests {
    @Test func everyCommitIsKeptAlsoOfWhatIsGone() async throws {
        let rig = try await Rig()
        _ = try await rig.post(Rig.document())
        rig.clock.advance(seconds: 5)
        rig.sandbox.changeDocument("PM00000001", in: Rig.tenant) { $0.description = "Endret" }
        let reversal = rig.sandbox.reverse("PM00000001", in: Rig.tenant)
        rig.sandbox.deleteDocument("PM00000001", in: Rig.tenant)
        let ledger = rig.sandbox.ledger()
        #expect(ledger.map(\.event) == [.created, .changed, .reversed, .deleted])
        #expect(ledger.map(\.request) == [2, nil, nil, nil])
        #expect(ledger.map(\.time) == [Rig.start, Rig.start + 5000, Rig.start + 5000, Rig.start + 5000])
        #expect(reversal == "PM00000002")
        #expect(ledger[2].document.lines.first?.quantity == ledger[0].document.lines.first.map { -$0.quantity })
        #expect(try await rig.get("/v1/projecttransaction/PM00000001").status == 404)
        let row = try await rig.get("/v1/projecttransaction/PM00000002").object()
        #expect(row["origDocType"] as? String == "Reversal" && row["origDocNbr"] as? String == "PM00000001")
    }

    @Test func deletedNumbersAreNotUsedAgain() async throws {
        let rig = try await Rig()
        _ = try await rig.post(Rig.document())
        rig.sandbox.deleteDocument("PM00000001", in: Rig.tenant)
        #expect(try await rig.post(Rig.document()).header("Location")?.hasSuffix("PM00000002") == true)
    }

    @Test func ledgerAndTokensSurviveARestart() async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("sandbox-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let first = try await Rig { $0.folder = folder }
        let line = Rig.line(["unitRate": #"{"value":420.123456789}"#, "amount": #"{"value":90071992547409.93}"#])
        _ = try await first.post(Rig.document([line]))
        first.sandbox.release("PM00000001", in: Rig.tenant)
        let second = try await Rig { $0.folder = folder }
        #expect(second.sandbox.ledger() == first.sandbox.ledger())
        #expect(second.sandbox.ledger().first?.document.lines.first?.amount.description == "90071992547409.93")
        #expect(second.token != first.token)
        let read = try await second.call("GET", "/v1/projecttransaction/PM00000001", token: first.token)
        #expect(try read.object()["status"] as? String == "Released")
        #expect(try await second.post(Rig.document()).header("Location")?.hasSuffix("PM00000002") == true)
    }

    @Test func companiesAreKeptApart() async throws {
        let other = "11111111-7f0c-4a57-9a5c-6f1d2f3a4b5c"
        let rig = try await Rig(companies: [.small(tenantID: Rig.tenant), .small(tenantID: other, name: "Annet AS")])
        _ = try await rig.post(Rig.document())
        let token = try await Rig.serviceToken(rig.sandbox, scopes: "vismanet_erp_service_api:read", tenant: other)
        #expect(try await rig.call("GET", "/v1/organization", token: token).column("name") == ["Annet AS"])
        #expect(try await rig.call("GET", "/v1/projecttransaction/PM00000001", token: token).status == 404)
    }

    @Test func renumberedRecordKeepsItsInternalID() async throws {
        let rig = try await Rig()
        rig.sandbox.renumberCustomer("10001", to: "20001", in: Rig.tenant)
        #expect(try await rig.get("/v1/customer/20001").object()["internalId"] as? Int == 401)
        #expect(try await rig.get("/v1/customer/10001").status == 404)
        let customer = try await rig.get("/v1/project/P-1").object()["customer"] as? [String: String]
        #expect(customer?["number"] == "20001")
    }
}
