import ArgumentParser
import Persistence
import Proresult
import Sync
import VismaNetConnector

/// `ferje status`
struct Status: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Shows companies, connections, jobs, and documents that need a person.")

    @OptionGroup var common: CommonOptions
    @OptionGroup var companyOption: CompanyOption

    func run() async throws {
        try await common.open { installation in
            let companies =
                if companyOption.company == nil {
                    try await installation.database.transactionAcrossCompanies { try Company.all($0) }
                } else {
                    [try await installation.company(companyOption.company)]
                }
            var states: [CompanyState] = []
            for company in companies {
                states.append(
                    try await installation.database.transaction(company: company.id) { transaction in
                        try CompanyState(company, in: transaction)
                    })
            }
            let console = installation.console
            if states.isEmpty { console.say(.noCompanies) }
            for state in states { state.show(on: console) }
            try console.answer(["companies": states.map(\.report)])
        }
    }
}
