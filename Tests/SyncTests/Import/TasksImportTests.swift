import Persistence
import Proresult
import TestSupport
import Testing

@testable import Sync

@Suite struct TasksImportTests {
    @Test(arguments: TestDatabaseKind.allCases)
    func sameTaskNumberOnTwoProjectsIsTwoWorkTypes(kind: TestDatabaseKind) async throws {
        try await withImports(
            kind,
            {
                $0.projects = [project("P1"), project("P2")]
                $0.tasks = [task("P1", "10", "Rør"), task("P2", "10", "Tak"), task("P9", "10", "Ukjent")]
            }
        ) { bench in
            let counts = try await bench.run(.projects)
            #expect(try await bench.tasks("P1").map(\.name) == ["Rør"])
            #expect(try await bench.tasks("P2").map(\.name) == ["Tak"])
            #expect(try await bench.tasks("P1").map(\.origin) == [.visma])
            #expect(counts.created == 4)
            #expect(counts.read == 4)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func closedTaskKeepsItsTimeAndMayOpenAgain(kind: TestDatabaseKind) async throws {
        try await withImports(
            kind,
            {
                $0.projects = [project("P1")]
                $0.tasks = [task("P1", "10")]
            }
        ) { bench in
            try await bench.run(.projects)
            bench.erp.change { $0.tasks = [task("P1", "10", open: false, minute: 1)] }
            try await bench.run(.projects)
            let closedAt = bench.clock.now
            #expect(try await bench.tasks("P1").map(\.closedAt) == [closedAt])
            bench.clock.advance(by: .seconds(3600))
            bench.erp.change { $0.tasks = [task("P1", "10", "Nytt navn", open: false, minute: 2)] }
            try await bench.run(.projects)
            #expect(try await bench.tasks("P1").map(\.closedAt) == [closedAt])
            #expect(try await bench.tasks("P1").map(\.name) == ["Nytt navn"])
            bench.erp.change { $0.tasks = [task("P1", "10", "Nytt navn", minute: 3)] }
            try await bench.run(.projects)
            #expect(try await bench.tasks("P1").map(\.isOpen) == [true])
            #expect(
                try await bench.told().suffix(3) == [
                    "task P1/10: closed", "task P1/10: changed name: Rørlegger → Nytt navn", "task P1/10: reopened",
                ])
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func renumberedTaskIsFollowedUnlessTheNumberIsTaken(kind: TestDatabaseKind) async throws {
        try await withImports(
            kind,
            {
                $0.projects = [project("P1")]
                $0.tasks = [task("P1", "10", "Rør"), task("P1", "20", "Tak")]
            }
        ) { bench in
            try await bench.run(.projects)
            bench.erp.change {
                $0.tasks[0].taskID = "15"
                $0.tasks[0].modifiedAt = .minute(1)
            }
            try await bench.run(.projects)
            #expect(try await bench.tasks("P1").map(\.vismaTaskID) == ["15", "20"])
            bench.erp.change {
                $0.tasks[0].taskID = "20"
                $0.tasks.removeLast()
                $0.tasks[0].modifiedAt = .minute(2)
            }
            try await bench.run(.projects)
            #expect(try await bench.tasks("P1").map(\.vismaTaskID) == ["15", "20"])
            #expect(try await bench.told().last?.hasPrefix("task P1/20: conflict") == true)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func taskThatMovesToAnotherProjectIsAConflict(kind: TestDatabaseKind) async throws {
        try await withImports(
            kind,
            {
                $0.projects = [project("P1"), project("P2")]
                $0.tasks = [task("P1", "10")]
            }
        ) { bench in
            try await bench.run(.projects)
            bench.erp.change {
                $0.tasks[0].projectID = "idP2"
                $0.tasks[0].modifiedAt = .minute(1)
            }
            try await bench.run(.projects)
            #expect(try await bench.tasks("P1").map(\.vismaTaskID) == ["10"])
            #expect(try await bench.tasks("P2").isEmpty)
            #expect(try await bench.told().last == "task P2/10: conflict the task has moved to another project")
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func longListOfTasksWithoutTotalIsReadTwice(kind: TestDatabaseKind) async throws {
        try await withImports(
            kind,
            {
                $0.projects = [project("P1")]
                $0.tasks = (10...14).map { task("P1", String($0)) }
                $0.tellsTotal = false
                $0.pageSize = 2
                // A task is removed while the list is read: the first of the next page slips to the page before.
                $0.faults = [
                    .init(resource: .tasks, page: 1, effect: .afterwards { $0.tasks.removeFirst() })
                ]
            }
        ) { bench in
            try await bench.run(.projects)
            #expect(try await bench.tasks("P1").map(\.vismaTaskID) == ["10", "11", "12", "13", "14"])
            #expect(bench.calls().count { $0.hasPrefix("tasks") } == 9)
        }
    }
}
