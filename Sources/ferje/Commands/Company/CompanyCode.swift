import ArgumentParser
import Persistence
import Proresult

/// `ferje company code`
struct CompanyCode: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "code", abstract: "Gives a company another code for signing in.")

    @Argument(help: "Letters a to z, digits and hyphens.") var code: String
    @OptionGroup var common: CommonOptions
    @OptionGroup var companyOption: CompanyOption

    func run() async throws {
        try await common.open { installation in
            let company = try await installation.company(companyOption.company)
            let changed = try await installation.database.transactionAcrossCompanies { connection in
                try Company.setCode(code, of: company.id, in: connection)
                return try Company.find(company.id, in: connection)
            }
            let chosen = changed?.code ?? ""
            installation.console.say(.companyCode(company.name, chosen))
            try installation.console.answer(["id": company.id.text, "code": chosen])
        }
    }
}
