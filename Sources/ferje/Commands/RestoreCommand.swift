import ArgumentParser
import Foundation
import Persistence
import Sync

/// `ferje restore`
struct RestoreCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore",
        abstract: "Puts a backup in the place of the embedded database. Nothing is sent before Visma has been read.")

    @Argument(help: "A file that “ferje backup” has written.") var file: String
    @OptionGroup var common: CommonOptions

    private struct Told: Encodable {
        var restored: String
        var keptOldAs: String?
        var companies: Int
    }

    func run() async throws {
        let configuration = try common.configuration()
        let console = common.console(configuration)
        let surroundings = Surroundings.real
        let place = DatabasePlace(configuration)
        let path = try place.demandFile()
        try place.prepareFolder()
        let aside = "\(path).before-\(surroundings.clock.now.milliseconds)"
        let isThere = FileManager.default.fileExists(atPath: path)
        var companies = 0
        try await SQLiteDatabase.restore(path, from: file, keepingOldAs: aside) { fresh in
            companies = try await Self.makeFit(fresh, from: file, clock: surroundings.clock)
        }
        console.say(.restored(file, companies: companies))
        if isThere { console.say(.oldDatabaseKept(aside)) }
        try console.answer(Told(restored: file, keptOldAs: isThere ? aside : nil, companies: companies))
    }

    /// Brings the copy to today's schema and shuts its exports, before anybody can send from it. Who was signed in then may
    /// have been shut out since.
    private static func makeFit(_ copy: String, from file: String, clock: WallClock) async throws -> Int {
        let database = try SQLiteDatabase(path: copy, clock: clock)
        do {
            guard try await database.readAcrossCompanies({ try $0.hasTable("installation") }) else {
                throw Failure(.needsPerson, "notABackup", .notABackup(file))
            }
            _ = try await database.migrate(SyncSchema.all)
            let person = Operator.name
            let companies = try await database.transactionAcrossCompanies { connection in
                try connection.execute("DELETE FROM session")
                return try ExportShutter.shut(because: "restored from a backup", by: person, in: connection)
            }
            try await database.close()
            return companies
        } catch {
            try? await database.close()
            throw error
        }
    }
}
