import BuiltPrograms
import Foundation
import Testing
import TestSupport

@Suite struct DemoTests {
    /// The whole job on both databases: the ledger agrees, the second run does nothing, and both hold the same rows.
    @Test func bothDatabasesComeToTheSameEnd() async throws {
        let sqlite = try await demo("--database", "sqlite")
        let postgres = try await demo("--database", "postgres")
        #expect(sqlite == postgres)
    }

    private func demo(_ arguments: String...) async throws -> [NSDictionary] {
        try await withTemporaryFolder { folder in
            let scenario = folder.appending(path: "scenario.json")
            try Data(Self.scenario.utf8).write(to: scenario)
            let running = try FerjeProgram(folder: folder).start(
                ["demo", "--once", "--json", "--repeat", "2", "--scenario", scenario.path] + arguments)
            let outcome = try await running.outcome()
            #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
            let runs = try outcome.objects()
            try #require(runs.count == 2)
            try checkFirst(runs[0])
            try checkSecond(runs[1])
            return runs.map { NSDictionary(dictionary: $0) }
        }
    }

    private static let scenario = """
        {"seed": 7, "today": "2026-11-18",
         "size": {"customers": 25, "projects": 24, "tasks": 70, "items": 60, "employees": 8},
         "faults": [{"kind": "F06", "method": "GET", "path": "/v1/customer", "nth": 1, "seconds": 1},
                    {"kind": "F10", "method": "GET", "path": "/v1/inventory", "nth": 1, "status": 503}]}
        """

    private func checkFirst(_ run: [String: Any]) throws {
        #expect((run["ledger"] as? [String: Any])?["agrees"] as? Bool == true)
        #expect(try number(run, "jobs", "customers", "created") == 25)
        #expect(try number(run, "jobs", "hours", "sentLines") > 0)
        #expect(try number(run, "jobs", "withdrawals", "sentLines") > 0)
        let jobs = try #require(run["jobs"] as? [String: [String: Any]])
        for (job, reasons) in Self.reasons {
            let held = try #require(jobs[job]?["held"] as? [String: Any])
            #expect(Set(held.keys).isSuperset(of: reasons), "\(job)")
        }
    }

    /// The demonstration shows every reason that a bookkeeper meets.
    private static let reasons: [String: Set<String>] = [
        "hours": [
            "absenceProject", "beforeStartDate", "noWage", "notApproved", "periodClosed", "projectClosed",
            "projectNotLinked", "projectSuspended", "refusedByERP", "rejectedByLeader", "taskClosed",
            "workTypeNotFromVisma", "workerNotLinked",
        ],
        "withdrawals": [
            "itemInactive", "noPrice", "originalNotTransferred", "periodClosed", "projectClosed", "projectSuspended",
            "taskNotOnProject", "workerNotLinked",
        ],
    ]

    private func checkSecond(_ run: [String: Any]) throws {
        #expect((run["ledger"] as? [String: Any])?["agrees"] as? Bool == true)
        // Projects are two lists: projects and their tasks.
        for (job, lists) in [("customers", 1), ("projects", 2), ("items", 1)] {
            #expect(try number(run, "jobs", job, "created") == 0, "\(job)")
            #expect(try number(run, "jobs", job, "changed") == 0, "\(job)")
            #expect(try number(run, "jobs", job, "requests") <= lists, "\(job)")
        }
        for job in ["hours", "withdrawals"] {
            #expect(try number(run, "jobs", job, "sentLines") == 0, "\(job)")
            #expect(try number(run, "jobs", job, "documents") == 0, "\(job)")
        }
    }
}
