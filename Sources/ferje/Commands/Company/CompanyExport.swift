import ArgumentParser
import Foundation
import Persistence
import Proresult
import Sync

/// `ferje company export`
struct CompanyExport: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Writes everything of a company as JSON and CSV, without secrets.")

    @Option(name: .customLong("to"), help: "A new folder, or one that is empty.") var folder: String
    @OptionGroup var common: CommonOptions
    @OptionGroup var companyOption: CompanyOption

    private struct Told: Encodable {
        var company: String
        var folder: String
        var tables: [String: CompanyFiles.Written]
    }

    func run() async throws {
        try await common.open { installation in
            let company = try await installation.company(companyOption.company)
            let tables = try await CompanyFiles(company: company.id, in: installation.database)
                .write(to: URL(fileURLWithPath: folder, isDirectory: true))
            let rows = tables.values.reduce(0) { $0 + $1.rows }
            installation.console.say(.companyWritten(company.name, rows: rows, folder: folder))
            try installation.console.answer(Told(company: company.id.text, folder: folder, tables: tables))
        }
    }
}
