import Hummingbird
import Logging
import NIOCore
import ServiceLifecycle

/// The pages and the API as a service of the process.
public struct WebServer: Service {
    let office: Office
    let host: String
    let port: Int
    let onRunning: @Sendable (_ port: Int) async -> Void

    /// Port 0 lets the system choose one; `onRunning` tells which.
    public init(
        office: Office, host: String, port: Int, onRunning: @escaping @Sendable (_ port: Int) async -> Void = { _ in }
    ) {
        self.office = office
        self.host = host
        self.port = port
        self.onRunning = onRunning
    }

    public func run() async throws {
        var logger = office.logger
        logger.logLevel = max(logger.logLevel, .warning)
        let onRunning = onRunning
        let application = Application(
            router: office.router(), configuration: .init(address: .hostname(host, port: port), serverName: nil),
            onServerRunning: { channel in await onRunning(channel.localAddress?.port ?? 0) }, logger: logger)
        try await application.run()
    }
}
