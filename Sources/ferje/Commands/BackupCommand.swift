import ArgumentParser
import Foundation
import Persistence

/// `ferje backup`
struct BackupCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup",
        abstract: "Copies the embedded database as it is now, also while “ferje serve” works with it.")

    @Argument(help: "The file to write; one that is there is replaced in one step.") var file: String
    @OptionGroup var common: CommonOptions

    private struct Told: Encodable {
        var file: String
        var bytes: Int
    }

    /// Opens nothing: the database belongs to the process that serves.
    func run() async throws {
        let configuration = try common.configuration()
        let console = common.console(configuration)
        let path = try DatabasePlace(configuration).demandFile()
        try await SQLiteDatabase.backup(of: path, to: file)
        let attributes = try FileManager.default.attributesOfItem(atPath: file)
        let bytes = attributes[.size] as? Int ?? 0
        console.say(.backedUp(file, mebibytes: bytes / 1_048_576))
        try console.answer(Told(file: file, bytes: bytes))
    }
}
