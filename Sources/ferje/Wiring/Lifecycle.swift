import Logging
import ServiceLifecycle
import UnixSignals

/// Runs services until one ends or the process is told to stop, and gives them thirty seconds to end in order.
enum Lifecycle {
    /// After this long what still runs is cancelled; five seconds more are for the cancellation itself.
    static let gracePeriod = Duration.seconds(25)

    static func run(_ services: [any Service], logger: Logger) async throws {
        var configuration = ServiceGroupConfiguration(
            services: services.map { service in
                ServiceGroupConfiguration.ServiceConfiguration(
                    service: service, successTerminationBehavior: .gracefullyShutdownGroup,
                    failureTerminationBehavior: .gracefullyShutdownGroup)
            }, gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
        configuration.maximumGracefulShutdownDuration = gracePeriod
        configuration.maximumCancellationDuration = .seconds(5)
        try await ServiceGroup(configuration: configuration).run()
    }
}
