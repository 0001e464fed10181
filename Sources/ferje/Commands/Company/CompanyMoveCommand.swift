import ArgumentParser
import Foundation
import Persistence
import Proresult
import Sync

/// `ferje company move`
struct CompanyMoveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "move",
        abstract: "Moves a company to another database: copies every row, compares every row, and shuts the old home.")

    @Option(name: .customLong("to"), help: "postgres://… or the data folder of an embedded database.")
    var destination: String
    @OptionGroup var common: CommonOptions
    @OptionGroup var companyOption: CompanyOption

    private struct Told: Encodable {
        struct Table: Encodable {
            var rows: Int
            var digest: String
        }
        var company: String
        var tables: [String: Table]
    }

    func run() async throws {
        try await common.open { installation in
            let company = try await installation.company(companyOption.company)
            let here = DatabasePlace(installation.configuration)
            let there = DatabasePlace(text: destination)
            guard here.told != there.told else {
                throw CompanyMove.Refused.sameDatabase
            }
            // On SQLite no other process can hold a lease: what looks busy belongs to the dead.
            if here.isOneProcess { try await installation.engine(nil).rescueAll() }
            let database = try there.open(clock: installation.surroundings.clock)
            let moved: [String: CompanyMove.Moved]
            do {
                _ = try await database.migrate(SyncSchema.all)
                moved = try await CompanyMove(
                    company: company.id, from: installation.database, named: here.told, to: database,
                    named: there.told, by: Operator.name
                ).run()
                try await database.close()
            } catch {
                try? await database.close()
                throw error
            }
            let rows = moved.values.reduce(0) { $0 + $1.rows }
            installation.console.say(.companyMoved(company.name, rows: rows, to: there.told))
            try installation.console.answer(
                Told(
                    company: company.id.text,
                    tables: moved.mapValues { Told.Table(rows: $0.rows, digest: $0.digest) }))
        }
    }
}

extension DatabasePlace {
    /// As it is given on the command line.
    fileprivate init(text: String) {
        self =
            text.hasPrefix("postgres://") || text.hasPrefix("postgresql://")
            ? .postgres(url: text) : .sqlite(folder: URL(fileURLWithPath: text, isDirectory: true))
    }

    /// Which database it is, without a password.
    fileprivate var told: String {
        switch self {
        case .sqlite(let folder): return folder.standardizedFileURL.path
        case .postgres(let url):
            guard var parts = URLComponents(string: url) else { return "PostgreSQL" }
            (parts.user, parts.password) = (nil, nil)
            return parts.string ?? "PostgreSQL"
        }
    }
}
