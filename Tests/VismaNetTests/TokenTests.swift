import Testing

@testable import VismaNet

@Suite struct TokenTests {
    private func source(
        _ tokens: ScriptedTransport, _ store: any TokenStore, _ world: World, kind: GrantKind = .interactive,
        sleep: (@Sendable (Duration) async -> Void)? = nil
    ) -> TokenSource {
        TokenSource(
            kind: kind, store: store,
            requests: TokenRequests(application: application, transport: tokens, userAgent: "Test/1"),
            clock: { world.now }, sleep: { if let sleep { await sleep($0) } else { world.sleep($0) } })
    }

    private func stored(_ world: World, seconds: Int64, started: Int64? = nil, previous: String? = nil) -> StoredGrant {
        StoredGrant(
            version: 1, tokenVersion: 1, accessToken: Secret("A1"), accessTokenExpires: world.now + seconds * 1000,
            refreshToken: Secret("R1"), previousRefreshToken: previous.map(Secret.init), refreshStarted: started)
    }

    @Test func tokenWithMoreThanTwoMinutesIsUsed() async throws {
        let world = World()
        let tokens = ScriptedTransport([tokenAnswer("A2")])
        let store = MemoryTokenStore(stored(world, seconds: 121), clock: { world.now })
        #expect(try await source(tokens, store, world).token().secret == Secret("A1"))
        #expect(tokens.requests.isEmpty)
        world.pass(.seconds(1))
        #expect(try await source(tokens, store, world).token().secret == Secret("A2"))
    }

    @Test func manyCallersOfManyProcessesShareOneRefresh() async throws {
        let world = World()
        let tokens = ScriptedTransport { _, number in tokenAnswer("A\(number + 1)", refresh: "R\(number + 1)") }
        let store = MemoryTokenStore(stored(world, seconds: 0), clock: { world.now })
        // Waiting is giving way to the others; time stands still.
        let giveWay: @Sendable (Duration) async -> Void = { _ in for _ in 0..<500 { await Task.yield() } }
        let sources = (0..<3).map { _ in source(tokens, store, world, sleep: giveWay) }
        let got = try await withThrowingTaskGroup(of: AccessToken.self) { group in
            for number in 0..<150 { group.addTask { try await sources[number % 3].token() } }
            return try await group.reduce(into: Set<String>()) { $0.insert($1.secret.revealed) }
        }
        #expect(got == ["A2"])
        #expect(tokens.requests.count == 1)
        let grant = await store.load()
        #expect(grant?.refreshToken == Secret("R2") && grant?.previousRefreshToken == Secret("R1"))
        #expect(grant?.refreshStarted == nil)
    }

