import ArgumentParser
import Foundation
import Logging
import Persistence
import ServiceLifecycle
import VismaNetSandbox

/// `ferje sandbox`
struct SandboxCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sandbox", abstract: "Runs the local Visma.net alone until it is stopped.")

    @OptionGroup var common: CommonOptions
    @OptionGroup var world: WorldOptions

    private struct Told: Encodable {
        var address: String
        var clientID: String
        var clientSecret: String
        var tenantID: String
    }

    func run() async throws {
        let configuration = try common.configuration()
        let console = common.console(configuration)
        var options = try world.options()
        options.sandboxFolder = common.data.map { URL(fileURLWithPath: $0) }
        let (sandbox, tenant) = try DemoApplication.sandbox(
            options, surroundings: try world.surroundings(seeded: false), redirectURI: configuration.redirectURI)
        let server = SandboxService(sandbox, port: options.port)
        let teller = SandboxTeller(server: server) { address in
            console.say(.sandboxAt(address))
            console.say(
                .sandboxKeys(
                    clientID: DemoApplication.clientID, secret: DemoApplication.clientSecret, tenant: tenant))
            try console.answer(
                Told(
                    address: address, clientID: DemoApplication.clientID,
                    clientSecret: DemoApplication.clientSecret, tenantID: tenant))
        }
        try await Lifecycle.run([server, teller], logger: .init(label: "ferje"))
    }
}

/// Says where the sandbox is, and then only waits.
private struct SandboxTeller: Service {
    let server: SandboxService
    let tell: @Sendable (String) throws -> Void

    func run() async throws {
        try tell(try await server.address())
        try await gracefulShutdown()
    }
}
