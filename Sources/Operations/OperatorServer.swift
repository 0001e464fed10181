import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import Persistence
import ServiceLifecycle

/// Health and metrics, on a port of their own: for the machines of whoever runs Ferje, not for the web. They are the same
/// for everybody who reaches them, so they tell numbers and no names. Where the operator has a key, the life of companies
/// too.
public struct OperatorServer: Service {
    public struct Place: Sendable, Hashable {
        public var host: String
        public var port: Int

        public init(host: String, port: Int) { (self.host, self.port) = (host, port) }
    }

    let place: Place
    let lookout: Lookout
    let collector: PrometheusCollector
    let companies: OperatorAPI?
    let sleep: @Sendable (Duration) async throws -> Void
    let logger: Logger

    public init(
        place: Place, lookout: Lookout, collector: PrometheusCollector, companies: OperatorAPI? = nil,
        sleep: @escaping @Sendable (Duration) async throws -> Void, logger: Logger
    ) {
        self.place = place
        self.lookout = lookout
        self.collector = collector
        self.companies = companies
        self.sleep = sleep
        self.logger = logger
    }

    public func run() async throws {
        var logger = logger
        logger.logLevel = max(logger.logLevel, .warning)
        let application = Application(
            router: router(), configuration: .init(address: .hostname(place.host, port: place.port), serverName: nil),
            logger: logger)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await application.run() }
            group.addTask { try await watch() }
            defer { group.cancelAll() }
            try await group.next()
        }
    }

    /// Until the server ends.
    private func watch() async throws {
        while true {
            await lookout.look()
            try await sleep(Lookout.pause)
        }
    }

    func router() -> Router<OperatorContext> {
        let router = Router(context: OperatorContext.self)
        companies?.addRoutes(to: router)
        // Whether the process lives, whatever the database does: who starts it anew when this fails mends nothing else.
        router.get("/helse/lever") { _, _ in Self.plain("alive", .ok) }
        // Whether it is worth sending it work.
        router.get("/helse/klar") { [lookout] _, _ in
            let standing = lookout.standing
            return Self.plain(standing.rawValue, standing == .ready ? .ok : .serviceUnavailable)
        }
        router.get("/metrics") { [self] _, _ in
            Self.answer(text(), PrometheusText.contentType, .ok)
        }
        return router
    }

    /// Rows and process together, in the order of the list.
    func text() -> String {
        let samples = collector.samples().merging(lookout.samples()) { $1 }
        return PrometheusText.text(Metric.all.map { ($0, samples[$0.name] ?? []) })
    }

    private static func plain(_ text: String, _ status: HTTPResponse.Status) -> Response {
        answer(text + "\n", "text/plain; charset=utf-8", status)
    }

    private static func answer(_ text: String, _ type: String, _ status: HTTPResponse.Status) -> Response {
        Response(
            status: status, headers: [.contentType: type, .cacheControl: "no-store"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }
}

/// Stands last among the services, so that it is told first of a stop: from then on the process is not ready.
public struct StopSign: Service {
    let lookout: Lookout

    public init(_ lookout: Lookout) { self.lookout = lookout }

    public func run() async throws {
        try await gracefulShutdown()
        lookout.stop()
    }
}
