import Synchronization

@testable import VismaNet

/// Answers each request by a rule and remembers what it was asked.
final class ScriptedTransport: HTTPTransport {
    typealias Rule =
        @Sendable (_ request: HTTPTransportRequest, _ number: Int) -> Result<
            HTTPTransportResponse, TransportFailure
        >
    private let rule: Rule
    private let seen = Mutex<[HTTPTransportRequest]>([])

    init(_ rule: @escaping Rule) { self.rule = rule }

    /// The n-th request gets the n-th answer; the last one is repeated.
    convenience init(_ answers: [Result<HTTPTransportResponse, TransportFailure>]) {
        self.init { _, number in answers[min(number, answers.count) - 1] }
    }

    var requests: [HTTPTransportRequest] { seen.withLock { $0 } }

    func send(
        _ request: HTTPTransportRequest, deadline: Duration
    ) async throws(TransportFailure) -> HTTPTransportResponse {
        let number = seen.withLock { seen in
            seen.append(request)
            return seen.count
        }
        await Task.yield()
        return try rule(request, number).get()
    }
}

extension Result where Success == HTTPTransportResponse, Failure == TransportFailure {
    static func status(_ status: Int, _ body: String = "", _ headers: [HTTPField] = []) -> Self {
        .success(HTTPTransportResponse(status: status, headers: headers, body: Array(body.utf8)))
    }
}

/// Frozen time that moves only when somebody sleeps, and chance that is always the same.
final class World: Sendable {
    private let state: Mutex<(now: Int64, sleeps: [Duration])>

    init(now: Int64 = 1_795_000_000_000) { state = Mutex((now, [])) }

    var now: Int64 { state.withLock { $0.now } }
    var sleeps: [Duration] { state.withLock { $0.sleeps } }

    func pass(_ duration: Duration) { state.withLock { $0.now += duration.milliseconds } }

    var surroundings: VismaNetClient.Surroundings {
        .init(clock: { self.now }, sleep: { self.sleep($0) }, random: { 0.5 })
    }

    @Sendable func sleep(_ duration: Duration) {
        state.withLock { state in
            state.sleeps.append(duration)
            state.now += duration.milliseconds
        }
    }
}

let application = OAuthApplication(clientID: "isv_test", clientSecret: Secret("S3&?"))

func tokenAnswer(_ access: String, refresh: String? = nil, seconds: Int = 3600) -> Result<
    HTTPTransportResponse, TransportFailure
> {
    let more = refresh.map { ",\"refresh_token\":\"\($0)\"" } ?? ""
    return .status(200, "{\"access_token\":\"\(access)\",\"expires_in\":\(seconds),\"token_type\":\"Bearer\"\(more)}")
}

/// A client whose tokens T1, T2, … come from a second script, so that the first one sees API calls only.
func makeClient(
    _ api: ScriptedTransport, world: World = World(), tokens: ScriptedTransport? = nil,
    retry: RetryPolicy = RetryPolicy(),
    hooks: VismaNetClient.Hooks = .init()
) -> VismaNetClient {
    let tokens = tokens ?? ScriptedTransport { _, number in tokenAnswer("T\(number)") }
    let source = TokenSource(
        kind: .service(tenantID: "tenant", scopes: GrantKind.serviceScopes),
        store: MemoryTokenStore(clock: { world.now }),
        requests: TokenRequests(application: application, transport: tokens, userAgent: "Test/1"),
        clock: { world.now }, sleep: { world.sleep($0) })
    return VismaNetClient(
        configuration: VismaNetConfiguration(userAgent: "Test/1", retry: retry), transport: api, tokens: source,
        surroundings: world.surroundings, hooks: hooks)
}

func failure(_ work: () async throws(VismaNetError) -> some Any) async -> VismaNetError? {
    do {
        _ = try await work()
        return nil
    } catch {
        return error
    }
}
