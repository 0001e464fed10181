import ArgumentParser
import Foundation
import Persistence
import VismaNetSandbox

/// `ferje demo`
struct Demo: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Shows the whole job against a local Visma.net with demo data.")

    enum Database: String, ExpressibleByArgument, CaseIterable { case sqlite, postgres }

    @OptionGroup var common: CommonOptions
    @OptionGroup var world: WorldOptions
    @OptionGroup var web: WebOptions

    @Flag(help: "End after the run instead of working on every hour.")
    var once = false

    @Option(name: .customLong("repeat"), help: "Run all jobs so many times on the same data.")
    var runs = 1

    @Option(help: "sqlite, or postgres for a throw-away server.")
    var database = Database.sqlite

    func validate() throws {
        guard (1...100).contains(runs) else { throw ValidationError("--repeat must be from 1 to 100.") }
        if database == .postgres, common.data != nil {
            throw ValidationError("--data cannot be kept with a throw-away PostgreSQL.")
        }
    }

    func run() async throws {
        switch database {
        case .sqlite: try await runHere(postgres: nil)
        case .postgres:
            let server = try await ThrowAwayPostgres.start()
            defer { server.stop() }
            let owner = try await server.createDatabase("ferje")
            try await runHere(postgres: (server.rowsURL(database: "ferje"), owner))
        }
    }

    private func runHere(postgres: (url: String, owner: String)?) async throws {
        guard let data = common.data else {
            let folder = FileManager.default.temporaryDirectory.appending(path: "ferje-demo-\(UUID().uuidString)")
            defer { try? FileManager.default.removeItem(at: folder) }
            try await run(in: folder, isKept: false, postgres: postgres)
            return
        }
        try await run(in: URL(fileURLWithPath: data), isKept: true, postgres: postgres)
    }

    private func run(in folder: URL, isKept: Bool, postgres: (url: String, owner: String)?) async throws {
        var configuration = try common.configuration(web)
        configuration.dataFolder = folder
        (configuration.databaseURL, configuration.databaseOwnerURL) = (postgres?.url, postgres?.owner)
        // PostgreSQL demands a key file of its own; here the server is ours alone.
        configuration.masterKeyFile = folder.appending(path: "master.key").path
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        var options = try world.options()
        options.runs = runs
        options.once = once
        if isKept { options.sandboxFolder = folder.appending(path: "sandbox") }
        let surroundings = try world.surroundings(seeded: !isKept)
        let (sandbox, tenant) = try DemoApplication.sandbox(
            options, surroundings: surroundings, redirectURI: configuration.redirectURI)
        let status = try await Installation.withOpen(
            configuration, console: common.console(configuration), surroundings: surroundings
        ) { installation in
            let server = SandboxService(sandbox, port: options.port)
            let demo = DemoService(installation, server: server, tenant: tenant, options: options)
            try await Lifecycle.run([server, demo], logger: installation.logger)
            return demo.status
        }
        if status != .done { throw Failure.quiet(status) }
    }
}
