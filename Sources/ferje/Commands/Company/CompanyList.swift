import ArgumentParser
import Persistence
import Proresult

/// `ferje company list`
struct CompanyList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "Lists the companies.")

    @OptionGroup var common: CommonOptions

    private struct Told: Encodable {
        var id: String
        var name: String
        var code: String
        var state: String
    }

    func run() async throws {
        try await common.open { installation in
            let companies = try await installation.database.transactionAcrossCompanies { try Company.all($0) }
            if companies.isEmpty { installation.console.say(.noCompanies) }
            var table = Table([.left, .left, .left, .left])
            for company in companies {
                table.add([
                    company.id.text, company.code, company.name, installation.console.text(.state(company.state)),
                ])
            }
            installation.console.say(table)
            try installation.console.answer([
                "companies": companies.map {
                    Told(id: $0.id.text, name: $0.name, code: $0.code, state: $0.state.rawValue)
                }
            ])
        }
    }
}
