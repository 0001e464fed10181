import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Testing
import VismaNetSandbox

/// Over real HTTP: what only a connection can show.
struct ServerTests {
    private func headers(_ rig: Rig) -> HTTPFields { [.authorization: "Bearer \(rig.token)"] }

    @Test func documentTravelsOverHTTP() async throws {
        let rig = try await Rig()
        try await rig.sandbox.application().test(.live) { client in
            let body = ByteBuffer(string: Rig.document())
            let created = try await client.execute(
                uri: "/v1/projecttransaction", method: .post, headers: headers(rig), body: body)
            #expect(created.status == .created && created.body.readableBytes == 0)
            let location = try #require(created.headers[.location])
            #expect(location.hasSuffix("/v1/projecttransaction/PM00000001") && location.hasPrefix("http://"))
            let page = try await client.execute(
                uri: "/API/controller/api/v1/Customer?pageNumber=1&pageSize=2", method: .get, headers: headers(rig))
            #expect(page.status == .ok && page.headers[.contentType] == "application/json; charset=utf-8")
        }
    }

    @Test(arguments: [FaultKind.resetAfterCommit, .timeoutBeforeCommit, .cutBody])
    func lostAnswerClosesTheConnection(kind: FaultKind) async throws {
        let rig = try await Rig()
        rig.sandbox.setFaults([.init(kind)])
        try await rig.sandbox.application().test(.live) { client in
            _ = await #expect(throws: (any Error).self) {
                _ = try await client.execute(uri: "/v1/customer", method: .get, headers: headers(rig))
            }
        }
        #expect(rig.sandbox.requests().last?.fault == kind)
    }

    @Test func judgeShowsLedgerAndTakesFaults() async throws {
        let rig = try await Rig()
        _ = try await rig.post(Rig.document())
        try await rig.sandbox.application().test(.router) { client in
            let ledger = try await client.execute(uri: "/sandbox/ledger", method: .get)
            #expect(String(buffer: ledger.body).contains(#""sums":{"5000":"3152.48","5990":"-3152.48"}"#))
            let requests = try await client.execute(uri: "/sandbox/requests", method: .get)
            #expect(String(buffer: requests.body).contains(#""path":"/v1/projecttransaction""#))
            let rules = ByteBuffer(string: #"[{"kind":"F08"}]"#)
            let put = try await client.execute(uri: "/sandbox/faults", method: .put, body: rules)
            #expect(put.status == .ok && rig.sandbox.faults() == [.init(.serverErrorBeforeCommit)])
            let wrong = try await client.execute(uri: "/sandbox/faults", method: .put, body: ByteBuffer(string: "x"))
            #expect(wrong.status == .badRequest)
            _ = try await client.execute(uri: "/sandbox/faults", method: .delete)
            #expect(rig.sandbox.faults().isEmpty)
        }
    }

    @Test func personSeesTheHoursArriveAndReleasesThem() async throws {
        let rig = try await Rig()
        _ = try await rig.post(Rig.document())
        try await rig.sandbox.application().test(.router) { client in
            let page = try await client.execute(uri: "/page/transactions", method: .get)
            #expect(String(buffer: page.body).contains("PM00000001"))
            let address = "/page/transactions/\(Rig.tenant):PM00000001"
            let document = try await client.execute(uri: address, method: .get)
            #expect(String(buffer: document.body).contains("Kari Moe"))
            let released = try await client.execute(uri: address, method: .post)
            #expect(released.status == .seeOther)
            let again = try await client.execute(uri: address, method: .post)
            #expect(again.status == .conflict)
        }
        #expect(rig.sandbox.ledger().map(\.event) == [.created, .released])
    }

    @Test func judgeHidesWhenNotExposed() async throws {
        let rig = try await Rig { $0.exposesJudge = false }
        try await rig.sandbox.application().test(.router) { client in
            let answer = try await client.execute(uri: "/sandbox/ledger", method: .get)
            #expect(answer.status == .notFound)
        }
    }
}
