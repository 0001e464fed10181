import ArgumentParser

/// `ferje company disconnect`
struct CompanyDisconnect: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "disconnect", abstract: "Ends the connection and erases its tokens.")

    @OptionGroup var common: CommonOptions
    @OptionGroup var companyOption: CompanyOption

    private struct Told: Encodable {
        var company: String
        var revoked: Bool
    }

    func run() async throws {
        try await common.open { installation in
            let company = try await installation.company(companyOption.company)
            let isRevoked = try await installation.connections().disconnect(company: company.id, by: Operator.name)
            installation.console.say(.disconnected(company.name, isRevoked: isRevoked))
            try installation.console.answer(Told(company: company.id.text, revoked: isRevoked))
        }
    }
}
