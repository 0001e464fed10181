import ArgumentParser
import Foundation
import Logging
import Proresult
import Sync

@main
struct Ferje: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ferje",
        abstract: "Carries customers, projects and items from Visma.net ERP to Proresult, and hours and goods back.",
        subcommands: [
            Demo.self, Serve.self, Run.self, Status.self, SandboxCommand.self, Migrate.self, CompanyCommand.self,
            WorkerCommand.self, UserCommand.self, KeyCommand.self, DocumentCommand.self, ExportCommand.self,
            ProbeCommand.self, BackupCommand.self, RestoreCommand.self, RetentionCommand.self,
        ])

    static func main() async {
        LoggingSystem.bootstrap(StreamLogHandler.standardError)
        do {
            var command = try await asyncParseAsRoot(nil)
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
        } catch {
            leave(with: error)
        }
    }

    /// Ends the process with the error's words and its exit code.
    private static func leave(with error: any Error) -> Never {
        let arguments = CommandLine.arguments
        let isJSON = arguments.contains("--json")
        if isFromParser(error) {
            let code = exitCode(for: error)
            if isJSON, !code.isSuccess {
                tell(kind: "usage", message: message(for: error), status: ExitStatus.usage)
                Foundation.exit(code.rawValue)
            }
            exit(withError: error)
        }
        let failure = Failure(error)
        if !failure.isQuiet {
            let language = language(of: arguments)
            if isJSON {
                tell(kind: failure.kind, message: failure.text.inLanguage(language), status: failure.status)
            } else {
                Console.write("ferje: \(failure.text.inLanguage(language))\n", to: .standardError)
            }
        }
        Foundation.exit(failure.status.rawValue)
    }

    private struct Told: Encodable {
        struct Content: Encodable {
            var kind: String
            var message: String
            var exitCode: Int32
        }
        var error: Content
    }

    private static func tell(kind: String, message: String, status: ExitStatus) {
        let told = Told(error: .init(kind: kind, message: message, exitCode: status.rawValue))
        if let line = try? Console.line(told) { Console.write(line, to: .standardOutput) }
    }

    /// The parser's own errors are not public; ours are.
    private static func isFromParser(_ error: any Error) -> Bool {
        if error is ExitCode || error is ValidationError || error is CleanExit { return true }
        return String(reflecting: type(of: error)).hasPrefix("ArgumentParser.")
    }

    /// Also when the configuration itself is what failed.
    private static func language(of arguments: [String]) -> Language {
        let flag = arguments.firstIndex(of: "--language").flatMap { place in
            arguments.indices.contains(place + 1) ? arguments[place + 1] : nil
        }
        let wanted = flag ?? ProcessInfo.processInfo.environment[ConfigurationKey.language.rawValue]
        return wanted.flatMap(Language.init(rawValue:)) ?? .norwegian
    }
}
