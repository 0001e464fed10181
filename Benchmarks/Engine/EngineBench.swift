import ArgumentParser
import BenchFirm
import Foundation
import Logging
import Persistence
import Sync

/// Jobs a second, and how long a due job waits for its claim, with an ERP that answers at once. `engine.py` calls these
/// commands; see docs/performance.md.
@main
struct EngineBench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "engine-bench", abstract: "Runs jobs that have nothing to do.",
        subcommands: [Make.self, Burst.self, Stream.self])
}

struct World: ParsableArguments {
    @Option(help: "Path of a SQLite file, or the address of a PostgreSQL database.")
    var database: String
    @Option(help: "How many companies.")
    var companies = 1000
    @Option(help: "Loops of the engine in this process, as FERJE_WORKERS.")
    var loops = 2

    var firms: Firms { Firms(count: companies) }

    /// The loops of `ferje serve`, until the body ends.
    func withEngines<Answer: Sendable>(
        _ database: any SQLDatabase, _ body: @Sendable @escaping () async throws -> Answer
    ) async throws -> Answer {
        let logger = Logger(label: "bench", factory: { StreamLogHandler.standardError(label: $0) })
        return try await withThrowingTaskGroup(of: Answer?.self) { group in
            for number in 0..<loops {
                let engine = SyncEngine(
                    database: database, owner: "bench:\(getpid()):\(number)", randomness: .system, logger: logger,
                    life: SyncEngine.Life(heartbeat: { try await Task.sleep(for: .seconds(20)) }),
                    connect: { _, _ in InstantERP() })
                group.addTask {
                    await engine.work { try await Task.sleep(for: $0) }
                    return nil
                }
            }
            group.addTask { try await body() }
            defer { group.cancelAll() }
            while let answer = try await group.next() {
                if let answer { return answer }
            }
            throw CancellationError()
        }
    }
}

struct Make: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Makes the companies in an empty database.")
    @OptionGroup var world: World

    func run() async throws {
        let database = try BenchDatabase.open(world.database)
        try await world.firms.make(in: database)
        try await database.close()
    }
}

/// Says `ready`, waits for a line, and works until nothing is due any more.
struct Burst: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Works off all jobs of all companies.")
    @OptionGroup var world: World
    @Flag(help: "Makes all jobs due first; one process does.")
    var first = false

    func run() async throws {
        let database = try BenchDatabase.open(world.database)
        if first { try await world.firms.makeAllDue(in: database) }
        tell("ready")
        _ = readLine()
        let before = Spent.now
        try await world.withEngines(database) {
            while try await Firms.isAnythingLeft(in: database) { try await Task.sleep(for: .milliseconds(20)) }
        }
        let spent = Spent.now - before
        tell(#"{"seconds": \#(spent.wall), "cpu": \#(spent.cpu), "peak_mb": \#(Spent.peakMegabytes)}"#)
        try await database.close()
    }
}

/// Jobs that become due one by one. The requests of the button, and the hours that strike.
struct Stream: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Has jobs become due at a steady pace.")
    @OptionGroup var world: World
    @Option(help: "Jobs a second.")
    var pace = 20
    @Option(help: "For how many seconds.")
    var seconds = 15
    @Flag(help: "By the clock instead of the button.")
    var clock = false

    func run() async throws {
        let database = try BenchDatabase.open(world.database)
        let (firms, count) = (world.firms, pace * seconds)
        let due = try await world.withEngines(database) {
            // The loops have looked once and wait.
            try await Task.sleep(for: .milliseconds(500))
            let due = try await clock ? schedule(count, of: firms, in: database) : press(count, of: firms, in: database)
            while try await Firms.isAnythingLeft(in: database) { try await Task.sleep(for: .milliseconds(20)) }
            return due
        }
        let waits = try await database.readAcrossCompanies { connection in
            try connection.query("SELECT company_id, started_at FROM run WHERE company_id LIKE 'b%'").map { row in
                let started: Timestamp = try row.get("started_at")
                guard let due = due[try row.get("company_id", as: CompanyID.self)] else { throw NotAsked() }
                return (started - due).milliseconds
            }
        }.sorted()
        guard waits.count == count else { throw NotAsked() }
        func at(_ share: Double) -> Int64 { waits[min(Int(Double(count) * share), count - 1)] }
        tell(#"{"jobs": \#(count), "median": \#(at(0.5)), "p95": \#(at(0.95)), "p99": \#(at(0.99))}"#)
        try await database.close()
    }

    struct NotAsked: Error {}

    /// The button of one company after another; tells when each was pressed.
    private func press(
        _ count: Int, of firms: Firms, in database: any SQLDatabase
    ) async throws -> [CompanyID: Timestamp] {
        var due: [CompanyID: Timestamp] = [:]
        let start = ContinuousClock.now
        for number in 0..<count {
            try await Task.sleep(until: start + .seconds(1) * number / pace)
            let company = firms.id(number)
            due[company] = try await database.transaction(company: company) { transaction in
                _ = try transaction.requestRun(of: .customers, by: "bench")
                return try transaction.now()
            }
        }
        return due
    }

    /// For times to come, the first after every loop has looked once more and knows of it: in use the loops themselves say
    /// when a job is due again.
    private func schedule(
        _ count: Int, of firms: Firms, in database: any SQLDatabase
    ) async throws -> [CompanyID: Timestamp] {
        try await database.transactionAcrossCompanies { connection in
            let start = try connection.now() + SyncEngine.longestPause + .seconds(1)
            let times = (0..<count).map { (firms.id($0), start + .seconds(1) * $0 / pace) }
            try connection.executeMany(
                "UPDATE job SET next_run_at = $3 WHERE company_id = $1 AND name = $2",
                times.map { [$0.sqlValue, JobName.customers.sqlValue, $1.sqlValue] })
            return Dictionary(uniqueKeysWithValues: times)
        }
    }
}
