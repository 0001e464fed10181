import ArgumentParser
import Foundation
import Sync

/// The options that every command has.
struct CommonOptions: ParsableArguments {
    @Option(help: "A file with KEY=VALUE lines (or FERJE_CONFIG).")
    var config: String?

    @Option(help: "The folder of the embedded database (or FERJE_DATA).")
    var data: String?

    @Option(name: .customLong("database-url"), help: "PostgreSQL instead of the folder (or FERJE_DATABASE_URL).")
    var databaseURL: String?

    @Option(help: "nb or en (or FERJE_LANGUAGE).")
    var language: String?

    @Option(name: .customLong("log-level"), help: "trace … critical (or FERJE_LOG_LEVEL).")
    var logLevel: String?

    @Flag(help: "Answer with one line of JSON.")
    var json = false

    func configuration(_ web: WebOptions? = nil) throws -> Configuration {
        let flags: [ConfigurationKey: String?] = [
            .dataFolder: data, .databaseURL: databaseURL, .language: language, .logLevel: logLevel,
            .webPort: web?.webPort,
        ]
        return try Configuration(
            ConfigurationValues(
                flags: flags.compactMapValues { $0 }, environment: ProcessInfo.processInfo.environment, file: config))
    }

    func console(_ configuration: Configuration) -> Console {
        Console(language: configuration.language, isJSON: json)
    }

    /// Opens everything for the length of the body.
    func open<Answer>(
        _ web: WebOptions? = nil, _ body: (Installation) async throws -> Answer
    ) async throws -> Answer {
        let configuration = try configuration(web)
        return try await Installation.withOpen(configuration, console: console(configuration), body)
    }
}

/// Where the pages are served.
struct WebOptions: ParsableArguments {
    @Option(name: .customLong("web-port"), help: "The port of the pages (or FERJE_WEB_PORT).")
    var webPort: String?
}

/// Which company a command is about.
struct CompanyOption: ParsableArguments {
    @Option(name: .shortAndLong, help: "Id, code or name; not needed where there is only one.")
    var company: String?
}

extension JobName: ExpressibleByArgument {}

/// Who did it, for the audit trail: the user of the system who gave the command.
enum Operator {
    static var name: String {
        let environment = ProcessInfo.processInfo.environment
        return environment["SUDO_USER"] ?? environment["USER"] ?? NSUserName()
    }
}
