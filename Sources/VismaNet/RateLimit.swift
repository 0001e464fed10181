/// What the answer's headers say about the hourly window of this company and client (API.md 2.8).
public struct RateLimitState: Sendable, Equatable {
    public var limit: Int?
    public var remaining: Int?
    /// Time until the next window.
    public var reset: Duration?
    public var policy: String?
    /// Set on a 429 only: no call before this time has passed.
    public var retryAfter: Duration?

    public init(
        limit: Int? = nil, remaining: Int? = nil, reset: Duration? = nil, policy: String? = nil,
        retryAfter: Duration? = nil
    ) {
        self.limit = limit
        self.remaining = remaining
        self.reset = reset
        self.policy = policy
        self.retryAfter = retryAfter
    }

    /// Nil if the answer says nothing about limits.
    init?(_ answer: HTTPTransportResponse, nowMilliseconds: Int64) {
        limit = answer.wholeNumber("X-RateLimit-Limit")
        remaining = answer.wholeNumber("X-RateLimit-Remaining")
        reset = answer.wholeNumber("X-RateLimit-Reset").map { .seconds($0) }
        policy = answer.header("X-RateLimit-Policy")
        if answer.status == 429 { retryAfter = RetryAfter.wait(answer, nowMilliseconds: nowMilliseconds) }
        if limit == nil, remaining == nil, reset == nil, policy == nil, retryAfter == nil { return nil }
    }
}

/// How long the other side asks us to wait.
enum RetryAfter {
    private static let shortest: Int64 = 1
    private static let longest: Int64 = 3600

    /// `Retry-After` in seconds or as a date; without it the reset of the window, else 60 s. Always 1 s to 1 h.
    static func wait(_ answer: HTTPTransportResponse, nowMilliseconds: Int64) -> Duration {
        told(answer, nowMilliseconds: nowMilliseconds)
            ?? answer.wholeNumber("X-RateLimit-Reset").map { clamped(Int64($0)) } ?? .seconds(60)
    }

    /// Only what `Retry-After` itself says. A date counts from the server's own `Date`, so that our clock does not matter.
    static func told(_ answer: HTTPTransportResponse, nowMilliseconds: Int64) -> Duration? {
        guard let text = answer.header("Retry-After")?.trimmed else { return nil }
        if !text.isEmpty, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) {
            return clamped(Int64(text) ?? longest)
        }
        guard let date = HTTPDate.milliseconds(text) else { return nil }
        let now = answer.header("Date").flatMap(HTTPDate.milliseconds) ?? nowMilliseconds
        let (gap, overflow) = date.subtractingReportingOverflow(now)
        return clamped(overflow ? longest : (gap + 999) / 1000)
    }

    private static func clamped(_ seconds: Int64) -> Duration { .seconds(min(max(seconds, shortest), longest)) }
}

extension HTTPTransportResponse {
    func wholeNumber(_ name: String) -> Int? {
        guard let text = header(name)?.trimmed, let number = Int(text), (0...Int(Int32.max)).contains(number) else {
            return nil
        }
        return number
    }
}
