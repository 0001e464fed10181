import AsyncHTTPClient
import BuiltPrograms
import Foundation
import NIOCore
import NIOHTTP1
import Persistence
import Proresult
import Testing
import TestSupport
import VismaNetSandbox

/// Two `ferje serve` on one PostgreSQL: one is killed, stopped or cut off in the middle of an export, or the database falls
/// over; the other one takes over, and Visma has every line once.
@Suite struct ManyProcessesTests {
    enum Accident: CaseIterable { case killed, stoppedPastItsLease, cutOff, databaseRestarts }

    @Test(arguments: Accident.allCases)
    func theOtherProcessTakesOver(accident: Accident) async throws {
        try await CrashWorld.with(.postgres, ownServer: accident == .databaseRestarts) { world in
            // The first document reaches Visma, and its answer does not come while the accident happens.
            try await world.sandbox.setFaults([
                FaultRule(.timeoutAfterCommit, method: "POST", path: "projecttransaction", nth: 1, seconds: 20)
            ])
            let servers = try (1...2).map { _ in try Server(world) }
            for server in servers { try await eventually("it serves") { await server.answers() } }
            let database = try world.address.open()
            try await Self.askForHours(database)
            var seen: Lease?
            try await eventually("a document is under way") {
                seen = try await Self.lease(database) ?? seen
                return try await world.sandbox.documents().count == 1
            }
            let lease = try #require(seen)
            let victim = try #require(servers.first { lease.owner.contains(":\($0.processID):") })
            switch accident {
            case .killed: victim.running.signal(SIGKILL)
            case .stoppedPastItsLease: victim.running.signal(SIGSTOP)
            case .cutOff: try await Self.cutOff(database)
            case .databaseRestarts: try await Self.crash(database)
            }
            try? await database.close()
            let after = try world.address.open()
            try await eventually("the database answers again") { (try? await Self.claims(after)) != nil }
            if accident == .killed || accident == .stoppedPastItsLease {
                // By the count of claims: the other one may be done again between two looks.
                try await eventually("the other one has had it", within: .seconds(75)) {
                    try await Self.claims(after) > lease.claims
                }
            }
            if accident == .stoppedPastItsLease { victim.running.signal(SIGCONT) }
            try await eventually("every document is settled", within: .seconds(300)) {
                try await Self.askForHours(after)
                // Asked anew each second: what waits for the settle time is looked for when a run is asked for.
                try await Task.sleep(for: .seconds(1))
                return try await Self.open(after) == 0
            }
            try await after.close()
            for server in servers where server.running.isRunning { server.running.signal(SIGTERM) }
            for server in servers {
                let outcome = try await server.running.outcome()
                let isVictim = accident == .killed && server.processID == victim.processID
                #expect(outcome.status == (isVictim ? SIGKILL : 0), "\(outcome.output)\(outcome.errors)")
            }
            try await world.expectEveryLineOnce()
            try await world.expectNoPostWithoutRecord()
        }
    }

    /// Killed in the middle of a document and started again on its file, it answers and goes on.
    @Test func onOneFileTheNextStartGoesOn() async throws {
        try await CrashWorld.with(.sqlite) { world in
            try await world.sandbox.setFaults([
                FaultRule(.timeoutAfterCommit, method: "POST", path: "projecttransaction", nth: 1, seconds: 20)
            ])
            let victim = try world.program.start(["run", "hours"])
            try await eventually("a document is under way") { try await world.sandbox.documents().count == 1 }
            victim.signal(SIGKILL)
            _ = try await victim.outcome()
            try await world.sandbox.clearFaults()
            let server = try Server(world)
            try await eventually("it answers", ) { await server.answers() }
            server.running.signal(SIGTERM)
            #expect(try await server.running.outcome().status == 0)
            try await world.settle()
            try await world.expectEveryLineOnce()
        }
    }

    /// What a button does.
    private static func askForHours(_ database: any SQLDatabase) async throws {
        _ = try await database.transaction(company: CompanyID("fjordbygg")) { transaction in
            try transaction.execute(
                """
                UPDATE job SET next_run_at = 1, requested_by = 'test', attempts = 0
                WHERE company_id = \(transaction.company) AND name = 'hours' AND lease_owner IS NULL
                """)
        }
    }

    private struct Lease {
        let owner: String
        /// How often the job had been taken, this time too.
        let claims: Int
    }

    /// Nil while nobody is at the job.
    private static func lease(_ database: any SQLDatabase) async throws -> Lease? {
        try await database.read(company: CompanyID("fjordbygg")) { transaction in
            let row = try transaction.first(
                """
                SELECT lease_owner, epoch FROM job
                WHERE company_id = \(transaction.company) AND name = 'hours' AND lease_owner IS NOT NULL
                """)
            return try row.map { Lease(owner: try $0.get("lease_owner"), claims: try $0.get("epoch")) }
        }
    }

    private static func claims(_ database: any SQLDatabase) async throws -> Int {
        try await database.read(company: CompanyID("fjordbygg")) { transaction in
            try #require(
                try transaction.first(
                    "SELECT epoch FROM job WHERE company_id = \(transaction.company) AND name = 'hours'")?.get("epoch"))
        }
    }

    /// Approved entries that are not transferred yet.
    private static func open(_ database: any SQLDatabase) async throws -> Int {
        try await database.read(company: CompanyID("fjordbygg")) { transaction in
            try transaction.first(
                "SELECT count(*) AS n FROM hour_entry WHERE company_id = \(transaction.company) AND state = 'approved'")?
                .get("n") ?? 0
        }
    }

    /// Ends every connection of the programs.
    private static func cutOff(_ database: any SQLDatabase) async throws {
        _ = try await database.transactionAcrossCompanies { connection in
            try connection.query(
                """
                SELECT CAST(pg_terminate_backend(pid) AS TEXT) AS ended FROM pg_stat_activity
                WHERE datname = current_database() AND usename = current_user AND pid <> pg_backend_pid()
                """)
        }
    }

    /// A killed backend makes the whole server start over from its log.
    private static func crash(_ database: any SQLDatabase) async throws {
        let backend = try await database.transactionAcrossCompanies { connection in
            try connection.first("SELECT CAST(pg_backend_pid() AS BIGINT) AS pid")?.get("pid", as: Int.self)
        }
        kill(pid_t(try #require(backend)), SIGKILL)
    }
}

/// `ferje serve` on a port that was free.
struct Server {
    let running: Running
    let port: Int

    var processID: Int32 { running.processID }

    init(_ world: CrashWorld) throws {
        port = try freePort()
        // It waits so long for the answer that the accident comes first, on a slow machine too.
        running = try world.program.with(["FERJE_REQUEST_LIMIT_SECONDS": "10"])
            .start(["serve", "--web-port", "\(port)"])
    }

    func answers() async -> Bool {
        let request = HTTPClientRequest(url: "http://127.0.0.1:\(port)/inn")
        return (try? await HTTPClient.shared.execute(request, timeout: .seconds(5)))?.status == .ok
    }
}
