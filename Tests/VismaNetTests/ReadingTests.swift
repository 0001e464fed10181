import Synchronization
import Testing

@testable import VismaNet

private let ola = """
    [{"internalId":412,"number":"10000","name":"Ola Nordmann AS","status":"Active",
      "mainAddress":{"addressLine1":"Storgata 1","postalCode":"6800","city":"Førde","country":{"id":"NO"}},
      "lastModifiedDateTime":"2026-10-01T09:12:33.457","timeStamp":"AAAAAAA1n0k=","newField":{"x":[1]},
      "metadata":{"totalCount":1,"maxPageSize":500}}]
    """

@Suite struct ReadingTests {
    @Test func customerPageIsAskedForAndRead() async throws {
        let api = ScriptedTransport([.status(200, ola)])
        let page = try await makeClient(api).customers(
            changedSince: VismaDateTime("2026-10-01T09:00:00.5"), page: 1, pageSize: 200)

        let request = try #require(api.requests.first)
        #expect(
            request.url == "https://api.finance.visma.net/v1/customer?lastModifiedDateTime=2026-10-01T09%3A00%3A00.500"
                + "&lastModifiedDateTimeCondition=%3E%3D&pageNumber=1&pageSize=200")
        #expect(
            request.headers == [
                HTTPField("Authorization", "Bearer T1"), HTTPField("Accept", "application/json"),
                HTTPField("User-Agent", "Test/1"),
            ])
        let customer = try #require(page.rows.first)
        #expect(customer.internalID == 412)
        #expect(customer.status == .known(.active))
        #expect(customer.mainAddress?.countryID == "NO")
        #expect(customer.lastModified?.text == "2026-10-01T09:12:33.4570000")
        #expect(customer.etag?.text == "AAAAAAA1n0k=")
        #expect(page.isLast && page.totalCount == 1 && page.quarantined.isEmpty)
    }

    @Test func dateFilterNeverGoesWithoutItsCondition() async throws {
        let api = ScriptedTransport([.status(200, "[]")])
        let client = makeClient(api)
        let time = try #require(VismaDateTime("2026-10-01"))
        _ = try await client.customers(changedSince: time, page: 1)
        _ = try await client.projects(changedSince: time, page: 1)
        _ = try await client.projectTasks(changedSince: time, page: 1)
        _ = try await client.inventoryItems(changedSince: time, page: 1)
        _ = try await client.employees(changedSince: time, page: 1)
        _ = try await client.subaccounts(changedSince: time, page: 1)
        _ = try await client.projectAccountGroups(changedSince: time, page: 1)
        _ = try await client.accounts(changedSince: time)
        _ = try await client.branches(changedSince: time)
        for request in api.requests {
            #expect(
                request.url.contains(
                    "lastModifiedDateTime=2026-10-01T00%3A00%3A00.000&lastModifiedDateTimeCondition=%3E%3D"))
        }
        #expect(api.requests.count == 9)
    }

    @Test(arguments: [
        (429, [HTTPField("Retry-After", "7")], Duration.seconds(7)),
        (429, [HTTPField("Retry-After", "0")], .seconds(1)),
        (429, [HTTPField("X-RateLimit-Reset", "90")], .seconds(90)),
        (429, [], .seconds(60)),
        (429, [HTTPField("Retry-After", "soon")], .seconds(60)),
        (
            429,
            [
                HTTPField("Date", "Sun, 06 Nov 1994 08:49:37 GMT"),
                HTTPField("Retry-After", "Sun, 06 Nov 1994 08:51:37 GMT"),
            ], .seconds(120)
        ),
        (503, [HTTPField("Retry-After", "20")], .seconds(20)),
        (503, [], .milliseconds(500)), (500, [], .milliseconds(500)), (502, [], .milliseconds(500)),
        (504, [], .milliseconds(500)), (408, [], .milliseconds(500)),
    ]) func readWaitsAndIsRepeated(status: Int, headers: [HTTPField], wait: Duration) async throws {
        let api = ScriptedTransport([.status(status, "", headers), .status(200, ola)])
        let world = World()
        let page = try await makeClient(api, world: world).customers(page: 1)
        #expect(page.rows.count == 1)
        #expect(world.sleeps == [wait])
    }

    @Test(arguments: [
        Result<HTTPTransportResponse, TransportFailure>.failure(.noAnswer("reset")), .failure(.notSent("refused")),
        .status(200, "[{\"internalId\":4"), .status(200, "<html>maintenance</html>"), .status(200, ""),
        .status(200, "{\"message\":\"x\"}"), .status(200, "[]", [HTTPField("Content-Type", "text/html")]),
    ]) func failedReadIsRepeatedUntilItsAttemptsAreUsed(answer: Result<HTTPTransportResponse, TransportFailure>) async {
        let api = ScriptedTransport([answer])
        let world = World()
        let client = makeClient(api, world: world)
        let error = await failure { () throws(VismaNetError) in try await client.customers(page: 1) }
        #expect(api.requests.count == 4)
        #expect(world.sleeps == [.milliseconds(500), .seconds(1), .seconds(2)])
        #expect(error?.consequence == .tryLater)
    }

    @Test func longRateLimitIsHandedToTheCaller() async {
        let api = ScriptedTransport([.status(429, "", [HTTPField("Retry-After", "999999")])])
        let client = makeClient(api)
        let error = await failure { () throws(VismaNetError) in try await client.customers(page: 1) }
        #expect(error?.retryAfter == .seconds(3600))
        #expect(error?.consequence == .tryLater)
        #expect(api.requests.count == 1)
    }

    @Test(
        arguments: [
            (400, #"{"message":"Wrong"}"#, .validation, "Wrong", nil),
            (400, #"{"Message":"Wrong"}"#, .validation, "Wrong", nil),
            (403, #"{"ExceptionType":"IPPException","ExceptionMessage":"No licence"}"#, .forbidden, "No licence", nil),
            (
                409, #"{"message":"VismaId: 0b2d5d2e-7f0c. The row is locked."}"#, .conflict, "The row is locked.",
                "0b2d5d2e-7f0c"
            ),
            (422, #"{"message":{"value":1}}"#, .validation, nil, nil), (412, "", .preconditionFailed, nil, nil),
        ] as [(Int, String, Refusal.Kind, String?, String?)]) func refusalCarriesTheTextForPeople(
            status: Int, body: String, kind: Refusal.Kind, message: String?, vismaID: String?
        ) async
    {
        let api = ScriptedTransport([.status(status, body, [HTTPField("ipp-request-id", "R1")])])
        let client = makeClient(api)
        let error = await failure { () throws(VismaNetError) in try await client.customers(page: 1) }
        #expect(
            error?.failure == .refused(Refusal(status: status, kind: kind, message: message, vismaID: vismaID)))
        #expect(error?.requestID == "R1")
        #expect(error?.call == VismaNetCall(operation: "customers", method: "GET", path: "/v1/customer"))
        #expect(error?.consequence == .askPerson)
        #expect(api.requests.count == 1)
    }

    @Test func redirectIsNotFollowed() async {
        let api = ScriptedTransport([.status(302, "", [HTTPField("Location", "https://evil.example/v1/customer")])])
        let client = makeClient(api)
        let error = await failure { () throws(VismaNetError) in try await client.customers(page: 1) }
        #expect(error?.failure == .badAnswer(.redirected(status: 302)))
        #expect(api.requests.count == 1)
    }

    @Test func missingRecordIsNilAndEmptyKeyIsRefused() async throws {
        let api = ScriptedTransport([.status(404, #"{"message":"not found"}"#)])
        let client = makeClient(api)
        #expect(try await client.customer(number: "A/1") == nil)
        #expect(api.requests.last?.url == "https://api.finance.visma.net/v1/customer/b64(QS8x)")
        let error = await failure { () throws(VismaNetError) in try await client.customer(number: "  ") }
        #expect(error?.consequence == .bug)
        #expect(api.requests.count == 1)
    }

    @Test func tokenThatIsRefusedIsRenewedOnce() async throws {
        let api = ScriptedTransport { request, _ in
            request.headers.first?.value == "Bearer T1" ? .status(401) : .status(200, ola)
        }
        #expect(try await makeClient(api).customers(page: 1).rows.count == 1)
        #expect(api.requests.map { $0.headers.first?.value } == ["Bearer T1", "Bearer T2"])

        let refusing = ScriptedTransport([.status(401)])
        let client = makeClient(refusing)
        let error = await failure { () throws(VismaNetError) in try await client.customers(page: 1) }
        #expect(refusing.requests.count == 2)
        #expect(error?.consequence == .askPerson)
    }

    @Test func gateHoldsEveryCallAndObserverSeesTheLimit() async throws {
        struct Closed: Error {}
        let seen = Mutex<[RateLimitState]>([])
        let gates = Mutex<[CallKind]>([])
        let limits = [
            HTTPField("X-RateLimit-Limit", "500"), HTTPField("x-ratelimit-remaining", "12"),
            HTTPField("X-RateLimit-Reset", "30"),
        ]
        let api = ScriptedTransport([.status(503, "", limits), .status(200, "[]")])
        let hooks = VismaNetClient.Hooks(
            gate: { kind in gates.withLock { $0.append(kind) } },
            rateLimit: { state in seen.withLock { $0.append(state) } })
        _ = try await makeClient(api, hooks: hooks).customers(page: 1)
        #expect(gates.withLock { $0 } == [.read, .read])
        #expect(seen.withLock { $0 } == [RateLimitState(limit: 500, remaining: 12, reset: .seconds(30))])

        let closed = makeClient(api, hooks: .init(gate: { _ in throw Closed() }))
        let answer = await closed.postProjectTransaction([])
        guard case .notSent = answer.outcome else {
            Issue.record("\(answer)")
            return
        }
        #expect(api.requests.count == 2)
    }

    @Test func withoutLeaveAReadIsNotRepeatedAndA429NeedsNone() async throws {
        let asked = Mutex(0)
        let hooks = VismaNetClient.Hooks(mayRetry: {
            asked.withLock { $0 += 1 }
            return false
        })
        let failing = ScriptedTransport([.status(503), .status(200, ola)])
        let client = makeClient(failing, hooks: hooks)
        let error = await failure { () throws(VismaNetError) in try await client.customers(page: 1) }
        #expect(error?.failure == .noAnswer("status 503"))
        #expect(failing.requests.count == 1)
        #expect(asked.withLock { $0 } == 1)

        let limited = ScriptedTransport([.status(429), .status(200, ola)])
        #expect(try await makeClient(limited, hooks: hooks).customers(page: 1).rows.count == 1)
        #expect(asked.withLock { $0 } == 1)
    }

    @Test func cancelledReadStopsBeforeItIsSent() async {
        let api = ScriptedTransport([.status(200, "[]")])
        let client = makeClient(api)
        let task = Task { () -> VismaNetError? in
            withUnsafeCurrentTask { $0?.cancel() }
            return await failure { () throws(VismaNetError) in try await client.customers(page: 1) }
        }
        #expect(await task.value?.failure == .cancelled)
        #expect(api.requests.isEmpty)
    }

    @Test func tokenGoesToNoOtherHost() async {
        let api = ScriptedTransport([.status(200, "[]")])
        let client = makeClient(api)
        for url in [
            "https://api.finance.visma.net.evil.example/v1", "http://api.finance.visma.net/v1",
            "https://api.finance.visma.net@evil.example/",
        ] {
            let call = OutgoingCall(
                name: VismaNetCall(operation: "x", method: "GET", path: "/"), template: "/", url: url)
            let error = await failure { () throws(VismaNetError) in
                try await client.exchange(call, AccessToken(secret: Secret("T"), version: 1))
            }
            #expect(error?.consequence == .bug)
        }
        #expect(api.requests.isEmpty)
    }

    @Test(
        arguments: [
            ("https://api.finance.visma.net/", "https://api.finance.visma.net"),
            ("HTTPS://Api.Example:8443/x/", "https://api.example:8443/x"),
            ("http://127.0.0.1:8080", "http://127.0.0.1:8080"), ("http://localhost:1/", "http://localhost:1"),
            ("http://api.finance.visma.net", nil), ("https://user@host", nil), ("https://host/?a=b", nil),
            ("ftp://host", nil), ("", nil),
            ("https://", nil), ("http://127.0.0.1.evil.example", nil),
        ] as [(String, String?)]) func addressIsCheckedWhenSet(text: String, origin: String?)
    {
        #expect(Origin(text)?.text == origin)
    }
}
