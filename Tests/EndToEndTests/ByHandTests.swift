import BuiltPrograms
import Foundation
import Persistence
import Testing
import TestSupport

/// What people do by hand, on the data that a demonstration leaves behind.
@Suite struct ByHandTests {
    @Test func aPeriodThatIsNotOpenIsRefusedAndNothingIsSent() async throws {
        try await withDemoCompany { program, sandbox in
            let before = try await sandbox.documents().count

            let unknown = try await program.run("run", "hours", "--period", "01-2031", "--json")
            #expect(unknown.status == 3)
            #expect(unknown.output.contains("01-2031"))

            let month = try monthAgo(3)
            let closed = try await program.run("run", "hours", "--period", month, "--json")
            #expect(closed.status == 3)
            #expect(closed.output.contains("lukket"))
            let preview = try await program.run("run", "hours", "--period", month, "--preview", "--json")
            #expect(preview.status == 3)
            #expect(try preview.message().contains("lukket"))
            #expect(try await sandbox.documents().count == before)
        }
    }

    @Test func aPreviewShowsWhatWouldGoAndSendsNothing() async throws {
        try await withDemoCompany { program, sandbox in
            let before = try await sandbox.documents().count
            let preview = try await program.succeed("run", "hours", "--preview", "--json").object()
            #expect((preview["documents"] as? [Any])?.isEmpty == true)
            let held = try #require(preview["held"] as? [[String: Any]])
            let codes = held.flatMap { ($0["reasons"] as? [[String: Any]] ?? []).compactMap { $0["code"] as? String } }
            #expect(codes.contains("refusedByERP"))
            #expect(try await sandbox.documents().count == before)

            // What the bookkeeper lets through again is shown as a document.
            try await program.succeed("export", "retry", "hours")
            let again = try await program.succeed("run", "hours", "--preview", "--json").object()
            let documents = try #require(again["documents"] as? [[String: Any]])
            #expect(documents.count == 1)
            #expect((documents.first?["lines"] as? [Any])?.count == 1)
            #expect(try await sandbox.documents().count == before)
        }
    }

    @Test func onlyAnEmployeeThatVismaHasCanBeLinked() async throws {
        try await withDemoCompany("--employees", "20") { program, _ in
            let unlinked = try await program.succeed("worker", "list", "--json").object()
            let workers = try #require(unlinked["workers"] as? [[String: Any]])
            let worker = try #require(
                workers.first { $0["vismaEmployeeNumber"] == nil }?["employeeNumber"] as? String)

            let unknown = try await program.run("worker", "link", worker, "999", "--json")
            #expect(unknown.status == 3)
            #expect(try unknown.message().contains("999"))
            let taken = try await program.run("worker", "link", worker, "1", "--json")
            #expect(taken.status == 3)
            // The eighteenth employee of the demo company has left.
            let inactive = try await program.succeed("worker", "link", worker, "18", "--json").object()
            #expect(inactive["warning"] != nil)
            #expect(inactive["vismaEmployeeNumber"] as? String == "18")
            try await program.succeed("worker", "unlink", worker)
        }
    }

    @Test func statusTellsOfConnectionsAndLastRuns() async throws {
        try await withDemoCompany { program, _ in
            let status = try await program.succeed("status", "--json").object()
            let company = try #require((status["companies"] as? [[String: Any]])?.first)
            #expect((company["connection"] as? [String: Any])?["state"] as? String == "connected")
            #expect(try number(company, "jobs", "hours", "lastRun", "held") > 0)
            try await program.succeed("company", "disconnect")
            let refused = try await program.run("run", "customers", "--json")
            #expect(refused.status == 3)
        }
    }

    @Test func aLineThatOnlyTheLedgerHasIsADisagreement() async throws {
        try await withTemporaryFolder { folder in
            let program = FerjeProgram(folder: folder)
            let data = folder.appending(path: "data")
            let arguments = ["--once", "--json", "--size", "small", "--data", data.path]
            #expect(try await program.start(["demo"] + arguments).outcome().status == 0)
            let ledger = data.appending(path: "sandbox/ledger.jsonl")
            let lines = try String(contentsOf: ledger, encoding: .utf8).split(separator: "\n")
            let twin = try #require(lines.last).replacing("PM0", with: "PX0")
            try Data((lines.joined(separator: "\n") + "\n" + twin + "\n").utf8).write(to: ledger)

            let outcome = try await program.start(["demo"] + arguments).outcome()
            #expect(outcome.status == 7)
            #expect((try outcome.object()["ledger"] as? [String: Any])?["agrees"] as? Bool == false)
        }
    }

    /// The demonstration's company in a folder, and its Visma in a process of its own.
    private func withDemoCompany(
        _ size: String..., body: (FerjeProgram, SandboxProgram) async throws -> Void
    ) async throws {
        try await withTemporaryFolder { folder in
            let data = folder.appending(path: "data").path
            let program = FerjeProgram(environment: ["FERJE_DATA": data], folder: folder)
            let made = try await program.start(
                ["demo", "--once", "--json", "--size", "small", "--data", data] + size
            ).outcome()
            try #require(made.status == 0, "\(made.output)\(made.errors)")
            let sandbox = try await SandboxProgram.start(
                program, ["--size", "small", "--data", data + "/sandbox"] + size)
            try await body(program.with(sandbox.environment), sandbox)
        }
    }

    private func monthAgo(_ count: Int) throws -> String {
        let today = try currentDay()
        let month = today.year * 12 + today.month - 1 - count
        let number = month % 12 + 1
        return "\(month / 12)-\(number < 10 ? "0" : "")\(number)"
    }
}

/// The day of the processes under test, which have the machine's clock.
func currentDay() throws -> CalendarDate {
    let now = Timestamp(milliseconds: Int64(Date().timeIntervalSince1970 * 1000))
    return try #require(CalendarDate(inNorwayAt: now))
}
