import ArgumentParser
import BenchFirm
import Foundation
import Persistence
import Sync
import VismaNet

extension Occasion: ExpressibleByArgument {}

/// The three imports of a large company, as the product runs them. `compare.py` calls this program, its floor and its
/// peers in turn and makes the tables; see docs/performance.md.
@main
struct ImportBench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import-bench", abstract: "Runs the imports of one occasion from a server, once.")

    @Option(help: "Path of a SQLite file, or the address of a PostgreSQL database.")
    var database: String
    @Option(help: "Address of the server with the pages.")
    var shore: String
    @Option(help: "How many pages of a list may be on their way at once.")
    var pagesAtOnce = 4
    @Argument var occasion: Occasion

    func run() async throws {
        let clock = WallClock.shifted(byHours: occasion.hours)
        let database: any SQLDatabase =
            if self.database.hasPrefix("postgres:") {
                try PostgresDatabase(url: self.database, clock: clock)
            } else {
                try SQLiteDatabase(path: self.database, clock: clock)
            }
        let transport = AsyncHTTPClientTransport()
        let firm = try Firm(
            database, transport, api: "\(shore)/\(occasion.rawValue)", clock: clock, pagesAtOnce: pagesAtOnce)
        if occasion == .first { try await firm.setUp(tenant: Firm.anyTenant) }
        let before = Spent.now
        let runs = try await firm.importAll()
        let spent = Spent.now - before
        let counts = runs.map(\.outcome.counts)
        print(
            """
            {"seconds": \(spent.wall), "cpu": \(spent.cpu), "peak_mb": \(Spent.peakMegabytes), \
            "requests": \(runs.map(\.outcome.requests).reduce(0, +)), "read": \(counts.map(\.read).reduce(0, +)), \
            "created": \(counts.map(\.created).reduce(0, +)), "changed": \(counts.map(\.changed).reduce(0, +))}
            """)
        try await database.close()
        try await transport.shutdown()
    }
}
