import Foundation
import Persistence
import TestSupport
import Testing
import VismaNetSandbox

/// The program is killed while a document is under way, and started again: Visma has every line once.
@Suite struct KillTests {
    /// Visma stores the document, and the answer never comes.
    @Test(arguments: TestDatabaseKind.allCases)
    func killedAfterVismaStoredTheDocument(kind: TestDatabaseKind) async throws {
        try await killDuringPost(kind, fault: .timeoutAfterCommit)
    }

    /// The document never reaches Visma.
    @Test(arguments: TestDatabaseKind.allCases)
    func killedBeforeVismaStoredTheDocument(kind: TestDatabaseKind) async throws {
        try await killDuringPost(kind, fault: .timeoutBeforeCommit)
    }

    private func killDuringPost(_ kind: TestDatabaseKind, fault: FaultKind) async throws {
        try await withTemporaryFolder { folder in
            switch kind {
            case .sqlite:
                try await killDuringPost(["FERJE_DATA": folder.appending(path: "data").path], folder, fault)
            case .postgres:
                try await withDatabaseAddress(.postgres) { address in
                    guard case .postgres(let url) = address else { return }
                    try await killDuringPost(
                        [
                            "FERJE_DATABASE_URL": url,
                            "FERJE_MASTER_KEY_FILE": folder.appending(path: "master.key").path,
                        ], folder, fault)
                }
            }
        }
    }

    private func killDuringPost(_ database: [String: String], _ folder: URL, _ fault: FaultKind) async throws {
        let plain = FerjeProgram(
            environment: database.merging(
                [
                    "FERJE_SETTLE_SECONDS": "1", "FERJE_REQUEST_LIMIT_SECONDS": "2", "FERJE_LEASE_SECONDS": "5",
                ]) { $1 }, folder: folder)
        let faults = folder.appending(path: "faults.json")
        try JSONEncoder().encode([FaultRule(fault, method: "POST", path: "projecttransaction", nth: 2, seconds: 300)])
            .write(to: faults)
        let sandbox = try await SandboxProgram.start(plain, ["--size", "small", "--faults", faults.path])
        let program = plain.with(sandbox.environment)
        let lines = try await ContractorFiles(folder: folder).fill(program, tenant: sandbox.tenant)

        let victim = try program.start(["run", "hours", "--json"])
        try await eventually("the second document is under way") {
            let posts = try await sandbox.requests().filter {
                $0["method"] as? String == "POST" && ($0["path"] as? String)?.contains("projecttransaction") == true
            }
            return posts.count == 2
        }
        victim.signal(SIGKILL)
        _ = try await victim.outcome()
        try await sandbox.clearFaults()

        try await eventually("every document is settled", within: .seconds(180)) {
            try await program.run("run", "hours", "--json").status == 0
        }
        let held = try await sandbox.documents().flatMap { $0["lines"] as? [[String: Any]] ?? [] }
        let tags = held.compactMap { ($0["description"] as? String)?.split(separator: " ").last }
        #expect(held.count == lines)
        #expect(Set(tags).count == lines)
        let again = try await program.succeed("run", "hours", "--json")
        #expect(try number(again.object(), "jobs", "hours", "sentLines") == 0)
    }
}

/// A small company made by the commands and by files: three projects with approved hours.
struct ContractorFiles {
    let folder: URL
    private static let linesPerProject = 4

    /// Gives the number of lines that can go.
    func fill(_ program: FerjeProgram, tenant: String) async throws -> Int {
        try await program.succeed("company", "create", "Fjordbygg", "--id", "fjordbygg")
        try await program.succeed("company", "connect", "--tenant-id", tenant)
        for (key, value) in [
            ("hours.itemNumber", DemoContractor.hoursItemNumber), ("hours.debitAccount", "5000"),
            ("hours.creditAccount", "5990"),
        ] {
            try await program.succeed("company", "setting", "set", key, value)
        }
        try await program.succeed("run", "customers")
        try await program.succeed("run", "projects")
        let sites = try sites()
        let day = try currentDay().description
        let workers =
            "employeeNumber;name;username;hourlyWage;wageFrom;vismaEmployeeNumber\n1;Kari;kari;250,50;2020-01-01;1\n"
        var hours = "reference;employeeNumber;projectNumber;task;date;total;approved\n"
        for (index, site) in sites.enumerated() {
            for line in 0..<Self.linesPerProject {
                hours += "t\(index)-\(line);1;\"\(site.project)\";\(site.task);\(day);1,5;ja\n"
            }
        }
        let files = [("workers.csv", workers), ("hours.csv", hours)]
        for (name, text) in files { try Data(text.utf8).write(to: folder.appending(path: name)) }
        let paths = files.map { folder.appending(path: $0.0).path }
        try await program.succeed("company", "import", paths[0], paths[1])
        return sites.count * Self.linesPerProject
    }

    struct Site {
        var project: String
        var task: String
    }

    /// Three places where hours can be entered.
    func sites() throws -> [Site] {
        let records = try contractor()
        let sites = records.projects.filter { $0.status == "Active" && !$0.restrictEmployees && !$0.isTemplate }
            .compactMap { project in
                records.tasks.first { $0.projectInternalID == project.internalID && $0.status == "Active" }
                    .map { Site(project: project.projectID, task: $0.taskID) }
            }.prefix(3)
        try #require(sites.count == 3)
        return Array(sites)
    }

    /// The same records as the sandbox has: they depend on seed, size and day only.
    private func contractor() throws -> CompanyRecords {
        let today = try currentDay()
        return DemoContractor.make(
            seed: 1, today: DemoDay(year: today.year, month: today.month, day: today.day), size: .small)
    }
}
