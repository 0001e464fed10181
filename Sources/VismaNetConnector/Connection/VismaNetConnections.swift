import CoreMetrics
import Foundation
import Logging
import Persistence
import Sync
import Synchronization
import Tracing
import VismaNet

/// Every company's connection to Visma.net: makes it, uses it for a run, and ends it.
public final class VismaNetConnections: Sendable {
    let database: any SQLDatabase
    let transport: any HTTPTransport
    let configuration: ConnectionConfiguration
    let masterKey: MasterKey
    let clock: WallClock
    /// By which tokens live and die: one for all companies, for they all reach the same ERP.
    let erpClock: MeasuredClock
    let randomness: Randomness
    let sleep: @Sendable (Duration) async throws -> Void
    let logger: Logger
    let metrics: any MetricsFactory
    let tracer: any Tracer
    /// The token by which each company's organisation was last seen to be the right one.
    private let verified = Mutex<[CompanyID: Int64]>([:])
    private let gates = Mutex<[CompanyID: RateGate]>([:])
    private let retries = RetryBudget()

    public init(
        database: any SQLDatabase, transport: any HTTPTransport, configuration: ConnectionConfiguration,
        masterKey: MasterKey, clock: WallClock, randomness: Randomness,
        sleep: @escaping @Sendable (Duration) async throws -> Void, logger: Logger,
        metrics: any MetricsFactory = MetricsSystem.factory, tracer: any Tracer = InstrumentationSystem.tracer
    ) {
        self.database = database
        let erpClock = MeasuredClock { clock.now.milliseconds }
        self.erpClock = erpClock
        self.transport = MeasuringTransport(transport, clock: erpClock)
        self.configuration = configuration
        self.masterKey = masterKey
        self.clock = clock
        self.randomness = randomness
        self.sleep = sleep
        self.logger = logger
        self.metrics = metrics
        self.tracer = tracer
    }

    /// The connector for one run. Throws `ERPError(.reconnect)` when the company has no live connection.
    ///
    /// Asks for the organisation once per access token, whichever process does it, also for one that is renewed in the middle of a run, so that a
    /// sign-in that has moved to another company is noticed before anything is read or written there.
    public func connect(_ company: CompanyID, _ job: JobName) async throws -> any ERPConnector {
        try await connector(company, job)
    }

    func connector(_ company: CompanyID, _ job: JobName) async throws -> VismaNetConnector {
        let store = DatabaseTokenStore(database: database, company: company, seal: seal(of: company))
        let (row, grant, isBackground) = try await database.read(company: company) { transaction in
            let scheduled = try transaction.first(
                """
                SELECT 1 AS scheduled FROM run
                WHERE company_id = \(company) AND job = \(job) AND outcome = 'running' AND started_by = 'schedule'
                """)
            return (try ConnectionRow.read(in: transaction), try store.load(in: transaction), scheduled != nil)
        }
        guard let row, row.state == .connected, let kind = row.grantKind else {
            throw ERPError(.reconnect, "the company is not connected to Visma.net", request: "connect")
        }
        let line = line(
            company, kind, store: store, known: grant, lane: Lane(job, isBackground: isBackground),
            provenAs: row.organisation ?? "a known company")
        try await inERPErrors {
            let version = try await line.tokens.token().version
            guard row.provenVersion != version else { return verified.withLock { $0[company] = version } }
            try await prove(version, of: company, as: row.organisation, line.unproven)
        }
        return VismaNetConnector(
            client: line.client, reconciling: line.reconciling, pageSize: configuration.pageSize,
            nonProjectCode: configuration.nonProjectCode, requests: line.requests, logger: logger)
    }

    /// How the connection stands; nil for a company that never had one.
    public func state(of company: CompanyID) async throws -> ConnectionStatus? {
        try await database.read(company: company) { try ConnectionStatus.read(in: $0) }
    }

    private func prove(
        _ version: Int64, of company: CompanyID, as known: String?, _ client: VismaNetClient
    ) async throws {
        guard verified.withLock({ $0[company] }) != version else { return }
        let reached = try await client.organisation()
        guard let known, reached.isSame(as: known) else {
            let why = "the sign-in reaches \(reached), not \(known ?? "a known company")"
            try await database.transaction(company: company) { try $0.requireReconnect(because: why) }
            throw VismaNetError(call: Self.proof, failure: .reconnectRequired(why))
        }
        try await database.transaction(company: company) { transaction in
            _ = try transaction.execute(
                """
                UPDATE connection SET proven_version = \(version)
                WHERE company_id = \(company) AND coalesce(proven_version, 0) < \(version)
                """)
        }
        verified.withLock { $0[company] = version }
    }

