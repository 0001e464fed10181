/// How reads are repeated. Writes are never repeated, whatever stands here.
public struct RetryPolicy: Sendable, Equatable {
    /// Sends per read, the first included.
    public var maxAttempts: Int
    /// Full jitter: the n-th wait is random between zero and `base × 2ⁿ⁻¹`, at most `cap`.
    public var base: Duration
    public var cap: Duration
    /// A 429 that asks for more than this is handed to the caller instead of being slept through.
    public var longestRateLimitWait: Duration
    /// 429 answers slept through per read; they do not count as attempts.
    public var maxRateLimitWaits: Int

    public init(
        maxAttempts: Int = 4, base: Duration = .seconds(1), cap: Duration = .seconds(300),
        longestRateLimitWait: Duration = .seconds(300), maxRateLimitWaits: Int = 3
    ) {
        self.maxAttempts = maxAttempts
        self.base = base
        self.cap = cap
        self.longestRateLimitWait = longestRateLimitWait
        self.maxRateLimitWaits = maxRateLimitWaits
    }

    /// The wait after the n-th failed attempt (from 1). `random` lies in 0 ..< 1.
    func wait(afterAttempt attempt: Int, random: Double) -> Duration {
        let ceiling = min(cap, base * (1 << min(max(attempt - 1, 0), 20)))
        return ceiling * min(max(random, 0), 1)
    }
}
