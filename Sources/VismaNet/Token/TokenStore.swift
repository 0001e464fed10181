/// The grant of one connection as it stands in the store.
public struct StoredGrant: Sendable, Equatable {
    /// Goes up by one with every commit; the store sets it.
    public var version: Int64
    /// Goes up by one with every new access token.
    public var tokenVersion: Int64
    public var accessToken: Secret?
    /// Milliseconds since 1970.
    public var accessTokenExpires: Int64
    public var refreshToken: Secret?
    /// The refresh token before this one, until this one has itself been exchanged once.
    public var previousRefreshToken: Secret?
    /// Milliseconds since 1970: a refresh was begun and its end is not on record.
    public var refreshStarted: Int64?
    /// Why a person must connect again, once the grant is dead.
    public var reconnectReason: String?

    public init(
        version: Int64 = 0, tokenVersion: Int64 = 0, accessToken: Secret? = nil, accessTokenExpires: Int64 = 0,
        refreshToken: Secret? = nil, previousRefreshToken: Secret? = nil, refreshStarted: Int64? = nil,
        reconnectReason: String? = nil
    ) {
        self.version = version
        self.tokenVersion = tokenVersion
        self.accessToken = accessToken
        self.accessTokenExpires = accessTokenExpires
        self.refreshToken = refreshToken
        self.previousRefreshToken = previousRefreshToken
        self.refreshStarted = refreshStarted
        self.reconnectReason = reconnectReason
    }

    /// The grant of a fresh sign-in, to be committed over `old` (its version) by whoever made the sign-in. Token versions go on
    /// counting, so that a 401 to an older token is not held against the new one.
    public init(signedIn answer: TokenAnswer, replacing old: StoredGrant?, nowMilliseconds: Int64) {
        self.init(version: old?.version ?? 0, tokenVersion: old?.tokenVersion ?? 0)
        take(answer, nowMilliseconds: nowMilliseconds)
    }

    /// A new pair replaces the old one; an answer without refresh token keeps the old refresh token.
    mutating func take(_ answer: TokenAnswer, nowMilliseconds: Int64) {
        tokenVersion += 1
        accessToken = answer.accessToken
        accessTokenExpires = nowMilliseconds + answer.expiresInSeconds * 1000
        if let newer = answer.refreshToken, newer != refreshToken {
            previousRefreshToken = refreshToken
            refreshToken = newer
        }
        refreshStarted = nil
        reconnectReason = nil
    }
}

/// Where the grant of one connection lives. One store serves one connection; many processes may share it.
public protocol TokenStore: Sendable {
    /// The grant, read from the truth and not from a cache. Nil if there is none yet.
    func load() async throws -> StoredGrant?

    /// The right to refresh, for so long at most; nil while somebody else has it.
    func leaseRefresh(for duration: Duration) async throws -> RefreshLease?

    /// Gives the right back. Does nothing if it has passed to somebody else.
    func release(_ lease: RefreshLease) async throws

    /// Stores durably and returns the grant with its new version, or nil (and changes nothing) if the stored version is not `ifVersion`.
    /// No grant stored counts as version 0.
    func commit(_ grant: StoredGrant, ifVersion: Int64) async throws -> StoredGrant?
}

/// The right to refresh one grant.
public struct RefreshLease: Sendable, Hashable {
    /// Differs for every lease given out.
    public var epoch: Int64

    public init(epoch: Int64) { self.epoch = epoch }
}

/// Keeps the grant in memory: for service tokens in one process, for commands, and for tests.
public actor MemoryTokenStore: TokenStore {
    private var grant: StoredGrant?
    private var epoch: Int64 = 0
    private var holder: (lease: RefreshLease, until: Int64)?
    private let clock: @Sendable () -> Int64

    public init(_ grant: StoredGrant? = nil, clock: @escaping @Sendable () -> Int64) {
        self.grant = grant
        self.clock = clock
    }

    public func load() -> StoredGrant? { grant }

    public func leaseRefresh(for duration: Duration) -> RefreshLease? {
        let now = clock()
        if let holder, holder.until > now { return nil }
        epoch += 1
        let lease = RefreshLease(epoch: epoch)
        holder = (lease, now + duration.milliseconds)
        return lease
    }

    public func release(_ lease: RefreshLease) {
        if holder?.lease == lease { holder = nil }
    }

    public func commit(_ grant: StoredGrant, ifVersion: Int64) -> StoredGrant? {
        guard (self.grant?.version ?? 0) == ifVersion else { return nil }
        var stored = grant
        stored.version = ifVersion + 1
        self.grant = stored
        return stored
    }
}

extension Duration {
    var milliseconds: Int64 {
        let (seconds, attoseconds) = components
        let (whole, overflow) = seconds.multipliedReportingOverflow(by: 1000)
        return overflow ? (seconds > 0 ? .max : .min) : whole &+ attoseconds / 1_000_000_000_000_000
    }
}
