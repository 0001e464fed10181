import Foundation
import Testing
import VismaNetSandbox

struct ChangeDocumentTests {
    private let path = "/v1/projecttransaction/PM00000001"

    private func put(_ rig: Rig, _ body: String, ifMatch: String? = nil) async throws -> SandboxAnswer {
        try await rig.call("PUT", path, body: body, headers: ifMatch.map { [SandboxHeader("If-Match", $0)] } ?? [])
    }

    private func lineID(_ rig: Rig) throws -> Int {
        try #require(rig.sandbox.ledger().first?.document.lines.first?.tranID)
    }

    @Test func matchingVersionIsChanged() async throws {
        let rig = try await Rig()
        let etag = try #require(try await rig.post(Rig.document()).header("ETag"))
        let answer = try await put(rig, #"{"description":{"value":"Ny"}}"#, ifMatch: etag)
        #expect(answer.status == 204 && answer.body.isEmpty)
        #expect(answer.header("ETag") != etag)
        #expect(try await rig.get(path).header("ETag") == answer.header("ETag"))
        #expect(try await rig.get(path).object()["description"] as? String == "Ny")
    }

    @Test func staleVersionIs412AndLeavesNoTrace() async throws {
        let rig = try await Rig()
        _ = try await rig.post(Rig.document())
        let answer = try await put(rig, #"{"description":{"value":"Ny"}}"#, ifMatch: "\"AAAAAAAAAAA=\"")
        #expect(answer.status == 412)
        #expect(rig.sandbox.ledger().count == 1)
    }

    @Test func withoutIfMatchTheLastWriterWins() async throws {
        let rig = try await Rig()
        _ = try await rig.post(Rig.document())
        #expect(try await put(rig, #"{"note":{"value":"x"}}"#).status == 204)
    }

    @Test func linesAreChangedAddedAndTakenOut() async throws {
        let rig = try await Rig()
        _ = try await rig.post(Rig.document())
        let id = try lineID(rig)
        let change =
            "{\"lines\":[{\"operation\":\"Update\",\"tranId\":{\"value\":\(id)},\"quantity\":{\"value\":2}},\(Rig.line())]}"
        #expect(try await put(rig, change).status == 204)
        let lines = try #require(rig.sandbox.ledger().last?.document.lines)
        #expect(lines.map(\.quantity.description) == ["2", "7.5"])
        #expect(lines.first?.amount.description == "840.66" && lines.first?.tranID == id)
        #expect(
            try await put(rig, "{\"lines\":[{\"operation\":\"Delete\",\"tranId\":{\"value\":\(id)}}]}").status == 204)
        #expect(rig.sandbox.ledger().last?.document.lines.count == 1)
        #expect(rig.sandbox.ledger().map(\.event) == [.created, .changed, .changed])
    }

    @Test func releasedDocumentIsFinal() async throws {
        let rig = try await Rig()
        _ = try await rig.post(Rig.document())
        rig.sandbox.release("PM00000001", in: Rig.tenant)
        #expect(try await put(rig, #"{"note":{"value":"x"}}"#).status == 400)
        #expect(try await rig.get(path).object()["status"] as? String == "Released")
    }

    @Test func unknownDocumentAndLineAreRefused() async throws {
        let rig = try await Rig()
        #expect(try await put(rig, "{}").status == 404)
        _ = try await rig.post(Rig.document())
        #expect(try await put(rig, #"{"lines":[{"operation":"Delete","tranId":{"value":1}}]}"#).status == 400)
    }

    @Test func emptyDocumentsHoldAndVersionsAreHonouredAsConfigured() async throws {
        let shell = #"{"description":{"value":"Tom"},"status":{"value":"Hold"},"lines":[]}"#
        #expect(try await Rig().post(shell).status == 400)

        let willing = try await Rig { ($0.acceptsEmptyDocuments, $0.listsEmptyDocuments) = (true, true) }
        let etag = try #require(try await willing.post(shell).header("ETag"))
        #expect(try await willing.get(path).object()["status"] as? String == "Hold")
        let query = "fromPeriod=202603&toPeriod=202603"
        #expect(try await willing.get("/v1/projecttransaction", query).rows().count == 1)
        #expect(
            try await put(willing, Rig.document(extra: #","status":{"value":"Balanced"}"#), ifMatch: etag).status == 204
        )
        #expect(try await put(willing, Rig.document(), ifMatch: etag).status == 412)
        #expect(try await willing.get(path).object()["status"] as? String == "Balanced")

        let loose = try await Rig { configuration in
            configuration.acceptsEmptyDocuments = true
            configuration.honoursHold = false
            configuration.enforcesIfMatch = false
        }
        _ = try await loose.post(shell)
        #expect(try await loose.get(path).object()["status"] as? String == "Balanced")
        #expect(try await loose.get("/v1/projecttransaction", query).rows().isEmpty)
        #expect(try await put(loose, #"{"note":{"value":"x"}}"#, ifMatch: "\"AAAAAAAAAAA=\"").status == 204)
    }
}
