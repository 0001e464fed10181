import ArgumentParser
import Persistence
import Proresult
import Sync

/// `ferje company job …`
struct JobCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "job", abstract: "Switches a job on or off, and its hourly run; restarts one.",
        subcommands: [Enable.self, Disable.self, Automatic.self, Manual.self, Restart.self])

    /// What they share.
    struct Subject: ParsableArguments {
        @Argument(help: "customers, projects, items, hours or withdrawals.") var job: JobName
        @OptionGroup var common: CommonOptions
        @OptionGroup var companyOption: CompanyOption

        func set(enabled: Bool, automatic: Bool) async throws {
            try await common.open { installation in
                let company = try await installation.company(companyOption.company)
                try await installation.database.transaction(company: company.id) { transaction in
                    try transaction.setJob(job, enabled: enabled, automatic: automatic)
                }
                installation.console.say(.jobSet(job, enabled: enabled, automatic: automatic))
                try installation.console.answer(Told(job: job.rawValue, enabled: enabled, automatic: automatic))
            }
        }
    }

    private struct Told: Encodable {
        var job: String
        var enabled: Bool
        var automatic: Bool
    }

    struct Enable: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "On, when somebody asks for it.")
        @OptionGroup var subject: Subject
        func run() async throws { try await subject.set(enabled: true, automatic: false) }
    }

    struct Disable: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Off.")
        @OptionGroup var subject: Subject
        func run() async throws { try await subject.set(enabled: false, automatic: false) }
    }

    struct Automatic: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "On, every hour.")
        @OptionGroup var subject: Subject
        func run() async throws { try await subject.set(enabled: true, automatic: true) }
    }

    struct Manual: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "On, and not by itself any more.")
        @OptionGroup var subject: Subject
        func run() async throws { try await subject.set(enabled: true, automatic: false) }
    }

    struct Restart: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Lets “ferje serve” run it now; a job that was given up has its attempts again.")
        @OptionGroup var subject: Subject

        func run() async throws {
            try await subject.common.open { installation in
                let company = try await installation.company(subject.companyOption.company)
                guard company.state == .active else {
                    throw Failure(.needsPerson, "companyAtRest", .companyAtRest(company.name))
                }
                let (job, person) = (subject.job, Operator.name)
                let isOn = try await installation.database.transaction(company: company.id) { transaction in
                    try transaction.requestRun(of: job, by: person)
                }
                guard isOn else { throw Failure(.needsPerson, "jobSwitchedOff", .jobSwitchedOff(job)) }
                installation.console.say(.jobRestarted(job))
                try installation.console.answer(["restarted": job.rawValue])
            }
        }
    }
}
