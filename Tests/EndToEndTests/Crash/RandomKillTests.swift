import BuiltPrograms
import Foundation
import Persistence
import Testing
import TestSupport
import VismaNetSandbox

/// The real program is killed or stopped at moments that nobody chose, while lists come in, files are read, hours go out
/// and tokens are renewed, and the network loses answers. At the end the ledger has every line once.
@Suite struct RandomKillTests {
    @Test(arguments: TestDatabaseKind.allCases)
    func whateverIsKilledWheneverEveryLineArrivesOnce(kind: TestDatabaseKind) async throws {
        try await CrashWorld.with(kind) { world in
            let faults = [
                FaultRule(.resetBeforeCommit, method: "POST", path: "projecttransaction", percent: 8),
                FaultRule(.resetAfterCommit, method: "POST", path: "projecttransaction", percent: 8),
                FaultRule(.serverErrorAfterCommit, method: "POST", path: "projecttransaction", percent: 4),
                FaultRule(.timeoutAfterCommit, method: "POST", path: "projecttransaction", percent: 4, seconds: 3),
                FaultRule(.tokenExpires, method: "GET", percent: 5),
            ]
            try await world.sandbox.setFaults(faults)
            var random = SystemRandomNumberGenerator()
            var report = CrashReport(kind)
            for _ in 0..<CrashWorld.cycles {
                let file = try world.nextFile()
                try await cycle(["company", "import", file], world, &random, &report)
                try await world.program.succeed("company", "import", file)
                try await cycle(
                    ["run", ["customers", "projects"].randomElement(using: &random) ?? ""], world, &random, &report)
                try await cycle(["run", "hours"], world, &random, &report)
            }
            try await world.settle()
            try await world.expectEveryLineOnce()
            try await world.expectNoPostWithoutRecord()
            report.unanswered = try await world.count(
                """
                SELECT count(*) AS n FROM export_attempt sent WHERE sent.event = 'sent' AND NOT EXISTS (
                    SELECT 1 FROM export_attempt answer WHERE answer.company_id = sent.company_id
                        AND answer.document_id = sent.document_id AND answer.number = sent.number
                        AND answer.event = 'answered')
                """)
            report.lines = world.lines
            try report.keep()
        }
    }

    /// Starts a command and, at a random moment of about its length, kills it or stops it for a while.
    private func cycle(
        _ command: [String], _ world: CrashWorld, _ random: inout SystemRandomNumberGenerator,
        _ report: inout CrashReport
    ) async throws {
        let running = try world.program.start(command + ["--json"])
        // The moment is the test: somewhere in the life of another process, which has no clock of ours.
        try await Task.sleep(for: .milliseconds(Int.random(in: 20...1500, using: &random)))
        if Int.random(in: 0..<5, using: &random) == 0 {
            running.signal(SIGSTOP)
            // On one file nobody else can work meanwhile; on a server another process takes over after the lease.
            if world.kind == .postgres {
                try await Task.sleep(for: .seconds(6))
                _ = try await world.program.run("run", "hours", "--json")
            }
            running.signal(SIGCONT)
            let outcome = try await running.outcome()
            report.stopped += 1
            #expect([0, 3, 4].contains(outcome.status), "\(command): \(outcome.output)\(outcome.errors)")
            return
        }
        let wasRunning = running.isRunning
        running.signal(SIGKILL)
        let outcome = try await running.outcome()
        if wasRunning, outcome.status == SIGKILL {
            report.kills[command[0] == "run" ? command[1] : "import", default: 0] += 1
        }
    }

    /// A database that is being made is either as it was or as it should be.
    @Test(arguments: TestDatabaseKind.allCases)
    func aMigrationThatIsKilledIsDoneByTheNext(kind: TestDatabaseKind) async throws {
        var random = SystemRandomNumberGenerator()
        for _ in 0..<max(2, CrashWorld.cycles / 5) {
            let delay = Int.random(in: 10...600, using: &random)
            try await withTemporaryFolder { folder in
                try await withDatabaseAddress(kind) { address in
                    var environment = ["FERJE_DATA": folder.appending(path: "data").path]
                    if case .postgres(let url) = address {
                        environment["FERJE_DATABASE_URL"] = url
                        environment["FERJE_MASTER_KEY_FILE"] = folder.appending(path: "master.key").path
                    }
                    let program = FerjeProgram(environment: environment, folder: folder)
                    let running = try program.start(["migrate"])
                    try await Task.sleep(for: .milliseconds(delay))
                    running.signal(SIGKILL)
                    _ = try await running.outcome()
                    try await program.succeed("migrate")
                    try await program.succeed("company", "create", "Fjordbygg", "--id", "fjordbygg")
                    try await program.succeed("status", "--json")
                }
            }
        }
    }
}
