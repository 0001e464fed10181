import Foundation
import Persistence
import Proresult
import Sync
import VismaNetConnector
import VismaNetSandbox

/// The whole main job from an empty database: the company is made and connected, lists come in, people register
/// hours and goods, and what can go goes to the sandbox.
struct Demonstration: Sendable {
    let installation: Installation
    let sandbox: Sandbox
    let tenant: String
    let options: DemoOptions
    private let driver: JobDriver
    private let calendar: DemoCalendar
    private let progress: Progress

    private static let person = "demo"
    private static let stepsOfFill = 12

    init(_ installation: Installation, sandbox: Sandbox, tenant: String, options: DemoOptions) throws {
        self.installation = installation
        self.sandbox = sandbox
        self.tenant = tenant
        self.options = options
        driver = try JobDriver(installation)
        calendar = DemoCalendar(today: try installation.surroundings.today)
        progress = Progress(
            installation.console, steps: Self.stepsOfFill + (options.runs - 1) * JobName.allCases.count)
    }

    /// Does every run and tells of each as it ends. The status of the worst.
    func run() async throws -> ExitStatus {
        try await driver.rescue()
        let isNew = try await !DemoCompany.exists(in: installation.database)
        var worst = ExitStatus.done
        for number in 1...max(1, options.runs) {
            let results = isNew && number == 1 ? try await firstRun() : try await runAll()
            let report = try await report(results, run: number)
            try report.show(on: installation.console)
            if worst == .done { worst = report.status }
        }
        return worst
    }

    private func runAll() async throws -> [JobResult] {
        var results: [JobResult] = []
        for job in JobName.allCases { results.append(try await run(job)) }
        return results
    }

    /// Withdrawals are transferred once before the rest, so that there is something that returns can take back.
    private func firstRun() async throws -> [JobResult] {
        try await step(.preparing) { try await prepare() }
        var imports: [JobResult] = []
        for job in [JobName.customers, .projects, .items] { imports.append(try await run(job)) }
        let sites = try await transaction { [restrictions] transaction in
            try DemoSites(
                restrictions: restrictions, numbers: SeededNumbers(seed: options.seed), in: transaction)
        }
        try await step(.fillingHours) { try await fillHours(sites) }
        let goods = try await fillGoods(sites)
        let earlier = try await run(.withdrawals)
        let losing = try await transaction { transaction in
            try goods.giveBack(6, in: transaction)
            try goods.fillHalf(seed: options.seed &+ 2, in: transaction)
            try goods.fillAwkward(in: transaction)
            return try DemoGoods.items(in: transaction).first
        }
        DemoVismaDay(sandbox: sandbox, tenant: tenant).happen(at: sites, losing: losing)
        for index in imports.indices.dropFirst() {
            imports[index] = imports[index].followed(by: try await run(imports[index].job))
        }
        let hours = try await run(.hours)
        return imports + [hours, earlier.followed(by: try await run(.withdrawals))]
    }

    /// Workers come before the imports, so that projects find their managers.
    private func prepare() async throws {
        let company = DemoCompany(calendar: calendar, randomness: installation.surroundings.randomness)
        try await company.create(in: installation.database)
        let connections = driver.connections
        _ = try await connections.activateService(company: DemoCompany.id, tenantID: tenant, by: Self.person)
        let employees = try await connections.connect(DemoCompany.id, .projects).employees()
        try await transaction { transaction in
            try company.hire(employees, numbers: SeededNumbers(seed: options.seed), in: transaction)
        }
    }

    private var restrictions: [String: [String]] {
        let restricted = sandbox.records(tenant)?.projects.filter(\.restrictEmployees) ?? []
        return Dictionary(restricted.map { ($0.projectID, $0.employeeNumbers) }) { first, _ in first }
    }

    private func fillHours(_ sites: DemoSites) async throws {
        let hours = DemoHours(
            sites: sites, calendar: calendar, randomness: installation.surroundings.randomness)
        let workers = try await transaction { try Self.workers(in: $0) }
        for (index, worker) in workers.enumerated() {
            try await transaction { transaction in
                try hours.fill(worker, index: index, seed: options.seed, in: transaction)
            }
        }
        try await transaction { try hours.fillAwkward(workers, in: $0) }
    }

    private func fillGoods(_ sites: DemoSites) async throws -> DemoGoods {
        try await step(.fillingGoods) {
            try await transaction { transaction in
                let goods = DemoGoods(
                    sites: sites, workers: try Self.workers(in: transaction), calendar: calendar,
                    randomness: installation.surroundings.randomness)
                try goods.fillHalf(seed: options.seed &+ 1, in: transaction)
                return goods
            }
        }
    }

    private static func workers(in transaction: CompanyTransaction) throws -> [Worker] {
        try Worker.all(in: transaction).sorted { $0.employeeNumber < $1.employeeNumber }
    }

    private func run(_ job: JobName) async throws -> JobResult {
        try await progress.step(.name(of: job), requests: driver.requestsSoFar) {
            try await driver.run(job, of: DemoCompany.id, by: Self.person)
        }
    }

    private func report(_ results: [JobResult], run: Int) async throws -> DemoReport {
        let (sent, tables) = try await transaction { transaction in
            (
                try transaction.documents(.hours, in: [.confirmed])
                    + transaction.documents(.withdrawals, in: [.confirmed]),
                try TableDigest.all(in: transaction)
            )
        }
        let held = sandbox.snapshot().companies.filter { $0.records.tenantID == tenant }.flatMap(\.documents)
        return DemoReport(
            run: run, results: results,
            comparison: LedgerComparison(ours: try BookedSums(sent: sent), theirs: BookedSums(held: held)),
            tables: tables)
    }

    private func step<Answer: Sendable>(
        _ label: Text, _ work: @Sendable () async throws -> Answer
    ) async throws -> Answer {
        try await progress.step(label, work)
    }

    private func transaction<Answer: Sendable>(
        _ body: @Sendable (CompanyTransaction) throws -> Answer
    ) async throws -> Answer {
        try await installation.database.transaction(company: DemoCompany.id, body)
    }
}
