import ArgumentParser
import Persistence
import Proresult

/// `ferje company setup-secret`
struct CompanySetUpSecret: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "setup-secret", abstract: "Makes the address where the first administrator signs up.")

    @OptionGroup var common: CommonOptions
    @OptionGroup var companyOption: CompanyOption

    func run() async throws {
        try await common.open { installation in
            let company = try await installation.company(companyOption.company)
            let secret = try await installation.signInDesk.makeSetUpSecret(
                for: company.id, at: installation.surroundings.clock.now)
            let link = "\(installation.configuration.web.origin)/oppstart/\(secret)"
            installation.console.say(.setUpLink(company.name))
            installation.console.say(link)
            try installation.console.answer(["company": company.id.text, "link": link])
        }
    }
}
