import ArgumentParser
import Persistence
import Sync

/// `ferje export …`
struct ExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "What can be done about an export.", subcommands: [Retry.self])

    struct Retry: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Lets records that Visma refused be tried again as they are.")

        @Argument(help: "hours or withdrawals.") var job: JobName
        @OptionGroup var common: CommonOptions
        @OptionGroup var companyOption: CompanyOption

        func validate() throws {
            guard job.isExport else { throw ValidationError("Only hours and withdrawals are exported.") }
        }

        func run() async throws {
            try await common.open { installation in
                let company = try await installation.company(companyOption.company)
                let person = Operator.name
                let count = try await installation.database.transaction(company: company.id) { transaction in
                    try ExportReview.retryRefused(job, by: person, in: transaction)
                }
                installation.console.say(.retried(count))
                try installation.console.answer(["records": count])
            }
        }
    }
}
