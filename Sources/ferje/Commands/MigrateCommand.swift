import ArgumentParser
import Persistence
import Sync

/// `ferje migrate`
struct Migrate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Brings the database's schema up to date; every other command does so too.")

    @OptionGroup var common: CommonOptions

    private struct Told: Encodable { var schemaVersion: Int }

    func run() async throws {
        try await common.open { installation in
            let version = try await installation.database.schemaVersion()
            installation.console.say(.schemaIs(version))
            try installation.console.answer(Told(schemaVersion: version))
        }
    }
}
