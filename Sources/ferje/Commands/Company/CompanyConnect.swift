import ArgumentParser

/// `ferje company connect`
struct CompanyConnect: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "connect", abstract: "Connects a company to Visma.net with the service application.")

    @Option(name: .customLong("tenant-id"), help: "The company's tenant id in Visma.") var tenantID: String
    @OptionGroup var common: CommonOptions
    @OptionGroup var companyOption: CompanyOption

    func run() async throws {
        try await common.open { installation in
            let company = try await installation.company(companyOption.company)
            let organisation = try await installation.connections().activateService(
                company: company.id, tenantID: tenantID, by: Operator.name)
            installation.console.say(.connected(company.name, organisation))
            try installation.console.answer(["company": company.id.text, "organisation": organisation])
        }
    }
}
