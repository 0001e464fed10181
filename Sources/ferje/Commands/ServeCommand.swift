import ArgumentParser
import CoreMetrics
import Operations
import ServiceLifecycle
import Sync
import Tracing
import VismaNetConnector

/// `ferje serve`
struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Serves the pages and runs the jobs that are due, until it is stopped.")

    @OptionGroup var common: CommonOptions
    @OptionGroup var web: WebOptions

    @Flag(
        name: .customLong("web"), help: "Only the pages and the API, no jobs. With --worker: both, as without either.")
    var isWeb = false

    @Flag(name: .customLong("worker"), help: "Only the jobs, no pages.")
    var isWorker = false

    @Option(name: .customLong("worker-count"), help: "How many loops of the engine (or FERJE_WORKERS).")
    var workerCount: Int?

    func validate() throws {
        guard (1...32).contains(workerCount ?? 1) else {
            throw ValidationError("--worker-count must be from 1 to 32.")
        }
        guard workerCount == nil || isWorker || !isWeb else {
            throw ValidationError("--worker-count says nothing to a process that only serves the pages.")
        }
    }

    func run() async throws {
        try await common.open(web) { installation in
            try installation.startTracing()
            let lookout = Lookout(
                database: installation.database, clock: installation.surroundings.clock, logger: installation.logger)
            // Told of a stop in turn from the last: first not ready, then no new work, then no more pages.
            var services: [any Service] = []
            if let place = installation.configuration.operatorPlace {
                let collector = PrometheusCollector()
                MetricsSystem.bootstrap(collector)
                services.append(
                    OperatorServer(
                        place: place, lookout: lookout, collector: collector, companies: installation.operatorAPI,
                        sleep: installation.surroundings.sleep, logger: installation.logger))
            }
            let connections = try installation.connectionsIfConfigured()
            if isWeb || !isWorker { services.append(pages(installation, connections)) }
            if isWorker || !isWeb { services += try await jobs(installation, connections) }
            try await Lifecycle.run(services + [StopSign(lookout)], logger: installation.logger)
            installation.console.say(.servedOut)
        }
    }

    private func pages(_ installation: Installation, _ connections: VismaNetConnections?) -> any Service {
        installation.console.say(.pagesAt(installation.configuration.web.origin))
        if isWeb, !isWorker, DatabasePlace(installation.configuration).isOneProcess {
            installation.console.remark(.noWorkerOnSQLite)
        }
        return installation.webServer(connections)
    }

    private func jobs(_ installation: Installation, _ connections: VismaNetConnections?) async throws -> [any Service] {
        if DatabasePlace(installation.configuration).isOneProcess {
            try await installation.engine(connections).rescueAll()
        }
        let count = workerCount ?? installation.configuration.workers
        let engines = (1...count).map { installation.engine(connections, number: $0) }
        installation.console.say(.serving(count))
        return [
            installation.setUpService(connections),
            try await installation.retentionService(),
            EngineService(engines: engines, sleep: installation.surroundings.sleep),
        ]
    }
}

extension Installation {
    /// Before anything is made that looks for a tracer.
    fileprivate func startTracing() throws {
        guard let path = configuration.tracesFile else { return }
        do {
            let file = try TraceFile(path: path, logger: logger)
            InstrumentationSystem.bootstrap(
                FileTracer(
                    file: file, now: { DefaultTracerClock.now.nanosecondsSinceEpoch },
                    randomness: surroundings.randomness))
        } catch let refused as TraceFile.Refused {
            throw ConfigurationError(.traces, refused.why)
        }
    }
}
