import Foundation
import Persistence
import Proresult
import VismaNetSandbox

/// What a demonstration is made of.
struct DemoOptions: Sendable {
    var seed: UInt64 = 1
    var size = DemoSize.demo
    /// How many times all jobs run on the same data.
    var runs = 1
    /// Ends after the last run instead of working on every hour.
    var once = false
    var port = 0
    var faults: [FaultRule] = []
    /// Where the sandbox keeps its ledger between two starts; nil: in memory.
    var sandboxFolder: URL?
    /// Where it says how the sandbox behaves.
    var scenario: Scenario?
}

/// The application that the sandbox knows, and the company in it.
enum DemoApplication {
    static let clientID = "ferje-demo"
    /// Opens nothing but a sandbox on this machine.
    static let clientSecret = "ferje-demo-secret"

    static func configuration(folder: URL?, redirectURI: String) -> SandboxConfiguration {
        var configuration = SandboxConfiguration(clients: [
            SandboxConfiguration.Client(id: clientID, secret: clientSecret, redirectURIs: [redirectURI])
        ])
        configuration.folder = folder
        return configuration
    }

    static func sandbox(
        _ options: DemoOptions, surroundings: Surroundings, redirectURI: String
    ) throws -> (Sandbox, tenant: String) {
        let today = try surroundings.today
        let records = DemoContractor.make(
            seed: options.seed, today: DemoDay(year: today.year, month: today.month, day: today.day),
            size: options.size)
        let clock = surroundings.clock
        var configuration = configuration(folder: options.sandboxFolder, redirectURI: redirectURI)
        options.scenario?.apply(to: &configuration)
        let sandbox = try Sandbox(
            configuration, companies: [records], seed: options.seed,
            clock: { clock.now.milliseconds })
        sandbox.setFaults(options.faults)
        return (sandbox, records.tenantID)
    }
}
