import ArgumentParser
import ServiceLifecycle
import Sync

/// `ferje serve`
struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Serves the pages and runs the jobs that are due, until it is stopped.")

    @OptionGroup var common: CommonOptions
    @OptionGroup var web: WebOptions

    @Option(name: .customLong("worker-count"), help: "How many loops of the engine (or FERJE_WORKERS).")
    var workerCount: Int?

    func validate() throws {
        guard (1...32).contains(workerCount ?? 1) else {
            throw ValidationError("--worker-count must be from 1 to 32.")
        }
    }

    func run() async throws {
        try await common.open(web) { installation in
            let connections = try installation.connectionsIfConfigured()
            if DatabasePlace(installation.configuration).isOneProcess {
                try await installation.engine(connections).rescueAll()
            }
            let count = workerCount ?? installation.configuration.workers
            let loops = (1...count).map { number in
                EngineService(
                    engine: installation.engine(connections, number: number),
                    sleep: installation.surroundings.sleep)
            }
            installation.console.say(.serving(count))
            installation.console.say(.pagesAt(installation.configuration.web.origin))
            let services: [any Service] = [installation.webServer(connections)] + loops
            try await Lifecycle.run(services, logger: installation.logger)
            installation.console.say(.servedOut)
        }
    }
}
