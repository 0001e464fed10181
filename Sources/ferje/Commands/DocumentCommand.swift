import ArgumentParser
import Persistence
import Sync

/// `ferje document …`: what a person decides about documents that no rule can decide.
struct DocumentCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "document", abstract: "Documents in doubt or waiting for a person.",
        subcommands: [List.self, Confirm.self, Void.self, Resend.self])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Lists documents that are not settled.")

        @OptionGroup var common: CommonOptions
        @OptionGroup var companyOption: CompanyOption
        @Flag(help: "Settled ones too.") var all = false

        func run() async throws {
            try await common.open { installation in
                let company = try await installation.company(companyOption.company)
                let states: [ExportDocument.State] =
                    all ? ExportDocument.State.allCases : [.ready, .sending, .unknown, .needsReview]
                let documents = try await installation.database.transaction(company: company.id) { transaction in
                    try transaction.documents(.hours, in: states) + transaction.documents(.withdrawals, in: states)
                }
                if documents.isEmpty {
                    installation.console.say(.noDocuments)
                } else {
                    installation.console.showDocuments(documents)
                }
                try installation.console.answer(["documents": documents.map(DocumentReport.init)])
            }
        }
    }

    /// What the three decisions share.
    struct Subject: ParsableArguments {
        @Argument(help: "The document's reference, PRX-….") var reference: String
        @Option(help: "Why; kept in the audit trail.") var reason: String
        @OptionGroup var common: CommonOptions
        @OptionGroup var companyOption: CompanyOption

        func decide(_ decision: ExportReview.Decision) async throws {
            try await common.open { installation in
                let company = try await installation.company(companyOption.company)
                let person = Operator.name
                try await installation.database.transaction(company: company.id) { transaction in
                    try ExportReview.decide(decision, on: reference, by: person, because: reason, in: transaction)
                }
                installation.console.say(.documentDecided(reference))
                try installation.console.answer(["reference": reference])
            }
        }
    }

    struct Confirm: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "It stands in Visma under this number.")
        @OptionGroup var subject: Subject
        @Option(help: "The document's number in Visma.") var number: String
        func run() async throws { try await subject.decide(.confirm(number: number)) }
    }

    struct Void: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "It does not stand in Visma and shall not be sent: its records wait again.")
        @OptionGroup var subject: Subject
        func run() async throws { try await subject.decide(.void) }
    }

    struct Resend: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "It does not stand in Visma: send it again under the same reference.")
        @OptionGroup var subject: Subject
        func run() async throws { try await subject.decide(.resend) }
    }
}
