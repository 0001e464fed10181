import ArgumentParser
import Persistence
import Proresult
import Sync

/// `ferje company delete`
struct CompanyDelete: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "delete", abstract: "Deletes a paused company with all its rows, for good.")

    @Option(name: .customLong("name"), help: "The company's name, exactly; asked for when it is left out.")
    var typedName: String?

    @Flag(
        help: """
            What was transferred is bookkeeping material for ten years; say so when it is kept elsewhere, such as by \
            “ferje company export”.
            """)
    var keptElsewhere = false
    @OptionGroup var common: CommonOptions
    @OptionGroup var companyOption: CompanyOption

    func run() async throws {
        guard companyOption.company != nil else { throw ValidationError("Name the company with --company.") }
        try await common.open { installation in
            let company = try await installation.company(companyOption.company)
            if typedName == nil { installation.console.say(.typeTheName(company.name)) }
            let typed = typedName ?? readLine() ?? ""
            let database = try installation.ownersDatabase()
            do {
                try await CompanyDeletion(
                    company: company.id, in: database ?? installation.database, by: Operator.name
                ).run(confirmedBy: typed, keptElsewhere: keptElsewhere)
                try await database?.close()
            } catch {
                try? await database?.close()
                throw error
            }
            installation.console.say(.companyDeleted(company.name))
            try installation.console.answer(["deleted": company.id.text])
        }
    }
}
