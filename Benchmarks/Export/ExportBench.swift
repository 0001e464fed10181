import ArgumentParser
import BenchFirm
import Foundation
import Hummingbird
import NIOCore
import Persistence
import Sync
import VismaNet
import VismaNetSandbox

/// A year's approved lines on their way to Visma.net. `export.py` calls these commands in turn, each as a process of its
/// own, and makes the tables; see docs/performance.md.
@main
struct ExportBench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export-bench", abstract: "Exports a year's lines to a far shore that answers as slowly as told.",
        subcommands: [Shore.self, Fill.self, Run.self, Simple.self])
}

struct YearOptions: ParsableArguments {
    @Option(help: "How many lines the year becomes.")
    var lines = 100_000

    var year: ExportYear { ExportYear(lines: lines) }
}

struct Place: ParsableArguments {
    @Option(help: "Path of a SQLite file, or the address of a PostgreSQL database.")
    var database: String
    @Option(help: "Address of the far shore.")
    var shore: String
}

/// The sandbox in a process of its own, until its input ends.
struct Shore: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Is the far shore.")
    @OptionGroup var options: YearOptions
    @Option(help: "Milliseconds before each answer.")
    var delay: Int64 = 0

    func run() async throws {
        var configuration = SandboxConfiguration(clients: [.init(id: Firm.clientID, secret: Firm.clientSecret)])
        configuration.latency = delay
        configuration.hourlyQuota = 10_000_000
        let sandbox = try Sandbox(
            configuration, companies: [options.year.records], clock: { WallClock.real.now.milliseconds })
        let application = sandbox.application { channel in
            tell("http://127.0.0.1:\(channel.localAddress?.port ?? 0)")
        }
        Thread.detachNewThread {
            while readLine() != nil {}
            Foundation.exit(0)
        }
        try await application.runService(gracefulShutdownSignals: [])
    }
}

struct Fill: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Makes the firm and its year in an empty database.")
    @OptionGroup var options: YearOptions
    @OptionGroup var place: Place

    func run() async throws {
        let database = try BenchDatabase.open(place.database)
        let transport = AsyncHTTPClientTransport()
        try await Firm(database, transport, api: place.shore, clock: .real).setUp(tenant: ExportYear.tenant)
        try await options.year.fill(database)
        // PostgreSQL does this by itself after a while; before that its planner takes a filled table for an empty one.
        if place.database.hasPrefix("postgres:") {
            try await database.transactionAcrossCompanies { _ = try $0.execute("ANALYZE") }
        }
        try await database.close()
        try await transport.shutdown()
    }
}

/// Both exports, once, as the button starts them.
struct Run: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Runs the exports until all is confirmed.")
    @OptionGroup var place: Place
    @Option(help: "A folder for the mark beside the database.")
    var beside: String

    struct Unfinished: Error { var left: String }

    func run() async throws {
        let database = try BenchDatabase.open(place.database)
        let transport = AsyncHTTPClientTransport()
        let underWay = UnderWay(transport)
        let mark = try await BootMark.check(
            database: database, file: URL(filePath: beside).appending(path: "ferje.mark"), randomness: .system)
        let firm = try Firm(database, underWay, api: place.shore, clock: .real, mark: mark)
        let before = Spent.now
        let runs = try await firm.run([.hours, .withdrawals])
        let spent = Spent.now - before
        let left = try await Self.left(database)
        guard left.isEmpty else { throw Unfinished(left: left) }
        let counts = runs.map(\.outcome.counts)
        let figures = Figures(
            seconds: spent.wall, cpu: spent.cpu, peakMegabytes: Spent.peakMegabytes, underWay: underWay.seconds,
            lines: counts.map(\.sentLines).reduce(0, +), documents: counts.map(\.documents).reduce(0, +),
            calls: underWay.calls)
        tell(String(decoding: try JSONEncoder().encode(figures), as: UTF8.self))
        try await database.close()
        try await transport.shutdown()
    }

    /// Empty when every record is locked and every document confirmed.
    private static func left(_ database: any SQLDatabase) async throws -> String {
        try await database.read(company: Firm.company) { transaction in
            try transaction.query(
                """
                SELECT 'documents ' || state AS what, count(*) AS n FROM export_document
                WHERE company_id = \(transaction.company) AND state <> 'confirmed' GROUP BY state
                UNION ALL SELECT 'hours', count(*) FROM hour_entry
                WHERE company_id = \(transaction.company) AND state <> 'transferred' HAVING count(*) > 0
                UNION ALL SELECT 'withdrawals', count(*) FROM withdrawal
                WHERE company_id = \(transaction.company) AND state <> 'invoiced' HAVING count(*) > 0
                """
            ).map { "\(try $0.get("n", as: Int.self)) \(try $0.get("what", as: String.self))" }.joined(separator: ", ")
        }
    }
}

/// The simple integration, on some of the lines.
struct Simple: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Sends one line a POST.")
    @OptionGroup var place: Place
    @Option(help: "How many.")
    var most: Int

    func run() async throws {
        let database = try BenchDatabase.open(place.database)
        let transport = AsyncHTTPClientTransport()
        let underWay = UnderWay(transport)
        let before = Spent.now
        let lines = try await OneByOne(database, underWay, api: place.shore).send(most)
        let spent = Spent.now - before
        let figures = Figures(
            seconds: spent.wall, cpu: spent.cpu, peakMegabytes: Spent.peakMegabytes, underWay: underWay.seconds,
            lines: lines, documents: lines, calls: underWay.calls)
        tell(String(decoding: try JSONEncoder().encode(figures), as: UTF8.self))
        try await database.close()
        try await transport.shutdown()
    }
}

struct Figures: Encodable {
    var seconds: Double
    var cpu: Double
    var peakMegabytes: Int
    /// Seconds in which at least one request was under way.
    var underWay: Double
    var lines: Int
    var documents: Int
    var calls: [String: Int]
}