    @Test func callersOfOneProcessDoNotWaitForTheirOwnLease() async throws {
        let world = World()
        let tokens = ScriptedTransport([tokenAnswer("A2", refresh: "R2")])
        let source = source(tokens, MemoryTokenStore(stored(world, seconds: 0), clock: { world.now }), world)
        try await withThrowingTaskGroup(of: AccessToken.self) { group in
            for _ in 0..<100 { group.addTask { try await source.token() } }
            for try await token in group { #expect(token.secret == Secret("A2")) }
        }
        #expect(world.sleeps.isEmpty)
        #expect(tokens.requests.count == 1)
    }

    @Test func grantRenewedJustBeforeTheLeaseIsUsedAsItIs() async throws {
        actor LateStore: TokenStore {
            let inner: MemoryTokenStore
            let fresh: StoredGrant
            init(_ inner: MemoryTokenStore, _ fresh: StoredGrant) {
                self.inner = inner
                self.fresh = fresh
            }
            func load() async throws -> StoredGrant? { await inner.load() }
            func leaseRefresh(for duration: Duration) async throws -> RefreshLease? {
                _ = await inner.commit(fresh, ifVersion: fresh.version)
                return await inner.leaseRefresh(for: duration)
            }
            func release(_ lease: RefreshLease) async throws { await inner.release(lease) }
            func commit(_ grant: StoredGrant, ifVersion: Int64) async throws -> StoredGrant? {
                await inner.commit(grant, ifVersion: ifVersion)
            }
        }
        let world = World()
        let old = stored(world, seconds: 0)
        let answer = TokenAnswer(accessToken: Secret("NEW"), expiresInSeconds: 3600, refreshToken: Secret("RN"))
        let fresh = StoredGrant(signedIn: answer, replacing: old, nowMilliseconds: world.now)
        let tokens = ScriptedTransport([tokenAnswer("A2", refresh: "R2")])
        let store = LateStore(MemoryTokenStore(old, clock: { world.now }), fresh)
        #expect(try await source(tokens, store, world).token().secret == Secret("NEW"))
        #expect(tokens.requests.isEmpty)
    }

    @Test func manyRefusalsOfOneTokenMakeOneRefresh() async throws {
        let world = World()
        let tokens = ScriptedTransport { _, number in tokenAnswer("A\(number + 1)") }
        let store = MemoryTokenStore(stored(world, seconds: 3600), clock: { world.now })
        let source = source(tokens, store, world)
        let first = try await source.token()
        for _ in 0..<10 {
            await source.refused(first)
            #expect(try await source.token().secret == Secret("A2"))
        }
        #expect(tokens.requests.count == 1)
        #expect(await store.load()?.refreshToken == Secret("R1"))
    }

    @Test func refreshIsStoredBeforeItIsUsed() async throws {
        struct FullDisk: Error {}
        actor Forgetful: TokenStore {
            let inner: MemoryTokenStore
            init(_ inner: MemoryTokenStore) { self.inner = inner }
            func load() async throws -> StoredGrant? { await inner.load() }
            func leaseRefresh(for duration: Duration) async throws -> RefreshLease? {
                await inner.leaseRefresh(for: duration)
            }
            func release(_ lease: RefreshLease) async throws { await inner.release(lease) }
            func commit(_ grant: StoredGrant, ifVersion: Int64) async throws -> StoredGrant? {
                if grant.tokenVersion > 1 { throw FullDisk() }
                return await inner.commit(grant, ifVersion: ifVersion)
            }
        }
        let world = World()
        let inner = MemoryTokenStore(stored(world, seconds: 0), clock: { world.now })
        let source = source(ScriptedTransport([tokenAnswer("A2", refresh: "R2")]), Forgetful(inner), world)
        let error = await failure { () throws(VismaNetError) in try await source.token() }
        #expect(error?.consequence == .tryLater)
        #expect(await inner.load()?.refreshStarted == world.now)
    }

    @Test(arguments: [
        (Result<HTTPTransportResponse, TransportFailure>.failure(.notSent("x")), false),
        (.failure(.noAnswer("x")), true),
        (.status(500), true), (.status(429), false), (.status(200, "<html>"), true), (.status(400, "no"), true),
        (.status(200, #"{"access_token":"a","expires_in":"x"}"#), true),
    ]) func passingTroubleKeepsTheGrant(answer: Result<HTTPTransportResponse, TransportFailure>, marked: Bool)
        async throws
    {
        let world = World()
        let store = MemoryTokenStore(stored(world, seconds: 0), clock: { world.now })
        let tokens = ScriptedTransport { _, number in number == 1 ? answer : tokenAnswer("A2", refresh: "R2") }
        let source = source(tokens, store, world)
        let error = await failure { () throws(VismaNetError) in try await source.token() }
        #expect(error?.consequence == .tryLater)
        let grant = await store.load()
        #expect(grant?.refreshToken == Secret("R1") && grant?.reconnectReason == nil)
        #expect((grant?.refreshStarted != nil) == marked)
        #expect(try await source.token().secret == Secret("A2"))
    }

    @Test func deadGrantIsRememberedAndNotAskedForAgain() async {
        let world = World()
        let store = MemoryTokenStore(stored(world, seconds: 0, previous: "R0"), clock: { world.now })
        let tokens = ScriptedTransport([.status(400, #"{"error":"invalid_grant"}"#)])
        for _ in 0..<3 {
            let source = source(tokens, store, world)
            let error = await failure { () throws(VismaNetError) in try await source.token() }
            #expect(error?.failure == .reconnectRequired("invalid_grant"))
            #expect(error?.consequence == .askPerson)
        }
        #expect(tokens.requests.count == 1)
    }

    @Test func previousTokenIsTriedOnceAfterARefreshThatWasLeftStarted() async throws {
        let world = World()
        let store = MemoryTokenStore(stored(world, seconds: 0, started: 5, previous: "R0"), clock: { world.now })
        let tokens = ScriptedTransport { request, _ in
            String(decoding: request.body, as: UTF8.self).contains("refresh_token=R0")
                ? tokenAnswer("A2", refresh: "R2") : .status(400, #"{"error":"invalid_grant"}"#)
        }
        #expect(try await source(tokens, store, world).token().secret == Secret("A2"))
        #expect(tokens.requests.count == 2)
    }

    @Test func grantChangedBySomebodyElseDuringTheRefreshCounts() async throws {
        let world = World()
        let store = MemoryTokenStore(stored(world, seconds: 0), clock: { world.now })
        let answer = TokenAnswer(accessToken: Secret("NEW"), expiresInSeconds: 3600, refreshToken: Secret("RN"))
        actor Meddler: TokenStore {
            let inner: MemoryTokenStore
            let fresh: @Sendable (StoredGrant) -> StoredGrant
            private var meddled = false
            init(_ inner: MemoryTokenStore, _ fresh: @escaping @Sendable (StoredGrant) -> StoredGrant) {
                self.inner = inner
                self.fresh = fresh
            }
            func load() async throws -> StoredGrant? {
                if let grant = await inner.load(), grant.refreshStarted != nil, !meddled {
                    meddled = true
                    _ = await inner.commit(fresh(grant), ifVersion: grant.version)
                }
                return await inner.load()
            }
            func leaseRefresh(for duration: Duration) async throws -> RefreshLease? {
                await inner.leaseRefresh(for: duration)
            }
            func release(_ lease: RefreshLease) async throws { await inner.release(lease) }
            func commit(_ grant: StoredGrant, ifVersion: Int64) async throws -> StoredGrant? {
                await inner.commit(grant, ifVersion: ifVersion)
            }
        }
        let meddler = Meddler(store) { StoredGrant(signedIn: answer, replacing: $0, nowMilliseconds: world.now) }
        let tokens = ScriptedTransport([.status(400, #"{"error":"invalid_grant"}"#)])
        #expect(try await source(tokens, meddler, world).token().secret == Secret("NEW"))
        #expect(await store.load()?.reconnectReason == nil)
    }

    @Test func leaseHeldElsewhereIsWaitedForFifteenSeconds() async {
        let world = World()
        let store = MemoryTokenStore(stored(world, seconds: 0), clock: { world.now })
        _ = await store.leaseRefresh(for: .seconds(60))
        let tokens = ScriptedTransport([tokenAnswer("A2")])
        let waiting = source(tokens, store, world)
        let error = await failure { () throws(VismaNetError) in try await waiting.token() }
        #expect(error?.consequence == .tryLater)
        #expect(world.sleeps.reduce(.zero, +) == .seconds(15))
        #expect(tokens.requests.isEmpty)
    }

    @Test func cancelledCallerDoesNotStopTheRefresh() async {
        let world = World()
        let store = MemoryTokenStore(stored(world, seconds: 0), clock: { world.now })
        let source = source(ScriptedTransport([tokenAnswer("A2", refresh: "R2")]), store, world)
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            _ = try? await source.token()
        }
        await task.value
        #expect(await store.load()?.refreshToken == Secret("R2"))
    }

    @Test func serviceTokenIsAskedForWithTheCompany() async throws {
        let world = World()
        let tokens = ScriptedTransport([tokenAnswer("A1")])
        let kind = GrantKind.service(tenantID: "0b2d", scopes: ["a:read", "a:create"])
        _ = try await source(tokens, MemoryTokenStore(clock: { world.now }), world, kind: kind).token()
        let request = try #require(tokens.requests.first)
        #expect(request.url == "https://connect.visma.com/connect/token")
        #expect(
            String(decoding: request.body, as: UTF8.self) == "grant_type=client_credentials&tenant_id=0b2d"
                + "&scope=a%3Aread%20a%3Acreate&client_id=isv_test&client_secret=S3%26%3F")
    }

    @Test func withoutAGrantAPersonMustConnect() async {
        let world = World()
        let empty = source(ScriptedTransport([tokenAnswer("A")]), MemoryTokenStore(clock: { world.now }), world)
        let error = await failure { () throws(VismaNetError) in try await empty.token() }
        #expect(error?.failure == .reconnectRequired("not connected"))
    }

    @Test func codeIsExchangedAndTokenIsRevoked() async {
        let tokens = ScriptedTransport { request, _ in
            request.url.hasSuffix("token") ? tokenAnswer("A", refresh: "R") : .status(200)
        }
        let requests = TokenRequests(application: application, transport: tokens, userAgent: "Test/1")
        let signIn = AuthorizationRequest(
            application: application, redirectURI: "https://x/cb", randomBytes: { Array(repeating: 7, count: $0) })
        let outcome = await requests.exchange(code: Secret("C"), for: signIn)
        #expect(
            outcome
                == .granted(TokenAnswer(accessToken: Secret("A"), expiresInSeconds: 3600, refreshToken: Secret("R"))))
        #expect(await requests.revoke(refreshToken: Secret("R")))
        let bodies = tokens.requests.map { String(decoding: $0.body, as: UTF8.self) }
        #expect(
            bodies.first?.hasPrefix(
                "grant_type=authorization_code&code=C&redirect_uri=https%3A%2F%2Fx%2Fcb&code_verifier=BwcH") == true)
        #expect(bodies.last?.hasPrefix("token=R&token_type_hint=refresh_token&") == true)
    }
}

@Suite struct AuthorizationTests {
    let request = AuthorizationRequest(
        application: application, redirectURI: "https://x/cb", scopes: ["openid", "offline_access"],
        randomBytes: { Array(repeating: 7, count: $0) })

    @Test func addressCarriesStateAndChallengeButNoSecret() {
        let challenge = AuthorizationRequest.challenge(request.codeVerifier.revealed)
        #expect(
            request.url == "https://connect.visma.com/connect/authorize?client_id=isv_test&response_type=code"
                + "&scope=openid%20offline_access&redirect_uri=https%3A%2F%2Fx%2Fcb&state=\(request.state.revealed)"
                + "&code_challenge=\(challenge)&code_challenge_method=S256")
        #expect(request.codeVerifier.revealed.count == 43)
    }

    @Test func challengeIsTheOneOfTheStandard() {
        #expect(
            AuthorizationRequest.challenge("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk")
                == "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM")
    }

    @Test func answerIsAcceptedOnlyWithOurState() throws {
        let state = request.state.revealed
        #expect(try request.code(fromAnswer: [("code", "C"), ("state", state)]) == Secret("C"))
        #expect(
            try request.code(fromAnswer: [("code", "C"), ("state", state), ("iss", "https://connect.visma.com")])
                == Secret("C"))
        let refused: [([(String, String)], AuthorizationRefusal)] = [
            ([("code", "C")], .foreignState), ([("code", "C"), ("state", "other")], .foreignState),
            ([("error", "access_denied"), ("state", "other")], .foreignState),
            ([("error", "access_denied"), ("state", state)], .refused("access_denied")),
            ([("state", state)], .noCode),
            ([("code", "C"), ("code", "D"), ("state", state)], .doubledParameter("code")),
            ([("code", "C"), ("state", state), ("state", state)], .doubledParameter("state")),
            ([("code", "C"), ("state", state), ("iss", "https://evil.example")], .foreignIssuer),
        ]
        for (answer, refusal) in refused {
            #expect(throws: refusal) { try request.code(fromAnswer: answer.map { (name: $0.0, value: $0.1) }) }
        }
    }
}
