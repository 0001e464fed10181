import ArgumentParser
import Foundation
import Storm
import TestSupport

@main
struct FerjeStorm: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ferje-storm", abstract: "Lives through seeded storms of faults and crashes.",
        subcommands: [RunCommand.self, ReplayCommand.self, BiteCommand.self])
}

/// `ferje-storm replay SEED`
struct ReplayCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay", abstract: "Tells the history of one seed in words.")

    @Argument(help: "The seed.") var seed: UInt64
    @Flag(help: "On PostgreSQL.") var postgres = false

    func run() async throws {
        let haven = try Haven()
        let outcome = try await haven.run(seed: seed, on: postgres ? .postgres : .sqlite, keepsHistory: true)
        await haven.close()
        for line in outcome.history { print(line) }
        for violation in outcome.violations { print("BROKEN \(violation)") }
        print("history \(outcome.digest)")
        if !outcome.violations.isEmpty { throw ExitCode.failure }
    }
}
