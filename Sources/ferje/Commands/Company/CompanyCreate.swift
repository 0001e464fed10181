import ArgumentParser
import Persistence
import Proresult
import Sync

/// `ferje company create`
struct CompanyCreate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "create", abstract: "Makes a company with its five jobs, all by hand.")

    @Argument(help: "The company's name.") var name: String
    @Option(help: "A short id for commands; made when left out.") var id: String?
    @OptionGroup var common: CommonOptions

    func run() async throws {
        try await common.open { installation in
            let id = id.map { CompanyID($0) } ?? CompanyID(using: installation.surroundings.randomness)
            let company = try await installation.database.transactionAcrossCompanies { connection in
                try CompanyStart.make(name: name, id: id, in: connection)
            }
            installation.console.say(.companyMade(company.name, company.id.text, code: company.code))
            try installation.console.answer([
                "id": company.id.text, "name": company.name, "code": company.code,
            ])
        }
    }
}
