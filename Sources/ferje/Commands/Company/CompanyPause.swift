import ArgumentParser
import Persistence
import Proresult
import Sync

/// `ferje company pause`
struct CompanyPause: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pause", abstract: "Lets no job of a company begin until it is resumed; people register as before."
    )

    @Option(help: "Why; kept in the audit trail.") var reason: String
    @OptionGroup var common: CommonOptions
    @OptionGroup var companyOption: CompanyOption

    func run() async throws {
        try await common.open { installation in
            let company = try await installation.company(companyOption.company)
            let person = Operator.name
            let working = try await installation.database.transaction(company: company.id) { transaction in
                try CompanyRest.pause(because: reason, by: person, in: transaction)
                return try transaction.jobsAtWork()
            }
            installation.console.say(.companyPaused(company.name))
            if !working.isEmpty { installation.console.say(.stillWorking(working)) }
            try installation.console.answer(
                CompanyStandingTold(company: company.id.text, state: CompanyStanding.paused.rawValue))
        }
    }
}

/// `ferje company resume`
struct CompanyResume: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "resume", abstract: "Lets the jobs of a company run again.")

    @Flag(
        help: """
            The company has moved to another database, and that one is lost. It comes back here, paused, and with its \
            exports shut until Visma has been read. With both alive its records would go twice.
            """)
    var despiteMove = false
    @Option(help: "Why, with --despite-move; kept in the audit trail.") var reason: String?
    @OptionGroup var common: CommonOptions
    @OptionGroup var companyOption: CompanyOption

    func run() async throws {
        try await common.open { installation in
            let company = try await installation.company(companyOption.company)
            let person = Operator.name
            let state = try await installation.database.transaction(company: company.id) { transaction in
                if despiteMove {
                    try CompanyRest.reclaim(because: reason ?? "", by: person, in: transaction)
                } else {
                    try CompanyRest.resume(by: person, in: transaction)
                }
                return try transaction.companyState()
            }
            installation.console.say(despiteMove ? .companyReclaimed(company.name) : .companyResumed(company.name))
            try installation.console.answer(CompanyStandingTold(company: company.id.text, state: state.rawValue))
        }
    }
}

struct CompanyStandingTold: Encodable {
    var company: String
    var state: String
}