    /// Before a call with a token that nobody has looked at. Whatever goes wrong here, the call itself was not sent.
    private func proveOnTheWay(
        _ version: Int64, of company: CompanyID, as known: String, _ client: VismaNetClient
    ) async throws {
        do {
            try await prove(version, of: company, as: known, client)
        } catch let error as VismaNetError {
            if case .reconnectRequired = error.failure { throw error }
            let why = "which company the new token reaches could not be seen: \(error)"
            throw VismaNetError(call: Self.proof, failure: .tryLater(after: error.retryAfter, reason: why))
        }
    }

    private static let proof = VismaNetCall(operation: "organizations", method: "GET", path: "/v1/organization")

    func forget(_ company: CompanyID) { verified.withLock { $0[company] = nil } }

    func seal(of company: CompanyID) -> GrantSeal {
        GrantSeal(company: company, masterKey: masterKey, randomness: randomness)
    }
}

/// A client with what belongs to it.
struct Line: Sendable {
    let client: VismaNetClient
    /// The same, in the lane of what proves and reconciles.
    let reconciling: VismaNetClient
    /// For asking whom a token reaches.
    let unproven: VismaNetClient
    let tokens: TokenSource
    let requests: RequestCount
}

extension VismaNetConnections {
    /// With `known` nothing is asked or sent before the organisation of its token has been seen to be that one.
    func line(
        _ company: CompanyID, _ kind: GrantKind, store: any TokenStore, known grant: StoredGrant? = nil, lane: Lane,
        provenAs known: String? = nil
    ) -> Line {
        let requests = RequestCount()
        let tracer = tracer
        let (gate, retries, clock, erpClock, randomness) = (gate(of: company), retries, clock, erpClock, randomness)
        let observed = ObservedTransport(
            transport: transport, requests: requests, gate: gate, retries: retries, clock: clock,
            metrics: metrics, apiBaseURL: configuration.apiBaseURL)
        let tokens = TokenSource(
            kind: kind, store: store, requests: tokenRequests(SignInTracing(transport: observed, tracer: tracer)),
            clock: { erpClock.now }, sleep: sleep, known: grant)
        func client(in lane: Lane, proof: @escaping @Sendable (Int64) async throws -> Void = { _ in }) -> VismaNetClient
        {
            VismaNetClient(
                configuration: VismaNetConfiguration(
                    apiBaseURL: configuration.apiBaseURL, userAgent: configuration.userAgent,
                    retry: configuration.retry, writeDeadline: configuration.writeDeadline),
                transport: observed, tokens: tokens,
                surroundings: .init(
                    clock: { clock.now.milliseconds }, sleep: sleep, random: { randomness.fraction() }),
                hooks: .init(
                    gate: { try await gate.admit($0, in: lane) }, token: proof,
                    rateLimit: { await gate.told($0) }, mayRetry: { retries.take(at: clock.now) }), tracer: tracer)
        }
        let unproven = client(in: lane.proving)
        let proof: @Sendable (Int64) async throws -> Void = { version in
            if let known { try await self.proveOnTheWay(version, of: company, as: known, unproven) }
        }
        return Line(
            client: client(in: lane, proof: proof), reconciling: client(in: lane.proving, proof: proof),
            unproven: unproven, tokens: tokens, requests: requests)
    }

    /// One for each company in this process, so that a slice of calls outlives the run that took it.
    private func gate(of company: CompanyID) -> RateGate {
        gates.withLock { gates in
            if let gate = gates[company] { return gate }
            let gate = RateGate(database: database, company: company, clock: clock, sleep: sleep, logger: logger)
            gates[company] = gate
            return gate
        }
    }

    func tokenRequests(_ transport: any HTTPTransport) -> TokenRequests {
        TokenRequests(
            application: configuration.application, authority: configuration.authority, transport: transport,
            userAgent: configuration.userAgent)
    }
}

extension Randomness {
    /// 0 ..< 1
    fileprivate func fraction() -> Double {
        let bits = bytes(4).reduce(UInt32(0)) { ($0 << 8) | UInt32($1) }
        return Double(bits) / 4_294_967_296
    }
}
