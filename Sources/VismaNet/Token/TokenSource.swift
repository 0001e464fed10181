/// An access token and which one it is.
public struct AccessToken: Sendable, Equatable {
    public var secret: Secret
    public var version: Int64

    public init(secret: Secret, version: Int64) {
        self.secret = secret
        self.version = version
    }
}

/// Gives the valid access token of one connection, and refreshes it once however many callers wait.
///
/// Inside the process the actor makes callers share one refresh; between processes the store's lease does.
public actor TokenSource {
    /// A token that lives shorter than this is not used any more.
    public static let leastRemaining = Duration.seconds(120)

    /// Longer than the two token requests that a refresh may need.
    private static let leaseTime = Duration.seconds(90)

    private let kind: GrantKind
    private let store: any TokenStore
    private let requests: TokenRequests
    private let clock: @Sendable () -> Int64
    private let sleep: @Sendable (Duration) async throws -> Void

    private var cached: StoredGrant?
    private var refusedVersion: Int64 = 0
    private var flight: Task<Result<AccessToken, VismaNetError>, Never>?

    /// - Parameters:
    ///   - clock: milliseconds since 1970.
    ///   - known: what the store held a moment ago, where somebody has looked: its token is used without asking again.
    ///   - sleep: waits; used only while another process refreshes.
    public init(
        kind: GrantKind, store: any TokenStore, requests: TokenRequests, clock: @escaping @Sendable () -> Int64,
        sleep: @escaping @Sendable (Duration) async throws -> Void, known: StoredGrant? = nil
    ) {
        self.kind = kind
        self.store = store
        self.requests = requests
        self.clock = clock
        self.sleep = sleep
        cached = known
    }

    /// A token that is valid for two more minutes.
    ///
    /// Throws `reconnectRequired` when a person must connect again, `tryLater` for everything that passes.
    public func token() async throws(VismaNetError) -> AccessToken {
        if let cached, let token = usable(cached) { return token }
        if let flight { return try await flight.value.get() }
        // The one unstructured task of the library: a refresh must run to its end even if the caller is cancelled, because its answer
        // may hold the only copy of the new refresh token. All callers await it, so it never outlives the need for it.
        let flight = Task { await renewed() }
        self.flight = flight
        let result = await flight.value
        return try result.get()
    }

    /// Tells that the API answered 401 to this token. The next call refreshes, at most once per token version.
    public func refused(_ token: AccessToken) {
        refusedVersion = max(refusedVersion, token.version)
    }

    /// Forgets what is in memory, after somebody has connected or disconnected.
    public func reset() {
        cached = nil
        refusedVersion = 0
    }

    private func usable(_ grant: StoredGrant) -> AccessToken? {
        guard grant.reconnectReason == nil, grant.tokenVersion > refusedVersion, let token = grant.accessToken,
            grant.accessTokenExpires - clock() > Self.leastRemaining.milliseconds
        else { return nil }
        return AccessToken(secret: token, version: grant.tokenVersion)
    }

    private func renewed() async -> Result<AccessToken, VismaNetError> {
        defer { flight = nil }
        do {
            return .success(try await renew())
        } catch let error as VismaNetError {
            return .failure(error)
        } catch {
            return .failure(Self.call.failed(.tryLater(after: nil, reason: "token store: \(type(of: error))")))
        }
    }

    private func renew() async throws -> AccessToken {
        // 30 times half a second: others wait 15 s for the holder of the lease.
        for _ in 0..<30 {
            let grant = try await current()
            if let token = usable(grant) { return token }
            if let lease = try await store.leaseRefresh(for: Self.leaseTime) {
                let result: Result<AccessToken, any Error>
                do {
                    result = .success(try await refresh())
                } catch {
                    result = .failure(error)
                }
                // A lease that cannot be given back runs out by itself.
                try? await store.release(lease)
                return try result.get()
            }
            try await sleep(.milliseconds(500))
        }
        throw Self.call.failed(.tryLater(after: .seconds(5), reason: "another process is refreshing the token"))
    }

    /// The stored grant; throws when it is known to be dead or was never made.
    private func current() async throws -> StoredGrant {
        let stored = try await store.load()
        cached = stored
        if let reason = stored?.reconnectReason { throw Self.call.failed(.reconnectRequired(reason)) }
        if let stored, kind != .interactive || stored.refreshToken != nil || usable(stored) != nil { return stored }
        guard kind != .interactive else { throw Self.call.failed(.reconnectRequired("not connected")) }
        return StoredGrant()
    }

    private func refresh() async throws -> AccessToken {
        let found = try await current()
        if let token = usable(found) { return token }
        let leftOver = found.refreshStarted != nil
        var begun = found
        begun.refreshStarted = clock()
        guard let marked = try await store.commit(begun, ifVersion: found.version) else { return try await overtaken() }

        var outcome = try await ask(marked.refreshToken)
        if case .dead(let error) = outcome {
            let again = try await store.load()
            if again?.version != marked.version { return try await overtaken() }
            if error == "invalid_grant", leftOver, let previous = marked.previousRefreshToken {
                outcome = try await ask(previous)
            }
        }
        return try await settle(outcome, marked)
    }

    private func ask(_ refreshToken: Secret?) async throws -> TokenOutcome {
        switch kind {
        case .service(let tenantID, let scopes): return await requests.service(tenantID: tenantID, scopes: scopes)
        case .interactive:
            guard let refreshToken else { throw Self.call.failed(.reconnectRequired("no refresh token")) }
            return await requests.refresh(refreshToken)
        }
    }

    private func settle(_ outcome: TokenOutcome, _ marked: StoredGrant) async throws -> AccessToken {
        switch outcome {
        case .granted(let answer):
            var newer = marked
            newer.take(answer, nowMilliseconds: clock())
            return try await kept(newer, answer.accessToken, over: marked)
        case .dead(let error):
            var dead = marked
            dead.reconnectReason = error
            dead.refreshStarted = nil
            cached = try await store.commit(dead, ifVersion: marked.version)
            throw Self.call.failed(.reconnectRequired(error))
        case .refused(let error):
            try await unmark(marked)
            throw Self.call.failed(.refused(Refusal(status: 400, kind: .validation, message: error)))
        case .tryLater(let after, let mayHaveRotated, let reason):
            if !mayHaveRotated { try await unmark(marked) }
            throw Self.call.failed(.tryLater(after: after, reason: reason))
        }
    }

    /// The new pair is on disk before anybody uses it. If only a note on the row changed meanwhile, the pair is written over it:
    /// it must not be lost.
    private func kept(
        _ newer: StoredGrant, _ answer: Secret, over marked: StoredGrant
    ) async throws -> AccessToken {
        var version = marked.version
        for _ in 0..<3 {
            if let stored = try await store.commit(newer, ifVersion: version) {
                cached = stored
                // Not asked whether it is usable: a token that lives under two minutes still serves the callers that wait now.
                return AccessToken(secret: answer, version: stored.tokenVersion)
            }
            guard let other = try await store.load(), other.tokenVersion == marked.tokenVersion,
                other.refreshToken == marked.refreshToken
            else { break }
            version = other.version
        }
        return try await overtaken()
    }

    /// Somebody else changed the grant while we held the lease: theirs counts.
    private func overtaken() async throws -> AccessToken {
        if let token = usable(try await current()) { return token }
        throw Self.call.failed(.tryLater(after: .seconds(1), reason: "the grant changed during the refresh"))
    }

    private func unmark(_ marked: StoredGrant) async throws {
        var clean = marked
        clean.refreshStarted = nil
        _ = try await store.commit(clean, ifVersion: marked.version)
    }

    private static let call = VismaNetCall(operation: "token", method: "POST", path: "/connect/token")
}
