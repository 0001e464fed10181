import Persistence
import Proresult
import ServiceLifecycle
import Sync
import Synchronization
import VismaNet
import VismaNetSandbox
import Web

/// The demonstration beside the running sandbox; without `once` it goes on with the hourly engine.
final class DemoService: Service {
    private let installation: Installation
    private let server: SandboxService
    private let tenant: String
    private let options: DemoOptions
    private let ended = Mutex(ExitStatus.done)

    init(_ installation: Installation, server: SandboxService, tenant: String, options: DemoOptions) {
        self.installation = installation
        self.server = server
        self.tenant = tenant
        self.options = options
    }

    var status: ExitStatus { ended.withLock { $0 } }

    func run() async throws {
        let address = try await server.address()
        let installation = try connected(to: address)
        let console = installation.console
        if !options.once { console.say(.sandboxAt(address)) }
        let status = try await cancelWhenGracefulShutdown { [options, server, tenant] in
            try await Demonstration(installation, sandbox: server.sandbox, tenant: tenant, options: options).run()
        }
        ended.withLock { $0 = status }
        guard !options.once else { return }
        try await goOn(installation, address: address)
    }

    /// The same installation, with the address and the application of the sandbox.
    private func connected(to address: String) throws -> Installation {
        guard let origin = Origin(address) else {
            throw Failure(.unexpected, "unexpected", Text("Adressen \(address)", "The address \(address)"))
        }
        var installation = installation
        installation.configuration.apiURL = origin
        installation.configuration.authority = origin
        installation.configuration.application = OAuthApplication(
            clientID: DemoApplication.clientID, clientSecret: Secret(DemoApplication.clientSecret))
        return installation
    }

    private func goOn(_ demonstration: Installation, address: String) async throws {
        var installation = demonstration
        // The demonstration's chance is the same for everybody; sessions and tokens must not be.
        installation.surroundings.randomness = Surroundings.real.randomness
        try await installation.database.transaction(company: DemoCompany.id) { transaction in
            for job in JobName.allCases { try transaction.setJob(job, enabled: true, automatic: true) }
        }
        let users = try await DemoUsers(installation).make()
        let connections = try installation.connections()
        let engine = EngineService(engines: [installation.engine(connections)], sleep: installation.surroundings.sleep)
        let (web, setUp) = (installation.webServer(connections), installation.setUpService(connections))
        installation.console.say()
        installation.console.say(
            .demoGoesOn(
                installation.configuration.web.origin, users: users, password: DemoUsers.password, sandbox: address))
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await web.run() }
            group.addTask { try await engine.run() }
            group.addTask { try await setUp.run() }
            try await group.waitForAll()
        }
    }
}
