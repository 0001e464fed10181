import Foundation
import Testing

@testable import VismaNet

@Suite struct WritingTests {
    static func draft() throws -> ProjectTransactionDraft {
        var line = ProjectTransactionDraft.Line()
        line.date = .value(try #require(VismaDate("2026-01-12")))
        line.employee = .value("7")
        line.item = .value("TIMER")
        line.quantity = .value(try #require(Decimal(exactly: "7.5")))
        line.unitRate = .value(try #require(Decimal(exactly: "0.07")))
        line.billable = .value(true)
        line.financialPeriod = .value("202601")
        line.project = .value("P-2026-014")
        line.projectTask = .value("10")
        line.description = .value("Rør \"22\"")
        line.note = .null
        var draft = ProjectTransactionDraft()
        draft.description = .value("PRX-1")
        draft.lines = [line]
        return draft
    }

    @Test func draftIsWrittenInTheWrappedForm() throws {
        let text = String(decoding: try Self.draft().body(), as: UTF8.self)
        #expect(
            text == #"{"description":{"value":"PRX-1"},"module":{"value":"ModulePM"},"lines":[{"operation":"Insert","#
                + #""date":{"value":"2026-01-12T00:00:00"},"employee":{"value":"7"},"inventoryId":{"value":"TIMER"},"#
                + #""quantity":{"value":7.5},"unitRate":{"value":0.07},"billable":{"value":true},"financialPeriod":{"value":"202601"},"#
                + #""project":{"value":"P-2026-014"},"projectTask":{"value":"10"},"description":{"value":"Rør \"22\""},"note":{"value":null}}]}"#
        )
    }

    @Test func notANumberIsRefusedBeforeSending() async throws {
        var draft = try Self.draft()
        draft.lines[0].quantity = .value(Decimal.nan)
        let error = await failure { () throws(VismaNetError) in try draft.body() }
        #expect(error?.consequence == .bug)
    }

    @Test func postIsSentOnceWithItsFrozenBytes() async throws {
        let api = ScriptedTransport([
            .status(
                201, "",
                [
                    HTTPField(
                        "Location", "https://integration.visma.net/API/controller/api/v1/projectTransaction/PM00000042"),
                    HTTPField("ETag", "W/\"AAA=\""),
                ])
        ])
        let body = try Self.draft().body()
        let answer = await makeClient(api).postProjectTransaction(body, background: true)
        #expect(answer.outcome == .created(CreatedTransaction(refNbr: "PM00000042", etag: ETag("AAA="))))
        let request = try #require(api.requests.first)
        #expect(request.method == "POST" && request.url == "https://api.finance.visma.net/v1/projecttransaction")
        #expect(request.body == body)
        #expect(
            request.headers.dropFirst(3) == [
                HTTPField("Content-Type", "application/json; charset=utf-8"), HTTPField("erp-api-background", "none"),
            ])
    }

    enum Class: String { case notSent, created, accepted, notApplied, refused, unknown }

    static let location = HTTPField("Location", "/v1/projecttransaction/PM%2001?x=1#y")
    static let table: [(Result<HTTPTransportResponse, TransportFailure>, Class)] = [
        (.failure(.notSent("refused")), .notSent), (.failure(.noAnswer("reset")), .unknown),
        (.failure(.bodyTooLarge(limitBytes: 1)), .unknown),
        (.status(201, "", [location]), .created), (.status(201), .unknown),
        (.status(201, "<html>", [location]), .unknown),
        (.status(201, "", [location, HTTPField("Content-Type", "text/html")]), .unknown),
        (.status(201, "", [HTTPField("Location", "https://x/v1/projecttransaction/")]), .unknown),
        (.status(201, "", [HTTPField("Location", "https://x/v1/customer/10")]), .unknown),
        (.status(201, "", [HTTPField("Location", "PM1")]), .unknown),
        (.status(200, "{}", [location]), .unknown), (.status(204, "", [location]), .unknown),
        (.status(202, #"{"id":"3f0e","stateLocation":"x"}"#), .accepted), (.status(202, "{}"), .unknown),
        (.status(202, ""), .unknown), (.status(202, #"{"id":7}"#), .unknown),
        (.status(401), .notApplied), (.status(403, "<html>"), .notApplied), (.status(429), .notApplied),
        (.status(400, #"{"message":"'Project' cannot be empty."}"#), .refused),
        (.status(404, #"{"Message":"x"}"#), .refused),
        (.status(409, #"{"message":"x"}"#), .refused), (.status(422, #"{"message":"x"}"#), .refused),
        (.status(400, "<html>Bad request</html>"), .unknown), (.status(400), .unknown),
        (.status(400, "{\"message\":\"x"), .unknown),
        (.status(404), .unknown), (.status(400, "[]"), .unknown), (.status(400, #"{"message":""}"#), .unknown),
        (.status(500, #"{"message":"x"}"#), .unknown), (.status(502), .unknown), (.status(503), .unknown),
        (.status(504), .unknown), (.status(408), .unknown), (.status(302, "", [location]), .unknown),
        (.status(405), .unknown),
        (.status(410, #"{"message":"x"}"#), .unknown), (.status(412, #"{"message":"x"}"#), .unknown),
        (.status(418), .unknown),
    ]

    @Test(arguments: table.indices) func everyAnswerToAPostHasItsClassAndIsNeverSentAgain(index: Int) async {
        let (result, expected) = Self.table[index]
        let api = ScriptedTransport([result])
        let world = World()
        let answer = await makeClient(api, world: world).postProjectTransaction(Array("{}".utf8))
        let got: Class =
            switch answer.outcome {
            case .notSent: .notSent
            case .created: .created
            case .accepted: .accepted
            case .notApplied: .notApplied
            case .refused: .refused
            case .unknown: .unknown
            }
        #expect(got == expected, "\(answer)")
        #expect(api.requests.count == 1)
        #expect(world.sleeps.isEmpty)
    }

    @Test func numberInLocationIsDecoded() {
        #expect(LocationHeader.key("https://x/v1/projecttransaction/PM%2001?a=/b", of: "projecttransaction") == "PM 01")
        #expect(LocationHeader.key("/v1/ProjectTransaction/b64(QS9C)", of: "projecttransaction") == "A/B")
        #expect(LocationHeader.key("/v1/projecttransaction/%FF", of: "projecttransaction") == nil)
    }

    @Test func refusedTokenIsNotUsedForTheNextPost() async {
        let api = ScriptedTransport([.status(401), .status(201, "", [Self.location])])
        let client = makeClient(api)
        _ = await client.postProjectTransaction([])
        _ = await client.postProjectTransaction([])
        #expect(api.requests.map { $0.headers.first?.value } == ["Bearer T1", "Bearer T2"])
    }

    @Test func postWithoutTokenIsNotSent() async {
        let api = ScriptedTransport([.status(201)])
        let dead = ScriptedTransport([.status(400, #"{"error":"invalid_client"}"#)])
        let answer = await makeClient(api, tokens: dead).postProjectTransaction([])
        guard case .notSent(let error) = answer.outcome else {
            Issue.record("\(answer)")
            return
        }
        #expect(error.consequence == .askPerson)
        #expect(api.requests.isEmpty)
    }

    @Test func createThrowsOutcomeUnknown() async throws {
        let client = makeClient(ScriptedTransport([.status(500, #"{"message":"x"}"#)]))
        let draft = try Self.draft()
        let error = await failure { () throws(VismaNetError) in try await client.createProjectTransaction(draft) }
        #expect(error?.consequence == .outcomeUnknown)
    }

    @Test func putCarriesTheVersionAndIsNeverSentAgain() async throws {
        let api = ScriptedTransport([
            .status(204, "", [HTTPField("ETag", "\"V2\"")]), .status(412), .status(500), .failure(.noAnswer("reset")),
            .status(400, "<html>"),
        ])
        let client = makeClient(api)
        let draft = try Self.draft()
        let version = try #require(ETag("\"V1\""))
        let newer = try await client.updateProjectTransaction(refNbr: "PM1", draft, ifMatch: version)
        #expect(newer == ETag("V2"))
        #expect(api.requests.first?.headers.last == HTTPField("If-Match", "\"V1\""))
        #expect(api.requests.first?.method == "PUT")
        var consequences: [VismaNetError.Consequence?] = []
        for _ in 0..<4 {
            let error = await failure { () throws(VismaNetError) in
                try await client.updateProjectTransaction(refNbr: "PM1", draft, ifMatch: version)
            }
            consequences.append(error?.consequence)
        }
        #expect(consequences == [.askPerson, .outcomeUnknown, .outcomeUnknown, .outcomeUnknown])
        #expect(api.requests.count == 5)
    }

    @Test func versionsThatCannotGoIntoAHeaderAreRefused() {
        #expect(ETag("a\r\nb") == nil && ETag("") == nil && ETag("a\"b") == nil && ETag("æ") == nil)
    }
}
