import ArgumentParser
import Persistence
import Proresult
import Sync

/// `ferje export …`
struct ExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "What can be done about an export.",
        subcommands: [Retry.self, Shut.self, Open.self])

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

    struct Shut: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "After a restore: nothing is sent, in any company, until Visma has been read.")

        @Option(help: "Why; kept in the audit trail.") var reason: String
        @OptionGroup var common: CommonOptions

        func run() async throws {
            try await common.open { installation in
                let person = Operator.name
                let count = try await installation.database.transactionAcrossCompanies { connection in
                    try ExportShutter.shut(because: reason, by: person, in: connection)
                }
                installation.console.say(.exportsShut(count))
                try installation.console.answer(["companies": count])
            }
        }
    }

    struct Open: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Opens a company's exports: a person answers for what Visma holds.")

        @Option(help: "Why; kept in the audit trail.") var reason: String
        @OptionGroup var common: CommonOptions
        @OptionGroup var companyOption: CompanyOption

        func run() async throws {
            try await common.open { installation in
                let company = try await installation.company(companyOption.company)
                let person = Operator.name
                try await installation.database.transaction(company: company.id) { transaction in
                    try ExportShutter.open(by: person, because: reason, in: transaction)
                }
                installation.console.say(.exportsOpened)
                try installation.console.answer(["opened": 1])
            }
        }
    }
}
