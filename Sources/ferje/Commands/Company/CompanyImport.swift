import ArgumentParser
import Foundation
import Persistence
import Proresult

/// `ferje company import`
struct CompanyImport: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Takes in workers, items, hours and withdrawals from CSV and JSON files (docs/file-import.md).")

    @Argument(help: "The files.") var files: [String]
    @OptionGroup var common: CommonOptions
    @OptionGroup var companyOption: CompanyOption

    func run() async throws {
        let contents = try files.map { path -> (name: String, bytes: [UInt8]) in
            guard let data = FileManager.default.contents(atPath: path) else {
                throw Failure(.needsPerson, "fileUnreadable", .fileUnreadable(path))
            }
            return (URL(fileURLWithPath: path).lastPathComponent, Array(data))
        }
        try await common.open { installation in
            let company = try await installation.company(companyOption.company)
            let report = try await FileImport.run(
                files: contents, company: company.id, database: installation.database,
                clock: installation.surroundings.clock, randomness: installation.surroundings.randomness)
            try FileImportTable(report).show(on: installation.console)
            if !report.errors.isEmpty { throw Failure.quiet(.needsPerson) }
        }
    }
}
