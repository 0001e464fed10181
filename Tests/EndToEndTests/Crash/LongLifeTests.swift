import AsyncHTTPClient
import BuiltPrograms
import Foundation
import NIOCore
import NIOHTTP1
import Persistence
import Proresult
import Synchronization
import Testing
import TestSupport
import VismaNetSandbox

/// I18: a server that has made many runs holds no more than one that has made few. `make test` makes a small number of
/// runs, `make test-life LIFE=N` as many as wanted.
@Suite struct LongLifeTests {
    private static let runs = ProcessInfo.processInfo.environment["FERJE_LIFE_RUNS"].flatMap { Int($0) } ?? 120

    @Test(arguments: TestDatabaseKind.allCases)
    func whatARunTakesItGivesBack(kind: TestDatabaseKind) async throws {
        try await CrashWorld.with(kind) { world in
            let keys = try await Self.keys(world.program)
            let server = try Server(world)
            try await eventually("it serves") { await server.answers() }
            let asker = RunAsker(server: server, keys: keys)
            // Everything that is made once and kept (connections, threads, caches) is made now.
            let warm = max(30, Self.runs / 10)
            try await asker.make(runs: warm)
            let before = try await Holding(of: server.processID, world)
            try await asker.make(runs: Self.runs - warm)
            let after = try await Holding(of: server.processID, world)
            server.running.signal(SIGTERM)
            #expect(try await server.running.outcome().status == 0)

            // A busy machine wakes a thread or two more of the pools; what leaks leaks with every run.
            let slack = min(15, Self.runs / 8)
            #expect(after.files <= before.files + slack, "open files")
            #expect(after.threads <= before.threads + slack, "threads")
            #expect(after.connections <= before.connections + 2, "connections to the database")
            let growth = after.kibibytes - before.kibibytes
            #expect(growth < 16 * 1024 + before.kibibytes / 10, "\(growth) KiB more")

            let tables = try await Self.tables(world)
            #expect(tables.growing["run", default: 0] >= Self.runs, "each run has its row")
            for (table, rows) in tables.bounded { #expect(rows <= 12, "\(table) has \(rows) rows") }
            try LifeReport(kind: kind, runs: Self.runs, warm: warm, before: before, after: after).keep()
        }
    }

    /// A key may make so many calls in a minute; the runs need more.
    private static func keys(_ program: FerjeProgram) async throws -> [String] {
        var keys: [String] = []
        for number in 0..<12 {
            let made = try await program.succeed("key", "create", "Takt \(number)", "--role", "administrator", "--json")
            keys.append(try #require(try made.object()["key"] as? String))
        }
        return keys
    }

    /// One company: what has a row for each job, list or gate has no more of them after ten thousand runs.
    private static let bounded = [
        "company", "connection", "erp_gate", "job", "import_cursor", "installation", "session", "erp_hint",
        "export_shutter",
    ]

    private static func tables(_ world: CrashWorld) async throws -> (bounded: [String: Int], growing: [String: Int]) {
        var (bounded, growing): ([String: Int], [String: Int]) = ([:], [:])
        for table in Self.bounded { bounded[table] = try await world.count("SELECT count(*) AS n FROM \(raw: table)") }
        bounded["outbox, open"] = try await world.count("SELECT count(*) AS n FROM outbox WHERE done_at IS NULL")
        bounded["run, open"] = try await world.count("SELECT count(*) AS n FROM run WHERE outcome = 'running'")
        growing["run"] = try await world.count("SELECT count(*) AS n FROM run")
        return (bounded, growing)
    }
}

/// Asks a server for one run after another, and waits for each.
private final class RunAsker {
    private let server: Server
    private let keys: [String]
    private var calls = 0

    init(server: Server, keys: [String]) { (self.server, self.keys) = (server, keys) }

    /// Mostly exports with nothing to send, which ask Visma for nothing: an hour has only so many calls.
    func make(runs: Int) async throws {
        for number in 0..<runs {
            let job = number.isMultiple(of: 8) ? "customers" : number % 8 == 4 ? "projects" : "hours"
            let asked = try await ask(.POST, "/api/v1/runs", #"{"job":"\#(job)"}"#)
            let follow = try #require(asked["follow"] as? String, "\(asked)")
            try await eventually("the run of \(job) is over") {
                let page = try await self.ask(.GET, follow)
                let rows = try #require(page["items"] as? [[String: Any]], "\(page)")
                guard let outcome = rows.first?["outcome"] as? String, outcome != "running" else { return false }
                try #require(outcome == "succeeded", "\(rows.first ?? [:])")
                return true
            }
        }
    }

    private func ask(_ method: HTTPMethod, _ path: String, _ body: String? = nil) async throws -> [String: Any] {
        calls += 1
        var request = HTTPClientRequest(url: "http://127.0.0.1:\(server.port)\(path)")
        request.method = method
        request.headers.add(name: "Authorization", value: "Bearer \(keys[calls % keys.count])")
        if let body {
            request.headers.add(name: "Content-Type", value: "application/json")
            request.body = .bytes(ByteBuffer(string: body))
        }
        let answer = try await HTTPClient.shared.execute(request, timeout: .seconds(30))
        let bytes = Data(try await answer.body.collect(upTo: 4 * 1024 * 1024).readableBytesView)
        return try #require(try JSONSerialization.jsonObject(with: bytes) as? [String: Any])
    }
}

/// What a process has in its hands, as the system sees it.
private struct Holding {
    var kibibytes: Int
    var files: Int
    var threads: Int
    /// To PostgreSQL; 0 on SQLite, whose files are among the others.
    var connections = 0

    init(of process: Int32, _ world: CrashWorld) async throws {
        let status = try String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8)
        func value(_ name: String) throws -> Int {
            let line = try #require(status.split(separator: "\n").first { $0.hasPrefix("\(name):") })
            return try #require(line.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Int($0) })
        }
        kibibytes = try value("VmRSS")
        threads = try value("Threads")
        files = try FileManager.default.contentsOfDirectory(atPath: "/proc/\(process)/fd").count
        guard world.kind == .postgres else { return }
        // Our own look is one of them.
        connections =
            try await world.count("SELECT count(*) AS n FROM pg_stat_activity WHERE datname = current_database()") - 1
    }
}

/// Written into the document that `FERJE_LIFE_REPORT` names, between its two marks.
private struct LifeReport {
    let kind: TestDatabaseKind
    let runs: Int
    let warm: Int
    let before: Holding
    let after: Holding

    private static let rows = Mutex<[String: String]>([:])

    func keep() throws {
        guard let path = ProcessInfo.processInfo.environment["FERJE_LIFE_REPORT"] else { return }
        let row = """
            | \(kind.rawValue) | \(warm) → \(runs) | \(before.kibibytes / 1024) → \(after.kibibytes / 1024) MiB \
            | \(before.files) → \(after.files) | \(before.threads) → \(after.threads) \
            | \(before.connections) → \(after.connections) |
            """
        let rows = Self.rows.withLock { rows in
            rows[kind.rawValue] = row
            return rows.sorted { $0.key < $1.key }.map(\.value).joined(separator: "\n")
        }
        let day = Date.now.formatted(.iso8601.year().month().day())
        let table = """
            `make test-life LIFE=\(runs)`, \(day):

            | database | runs | memory | open files | threads | connections |
            |---|---|---|---|---|---|
            \(rows)

            """
        let file = URL(fileURLWithPath: path)
        let text = try String(contentsOf: file, encoding: .utf8)
        let begin = try #require(text.range(of: "<!-- make test-life writes from here -->\n"))
        let end = try #require(text.range(of: "<!-- make test-life writes to here -->"))
        try (text[..<begin.upperBound] + table + text[end.lowerBound...]).write(
            to: file, atomically: true, encoding: .utf8)
    }
}
