import Persistence
import Proresult
import TestSupport
import Testing

@testable import Sync

@Suite struct TombstonesTests {
    @Test(arguments: TestDatabaseKind.allCases)
    func recordMissingTwiceAndUnknownThereIsMarkedAsGone(kind: TestDatabaseKind) async throws {
        try await withImports(kind, { $0.customers = customers(1...5) }) { bench in
            try await bench.run()
            bench.erp.change { $0.customers.removeLast() }
            try await bench.run(full: true)
            #expect(try await bench.customer("5")?.erpMissingPasses == 1)
            #expect(try await bench.customer("5")?.isActive == true)
            #expect(!bench.calls().contains("exists customers 5"))
            try await bench.run(full: true)
            let gone = try #require(try await bench.customer("5"))
            #expect(gone.erpDeletedAt == bench.clock.now)
            #expect(gone.inactiveAt == bench.clock.now)
            #expect(try await bench.customer("4")?.erpDeletedAt == nil)
            #expect(try await bench.told().last == "customer 5: tombstoned")
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func recordThatTheERPStillKnowsIsKept(kind: TestDatabaseKind) async throws {
        try await withImports(kind, { $0.customers = customers(1...5) }) { bench in
            try await bench.run()
            bench.erp.change { $0.hidden = ["id5"] }
            for _ in 1...3 { try await bench.run(full: true) }
            #expect(bench.calls().contains("exists customers 5"))
            #expect(try await bench.customer("5")?.erpDeletedAt == nil)
            #expect(try await bench.customer("5")?.isActive == true)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func registersOfAnyLengthAreComparedToTheirLastRecord(kind: TestDatabaseKind) async throws {
        try await withImports(kind, { $0.customers = customers(1...2100) }) { bench in
            try await bench.run()
            bench.erp.change { $0.hidden = ["id1", "id1050", "id2100"] }
            try await bench.run(full: true)
            for number in ["1", "1050", "2100"] {
                #expect(try await bench.customer(number)?.erpMissingPasses == 1)
            }
            bench.erp.change { $0.hidden = [] }
            try await bench.run(full: true)
            for number in ["1", "1050", "2100"] {
                #expect(try await bench.customer(number)?.erpMissingPasses == 0)
            }
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func onlyFullPassesCountAbsences(kind: TestDatabaseKind) async throws {
        try await withImports(kind, { $0.customers = customers(1...5) }) { bench in
            try await bench.run()
            bench.erp.change { $0.customers.removeLast() }
            for _ in 1...3 { try await bench.run() }
            #expect(try await bench.customer("5")?.erpMissingPasses == 0)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func absencesAreCountedInARow(kind: TestDatabaseKind) async throws {
        try await withImports(kind, { $0.customers = customers(1...5) }) { bench in
            try await bench.run()
            bench.erp.change { $0.hidden = ["id5"] }
            try await bench.run(full: true)
            bench.erp.change { $0.hidden = [] }
            try await bench.run(full: true)
            #expect(try await bench.customer("5")?.erpMissingPasses == 0)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func recordThatComesBackIsRevived(kind: TestDatabaseKind) async throws {
        try await withImports(kind, { $0.customers = customers(1...5) }) { bench in
            try await bench.run()
            bench.erp.change { $0.customers.removeLast() }
            for _ in 1...2 { try await bench.run(full: true) }
            bench.erp.change { $0.customers.append(customer(5)) }
            try await bench.run()
            let back = try #require(try await bench.customer("5"))
            #expect(back.erpDeletedAt == nil)
            #expect(back.isActive)
            #expect(try await bench.told().suffix(2) == ["customer 5: revived", "customer 5: reactivated"])
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func manyMissingRecordsAreAnAlarmAndNoChange(kind: TestDatabaseKind) async throws {
        try await withImports(kind, { $0.customers = customers(1...30) }) { bench in
            try await bench.run()
            let before = try await bench.dump().filter { $0.hasPrefix("customer") }
            bench.erp.change { $0.customers.removeLast(21) }
            for _ in 1...3 {
                let error = await #expect(throws: ERPError.self) { try await bench.run(full: true) }
                #expect(error?.consequence == .askPerson)
            }
            #expect(try await bench.dump().filter { $0.hasPrefix("customer") } == before)
            #expect(
                try await bench.told().last
                    == "customer : warned 21 of 30 linked records are missing in the ERP's list; none was marked as gone"
            )
            #expect(try await bench.cursor(.customers).fullPassAt == bench.clock.now)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func whatAPersonSaysIsGoneIsMarkedAfterTwoReadingsAndAWitness(kind: TestDatabaseKind) async throws {
        try await withImports(kind, { $0.customers = customers(1...30) }) { bench in
            func release(_ because: String = "slettet i Visma") async throws {
                try await bench.transaction {
                    try BrakeRelease.release(.customers, by: "kari", because: because, in: $0)
                }
            }
            try await bench.run()
            await #expect(throws: BrakeRelease.Refused.notHeldBack) { try await release() }
            bench.clock.advance(by: .seconds(60))
            // 24 are gone; one of those that are not listed is known all the same.
            bench.erp.change {
                $0.customers.removeLast(24)
                $0.hidden = ["id1"]
            }
            await #expect(throws: ERPError.self) { try await bench.run(full: true) }
            await #expect(throws: BrakeRelease.Refused.reasonMissing) { try await release(" ") }
            try await release()
            #expect(try await bench.transaction { try TombstoneBrake.standing(in: $0) } == [])
            await #expect(throws: BrakeRelease.Refused.notHeldBack) { try await release() }
            bench.clock.advance(by: .seconds(60))
            // The next run reads everything though it was not asked to.
            try await bench.run()
            #expect(try await bench.customer("30")?.erpMissingPasses == 1)
            #expect(try await bench.customer("30")?.erpDeletedAt == nil)
            bench.clock.advance(by: .seconds(60))
            try await bench.run(full: true)
            #expect(try await bench.customer("30")?.erpDeletedAt == bench.clock.now)
            #expect(try await bench.customer("7")?.isActive == false)
            #expect(try await bench.customer("1")?.isActive == true)
            // When the list is whole again, the release is over.
            bench.erp.change { $0.hidden = [] }
            try await bench.run(full: true)
            #expect(
                try await bench.transaction { try $0.query("SELECT resource FROM brake_release").isEmpty })
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func twentyMissingRecordsAreStillBelieved(kind: TestDatabaseKind) async throws {
        try await withImports(kind, { $0.customers = customers(1...30) }) { bench in
            try await bench.run()
            bench.erp.change { $0.customers.removeLast(20) }
            for _ in 1...2 { try await bench.run(full: true) }
            #expect(try await bench.customer("30")?.erpDeletedAt != nil)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func emptyListIsAnAlarmAndNoChange(kind: TestDatabaseKind) async throws {
        try await withImports(kind, { $0.customers = customers(1...2) }) { bench in
            try await bench.run()
            bench.erp.change {
                $0.faults = [.init(resource: .customers, page: 1, times: 2, effect: .empty)]
            }
            for _ in 1...2 { await #expect(throws: ERPError.self) { try await bench.run(full: true) } }
            #expect(try await bench.customer("1")?.erpMissingPasses == 0)
            try await bench.run(full: true)
            #expect(try await bench.customer("1")?.isActive == true)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func unreadableRowsKeepAbsencesFromBeingCounted(kind: TestDatabaseKind) async throws {
        try await withImports(kind, { $0.customers = customers(1...5) }) { bench in
            try await bench.run()
            bench.erp.change {
                $0.customers.removeLast()
                $0.unreadable[.customers] = [
                    ERPUnreadableRow(key: nil, path: "number", reason: "missing", digest: "ab12")
                ]
            }
            for _ in 1...3 { try await bench.run(full: true) }
            #expect(try await bench.customer("5")?.erpMissingPasses == 0)
            #expect(try await bench.cursor(.customers).fullPassAt == bench.clock.now)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func projectAndTaskThatAreGoneAreClosed(kind: TestDatabaseKind) async throws {
        try await withImports(
            kind,
            {
                $0.projects = [project("P1"), project("P2")]
                $0.tasks = [task("P1", "10"), task("P2", "10")]
            }
        ) { bench in
            try await bench.run(.projects)
            bench.erp.change {
                $0.projects.removeLast()
                $0.tasks.removeLast()
            }
            for _ in 1...2 { try await bench.run(.projects, full: true) }
            let gone = try #require(try await bench.project("P2"))
            #expect(gone.state == .closed)
            #expect(gone.closedBy == .visma)
            #expect(try await bench.tasks("P2").map(\.isOpen) == [false])
            #expect(try await bench.told().suffix(2) == ["project P2: tombstoned", "task P2/10: tombstoned"])
            #expect(bench.calls().contains("exists tasks 10"))
        }
    }
}
