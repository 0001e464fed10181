import Foundation
import HTTPTypes
import Proresult
import TestSupport
import Testing

@testable import Web

/// The published document and the routes are the same. That answers and refusals fit it is held at every call of
/// `APICaller`.
@Suite struct OpenAPIDocumentTests {
    @Test func everyRouteIsDescribedAndNothingElse() async throws {
        try await withWeb { bench in
            let program = try await bench.caller(.leader)
            let document = try await program.get("/openapi.json").json
            let described = Set(
                (document["paths"]?.properties ?? [:]).flatMap { path, methods in
                    methods.properties.keys.map { "\($0.uppercased()) \(path)" }
                })
            let routes = Set(
                RouteTable.all.filter { $0.path.hasPrefix("/api/") }.map { "\($0.method.rawValue) \($0.path)" })
            #expect(described == routes && described.count > 25)
            let names = (document["paths"]?.properties.values.map(\.properties.values) ?? []).flatMap { $0 }
                .compactMap { $0["operationId"]?.text }
            #expect(Set(names).count == routes.count)
        }
    }

    @Test func everyNamedSchemaIsThere() throws {
        let text = String(decoding: try JSONEncoder().encode(OpenAPIDocument.document), as: UTF8.self)
        let document = try JSONDecoder().decode(ContractValue.self, from: Data(text.utf8))
        let known = Set(document["components"]?["schemas"]?.properties.keys.map { $0 } ?? [])
        let named = text.replacing("\\/", with: "/").matches(of: #/"#/components/schemas/([A-Za-z]+)"/#).map {
            String($0.1)
        }
        #expect(Set(named).subtracting(known) == [] && known.count > 15)
        #expect(document["openapi"]?.text == "3.1.0")
    }

    /// What refuses in the server must refuse in the document, and the other way round: each kind of value, at and over
    /// its edges.
    @Test(arguments: [
        ("{}", false), (#"{"externalID":"1"}"#, false), (delivered("1"), true),
        (delivered("1", ["total": "\"7.5\""]), true),
        (delivered("1", ["total": "7.5e0"]), true), (delivered("1", ["total": "null", "from": "\"07:00\""]), true),
        (delivered("1", ["total": "\"7,5\""]), false), (delivered("1", ["total": "1000000000"]), false),
        (delivered("1", ["total": "-1000000000"]), false), (delivered("1", ["total": "\"1000000000\""]), false),
        (delivered("1", ["total": "\" 7\""]), false), (delivered("1", ["total": "false"]), false),
        (delivered("1", ["breakMinutes": "1440"]), false), (delivered("1", ["breakMinutes": "-1"]), false),
        (delivered("1", ["breakMinutes": "\"30\""]), false), (delivered("1", ["date": "\"16.11.2026\""]), false),
        (delivered("1", ["date": "\"2026-11-16T00:00:00Z\""]), false), (delivered("1", ["from": "\"7\""]), false),
        (delivered("1", ["comment": "7"]), false), (delivered("1", ["unknown": "null"]), false),
        (delivered("1", ["externalID": "\"" + String(repeating: "å", count: 201) + "\""]), false),
        ("[]", false), ("\"\"", false), ("null", false),
    ])
    func theDocumentRefusesWhatTheServerRefuses(body: String, isTaken: Bool) async throws {
        try await withWeb { bench in
            try await bench.fillBoth()
            // `APICaller` compares the document's word with the server's.
            let reply = try await bench.caller(.leader).post("/hours", body)
            #expect((reply.status != .badRequest) == isTaken, "\(reply.text)")
        }
    }
}
