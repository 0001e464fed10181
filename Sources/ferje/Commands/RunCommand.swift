import ArgumentParser
import Persistence
import Proresult
import Sync

/// `ferje run`
struct Run: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Runs one job now and tells what came of it.")

    @Argument(help: "customers, projects, items, hours or withdrawals.")
    var job: JobName

    @OptionGroup var common: CommonOptions
    @OptionGroup var companyOption: CompanyOption

    @Option(help: "The financial period for all lines: 2026-11, 202611 or 11-2026.")
    var period: PeriodArgument?

    @Flag(help: "Show what would go, and send nothing.")
    var preview = false

    @Flag(help: "Read the whole list again, not only what changed.")
    var full = false

    func validate() throws {
        if period != nil || preview, !job.isExport {
            throw ValidationError("--period and --preview are for hours and withdrawals.")
        }
        if full, job.isExport { throw ValidationError("--full is for customers, projects and items.") }
    }

    private struct Told: Encodable {
        var company: String
        var jobs: [String: JobReport]
        var sums: [String: String]?
    }

    func run() async throws {
        try await common.open { installation in
            let company = try await installation.company(companyOption.company)
            if preview {
                try await ReadyPreview(installation: installation, company: company).show(job, period: period?.id)
                return
            }
            guard company.state == .active else {
                throw Failure(.needsPerson, "companyAtRest", .companyAtRest(company.name))
            }
            let driver = try JobDriver(installation)
            try await driver.rescue()
            if full { try await forgetFullPass(of: company.id, in: installation) }
            let progress = Progress(installation.console, steps: 1)
            let result = try await progress.step(.name(of: job), requests: driver.requestsSoFar) {
                try await driver.run(job, of: company.id, period: period?.id, by: Operator.name)
            }
            try await tell(result, of: company, installation)
        }
    }

    private func tell(_ result: JobResult, of company: Company, _ installation: Installation) async throws {
        let console = installation.console
        console.showImports(job.isExport ? [] : [result])
        console.showExports(job.isExport ? [result] : [])
        console.showHeld(result)
        console.showErrors([result])
        let doubtful = try await installation.database.transaction(company: company.id) { transaction in
            try transaction.documents(job, in: [.unknown, .sending, .needsReview]).filter { _ in job.isExport }
        }
        if !doubtful.isEmpty { console.say(.documentsInDoubt(doubtful.count)) }
        try console.answer(Told(company: company.id.text, jobs: [job.rawValue: JobReport(result)]))
        if result.status != .done { throw Failure.quiet(result.status) }
        if doubtful.contains(where: { $0.state == .needsReview }) { throw Failure.quiet(.needsPerson) }
        if !doubtful.isEmpty { throw Failure.quiet(.tryLater) }
    }

    /// A list that was never read from end to end is read so.
    private func forgetFullPass(of company: CompanyID, in installation: Installation) async throws {
        let lists: [ImportResource] =
            switch job {
            case .customers: [.customers]
            case .projects: [.projects, .tasks]
            case .items: [.items]
            case .hours, .withdrawals: []
            }
        _ = try await installation.database.transaction(company: company) { transaction in
            try transaction.execute(
                """
                UPDATE import_cursor SET full_pass_at = NULL
                WHERE company_id = \(company) AND resource IN (\(list: lists))
                """)
        }
    }
}
