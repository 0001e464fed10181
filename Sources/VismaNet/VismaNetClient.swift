import Tracing

/// A typed client for the Visma.net ERP API of one company.
///
/// It reads with retries and writes exactly once. It holds no state but the token source's, so it can be copied and shared freely.
/// Everything that depends on time, chance or the network is passed in.
public struct VismaNetClient: Sendable {
    public let configuration: VismaNetConfiguration
    let transport: any HTTPTransport
    let tokens: TokenSource
    let surroundings: Surroundings
    let hooks: Hooks
    let tracer: any Tracer

    public init(
        configuration: VismaNetConfiguration, transport: any HTTPTransport, tokens: TokenSource,
        surroundings: Surroundings, hooks: Hooks = Hooks(), tracer: any Tracer = InstrumentationSystem.tracer
    ) {
        self.configuration = configuration
        self.transport = transport
        self.tokens = tokens
        self.surroundings = surroundings
        self.hooks = hooks
        self.tracer = tracer
    }

    /// Time and chance.
    public struct Surroundings: Sendable {
        /// Milliseconds since 1970.
        public var clock: @Sendable () -> Int64
        public var sleep: @Sendable (Duration) async throws -> Void
        /// A number in 0 ..< 1, for jitter.
        public var random: @Sendable () -> Double

        public init(
            clock: @escaping @Sendable () -> Int64, sleep: @escaping @Sendable (Duration) async throws -> Void,
            random: @escaping @Sendable () -> Double
        ) {
            self.clock = clock
            self.sleep = sleep
            self.random = random
        }
    }

    /// Where the owner looks on and holds calls.
    public struct Hooks: Sendable {
        /// Called before every call, retries included. It may wait; what it throws ends the call with nothing sent. A
        /// ``VismaNetError`` passes through as it is.
        public var gate: @Sendable (CallKind) async throws -> Void
        /// Called with the version of the token that a call is about to use; what it throws ends the call with nothing sent.
        public var token: @Sendable (Int64) async throws -> Void
        /// Called after every answer that tells about the rate limit.
        public var rateLimit: @Sendable (RateLimitState) async -> Void
        /// Called before a failed read is repeated; false hands the failure to the caller. Not for waits after a 429.
        public var mayRetry: @Sendable () async -> Bool

        public init(
            gate: @escaping @Sendable (CallKind) async throws -> Void = { _ in },
            token: @escaping @Sendable (Int64) async throws -> Void = { _ in },
            rateLimit: @escaping @Sendable (RateLimitState) async -> Void = { _ in },
            mayRetry: @escaping @Sendable () async -> Bool = { true }
        ) {
            self.gate = gate
            self.token = token
            self.rateLimit = rateLimit
            self.mayRetry = mayRetry
        }
    }
}

/// What a call is for, so that the owner can share out a budget.
public enum CallKind: Sendable, Equatable {
    case read
    case write
}

/// Settings of a client. The addresses are for the system's operator to change, never for a user of the web.
public struct VismaNetConfiguration: Sendable, Equatable {
    public var apiBaseURL: Origin
    /// Name and version of the calling program; Visma asks for a named one (API.md 2.9).
    public var userAgent: String
    public var retry: RetryPolicy
    public var readDeadline: Duration
    public var writeDeadline: Duration

    public init(
        apiBaseURL: Origin = .vismaAPI, userAgent: String, retry: RetryPolicy = RetryPolicy(),
        readDeadline: Duration = .seconds(60), writeDeadline: Duration = .seconds(100)
    ) {
        self.apiBaseURL = apiBaseURL
        self.userAgent = userAgent
        self.retry = retry
        self.readDeadline = readDeadline
        self.writeDeadline = writeDeadline
    }
}
