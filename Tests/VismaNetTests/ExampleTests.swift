import Foundation
import Testing

import VismaNet

/// The example of the documentation, compiled and run, written with the public names only.
@Suite struct ExampleTests {
    @Test func readCustomersAndPostHours() async throws {
        let api = ScriptedTransport { request, _ in
            request.method == "GET"
                ? .status(200, #"[{"internalId":1,"number":"10000","name":"Ola","metadata":{"maxPageSize":500}}]"#)
                : .status(
                    201, "", [HTTPField("Location", "https://api.finance.visma.net/v1/projecttransaction/PM00000042")])
        }
        let world = World()

        // 1. A token source for one company. A real program passes AsyncHTTPClientTransport() and a store of its own.
        let login = ScriptedTransport([tokenAnswer("T")])
        let tokens = TokenSource(
            kind: .service(tenantID: "company-tenant-id", scopes: GrantKind.serviceScopes),
            store: MemoryTokenStore(clock: { world.now }),
            requests: TokenRequests(
                application: OAuthApplication(clientID: "isv_example", clientSecret: Secret("…")), transport: login,
                userAgent: "Example/1.0"),
            clock: { world.now }, sleep: { world.sleep($0) })

        // 2. The client.
        let client = VismaNetClient(
            configuration: VismaNetConfiguration(userAgent: "Example/1.0"), transport: api, tokens: tokens,
            surroundings: world.surroundings)

        // 3. Read: all customers, page by page.
        var names: [String] = []
        for try await page in client.customerPages() { names += page.rows.compactMap(\.name) }
        #expect(names == ["Ola"])

        // 4. Write: build, freeze the bytes, send once, look at the outcome.
        var line = ProjectTransactionDraft.Line()
        line.quantity = Decimal(string: "7.5").map { .value($0) } ?? .leaveOut
        line.project = .value("P-2026-014")
        line.projectTask = .value("10")
        var draft = ProjectTransactionDraft()
        draft.description = .value("Hours 2026-01")
        draft.lines = [line]
        let answer = await client.postProjectTransaction(try draft.body())
        switch answer.outcome {
        case .created(let document): #expect(document.refNbr == "PM00000042")
        case .accepted, .notSent, .notApplied, .refused, .unknown: Issue.record("\(answer)")
        }
    }
}
