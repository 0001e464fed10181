import Foundation
import Persistence
import TestSupport
import Testing
import VismaNetSandbox

/// One company whose hours are transferred by programs that are killed again and again; the sandbox lives on and judges.
final class CrashWorld {
    /// How many times each test does its evil: few in `make test`, as many as wanted in `make test-crash`.
    static let cycles = ProcessInfo.processInfo.environment["FERJE_CRASH_CYCLES"].flatMap { Int($0) } ?? 5

    let kind: TestDatabaseKind
    let folder: URL
    let program: FerjeProgram
    let sandbox: SandboxProgram
    /// Where the database is, for looking into it when no program has it open.
    let address: TestDatabaseAddress
    private let sites: [ContractorFiles.Site]
    private(set) var lines: Int
    private var waves = 0

    /// On PostgreSQL in a database of the tests' server, or of one of its own that may fall over.
    static func with(
        _ kind: TestDatabaseKind, ownServer: Bool = false, _ body: (CrashWorld) async throws -> Void
    ) async throws {
        try await withTemporaryFolder { folder in
            switch kind {
            case .sqlite:
                let data = folder.appending(path: "data")
                let file = TestDatabaseAddress.sqlite(path: data.appending(path: "ferje.sqlite").path)
                try await body(CrashWorld(kind, ["FERJE_DATA": data.path], file, folder))
            case .postgres where ownServer:
                let server = try await ThrowAwayPostgres.start()
                defer { server.stop() }
                try await body(onPostgres(server.url, folder))
            case .postgres:
                try await withDatabaseAddress(.postgres) { address in
                    guard case .postgres(let url) = address else { return }
                    try await body(onPostgres(url, folder))
                }
            }
        }
    }

    private static func onPostgres(_ url: String, _ folder: URL) async throws -> CrashWorld {
        try await CrashWorld(
            .postgres,
            [
                "FERJE_DATABASE_URL": url, "FERJE_MASTER_KEY_FILE": folder.appending(path: "master.key").path,
                "FERJE_DATA": folder.appending(path: "data").path,
            ], .postgres(url: url), folder)
    }

    private init(
        _ kind: TestDatabaseKind, _ database: [String: String], _ address: TestDatabaseAddress, _ folder: URL
    ) async throws {
        let plain = FerjeProgram(
            environment: database.merging(
                ["FERJE_SETTLE_SECONDS": "1", "FERJE_REQUEST_LIMIT_SECONDS": "2", "FERJE_LEASE_SECONDS": "5"]
            ) { $1 }, folder: folder)
        sandbox = try await SandboxProgram.start(plain, ["--size", "small"])
        program = plain.with(sandbox.environment)
        let files = ContractorFiles(folder: folder)
        lines = try await files.fill(program, tenant: sandbox.tenant)
        sites = try files.sites()
        (self.kind, self.address, self.folder) = (kind, address, folder)
    }

    /// Writes the next file of approved hours, a few for each project, and tells its path. It may be imported as often as
    /// wanted.
    func nextFile() throws -> String {
        waves += 1
        // Nobody works more than a day has hours.
        let day = try #require(try currentDay().adding(days: -(waves / 80))).description
        var text = "reference;employeeNumber;projectNumber;task;date;total;approved\n"
        for (index, site) in sites.enumerated() {
            for line in 0..<2 {
                text += "w\(waves)-\(index)-\(line);1;\"\(site.project)\";\(site.task);\(day);0,01;ja\n"
                lines += 1
            }
        }
        let file = folder.appending(path: "wave-\(waves).csv")
        try Data(text.utf8).write(to: file)
        return file.path
    }

    /// What was begun is brought to its end, with nothing in the way any more.
    func settle(_ program: FerjeProgram? = nil) async throws {
        try await sandbox.clearFaults()
        let program = program ?? self.program
        try await eventually("every document is settled", within: .seconds(300)) {
            try await program.run("run", "hours", "--json").status == 0
        }
    }

    /// The judge: each line that was approved stands in Visma once, and there is nothing more to send.
    func expectEveryLineOnce() async throws {
        let held = try await sandbox.documents().flatMap { $0["lines"] as? [[String: Any]] ?? [] }
        let tags = held.compactMap { ($0["description"] as? String)?.split(separator: " ").last }
        #expect(held.count == lines, "lines in Visma")
        #expect(Set(tags).count == lines, "different lines in Visma")
        let again = try await program.succeed("run", "hours", "--json")
        #expect(try number(again.object(), "jobs", "hours", "sentLines") == 0)
    }

    /// Every request for a document has its record: `sending` was on stable storage before the first byte.
    func expectNoPostWithoutRecord() async throws {
        let posts = try await sandbox.requests().filter {
            $0["method"] as? String == "POST" && ($0["path"] as? String)?.contains("projecttransaction") == true
        }
        #expect(try await count("SELECT count(*) AS n FROM export_attempt WHERE event = 'sent'") >= posts.count)
    }

    func count(_ query: SQL) async throws -> Int {
        let database = try address.open()
        let count = try await database.transactionAcrossCompanies { try $0.first(query)?.get("n", as: Int.self) ?? 0 }
        try await database.close()
        return count
    }
}
