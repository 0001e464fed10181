import Persistence
import Proresult
import TestSupport
import Testing

@testable import Sync

/// What the ERP's lists can do to an import, and how it must end: nothing lost, nothing doubled, and the cursor never
/// ahead of a row that was not applied.
@Suite struct ImportFaultsTests {
    private static let anotherTime = ERPError(.tryLater(after: nil), "down", request: "GET")

    private func fiveCustomers(_ fault: FakeERP.PageFault.Effect, page: Int, times: Int = 1) -> (inout FakeERP.World) ->
        Void
    {
        {
            $0.customers = customers(1...5)
            $0.pageSize = 2
            $0.faults = [.init(resource: .customers, page: page, times: times, effect: fault)]
        }
    }

    private func names(_ bench: ImportBench) async throws -> [String] {
        try await bench.transaction { transaction in
            try transaction.query("SELECT number FROM customer ORDER BY number").map { try $0.get("number") }
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func allPagesOfACappedSizeAreRead(kind: TestDatabaseKind) async throws {
        try await withImports(
            kind,
            {
                $0.customers = customers(1...5)
                $0.pageSize = 2
            }
        ) { bench in
            let counts = try await bench.run()
            #expect(counts.created == 5)
            #expect(bench.calls() == ["customers page 1", "customers page 2", "customers page 3"])
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func repeatedPageMakesTheListBeReadAgain(kind: TestDatabaseKind) async throws {
        try await withImports(kind, fiveCustomers(.repeatsPageBefore, page: 2)) { bench in
            let counts = try await bench.run()
            #expect(try await names(bench) == ["1", "2", "3", "4", "5"])
            #expect([counts.read, counts.created, counts.unchanged] == [5, 5, 0])
            #expect(bench.calls().count == 6)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func pageThatRepeatsForeverLeavesTheCursor(kind: TestDatabaseKind) async throws {
        try await withImports(kind, fiveCustomers(.repeatsPageBefore, page: 2, times: 3)) { bench in
            let error = await #expect(throws: ERPError.self) { try await bench.run() }
            #expect(error?.consequence == .tryLater(after: nil))
            #expect(try await bench.cursor(.customers) == ImportCursor())
            #expect(try await names(bench) == ["1", "2", "5"])
            try await bench.run()
            #expect(try await names(bench) == ["1", "2", "3", "4", "5"])
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func rowInsertedWhileReadingIsNotMissed(kind: TestDatabaseKind) async throws {
        let insert = FakeERP.PageFault.Effect.afterwards { $0.customers.insert(customer(9, minute: 5), at: 0) }
        try await withImports(kind, fiveCustomers(insert, page: 1)) { bench in
            try await bench.run()
            #expect(try await names(bench) == ["1", "2", "3", "4", "5", "9"])
            #expect(try await bench.cursor(.customers).time == .minute(5))
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func rowThatSlipsToAnEarlierPageIsNotMissed(kind: TestDatabaseKind) async throws {
        try await withImports(kind, fiveCustomers(.afterwards { $0.customers.removeFirst() }, page: 1)) { bench in
            try await bench.run()
            #expect(try await names(bench) == ["1", "2", "3", "4", "5"])
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func rowTouchedWhileReadingDoesNotHideAnother(kind: TestDatabaseKind) async throws {
        let touch = FakeERP.PageFault.Effect.afterwards { world in
            world.customers.removeFirst()
            world.customers.append(customer(1, "Endret", minute: 7))
        }
        try await withImports(kind, fiveCustomers(touch, page: 1)) { bench in
            try await bench.run()
            #expect(try await names(bench) == ["1", "2", "3", "4", "5"])
            #expect(try await bench.customer("1")?.name == "Endret")
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func totalThatLiesLeavesTheCursorUntilItIsTrue(kind: TestDatabaseKind) async throws {
        try await withImports(kind, fiveCustomers(.total(77), page: 3, times: 3)) { bench in
            await #expect(throws: ERPError.self) { try await bench.run() }
            #expect(try await names(bench).count == 5)
            #expect(try await bench.cursor(.customers) == ImportCursor())
            let counts = try await bench.run()
            #expect([counts.created, counts.unchanged] == [0, 5])
            #expect(try await bench.cursor(.customers).time == .minute(0))
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func listWithoutEndIsStopped(kind: TestDatabaseKind) async throws {
        try await withImports(
            kind,
            {
                $0.customers = customers(1...8)
                $0.pageSize = 2
            }
        ) { (bench: ImportBench) async throws in
            // With more pages in hand those that the list's total promises would be asked for too.
            var oneByOne = bench
            oneByOne.pagesAtOnce = 1
            let asked = oneByOne
            await #expect(throws: ERPError.self) { try await asked.run(limits: .init(pages: 2)) }
            #expect(bench.calls().count == 6)
            #expect(try await bench.cursor(.customers) == ImportCursor())
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func pageThatFailsLeavesTheCursorAndTheNextRunConverges(kind: TestDatabaseKind) async throws {
        try await withImports(kind, fiveCustomers(.fails(Self.anotherTime), page: 2)) { bench in
            await #expect(throws: Self.anotherTime) { try await bench.run() }
            #expect(try await names(bench) == ["1", "2"])
            #expect(try await bench.cursor(.customers) == ImportCursor())
            #expect(
                try await bench.transaction { transaction in
                    try transaction.first("SELECT created_count FROM run")?.get("created_count", as: Int.self)
                } == 2)
            let counts = try await bench.run()
            #expect([counts.created, counts.unchanged] == [3, 2])
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func cursorIsTheLargestTimeInWhateverOrderRowsCome(kind: TestDatabaseKind) async throws {
        try await withImports(
            kind, { $0.customers = [customer(1, minute: 30), customer(2, minute: 3), customer(3, minute: 12)] }
        ) { bench in
            try await bench.run()
            #expect(try await bench.cursor(.customers).time == .minute(30))
            bench.erp.change { $0.customers.removeFirst() }
            try await bench.run()
            #expect(try await bench.cursor(.customers).time == .minute(30))
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func rowThatIsListedLateIsCaughtByTheOverlap(kind: TestDatabaseKind) async throws {
        try await withImports(kind, { $0.customers = [customer(1, minute: 30)] }) { bench in
            try await bench.run()
            bench.erp.change { $0.customers.append(customer(2, minute: 21)) }
            try await bench.run()
            #expect(try await names(bench) == ["1", "2"])
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func cursorThatIsNoTimeReadsEverythingAndIsMended(kind: TestDatabaseKind) async throws {
        try await withImports(kind, { $0.customers = [customer(1, minute: 30)] }) { bench in
            try await bench.transaction { try ImportCursor(time: ERPTime("soon")).write(.customers, in: $0) }
            try await bench.run()
            #expect(try await names(bench) == ["1"])
            #expect(try await bench.cursor(.customers).time == .minute(30))
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func newTimeOnEveryRowIsNoChange(kind: TestDatabaseKind) async throws {
        try await withImports(kind, { $0.customers = customers(1...5) }) { bench in
            try await bench.run()
            let before = try await bench.dump().filter { $0.hasPrefix("customer") }
            bench.erp.change { $0.customers = customers(1...5, minute: 90) }
            let counts = try await bench.run()
            #expect([counts.read, counts.changed, counts.unchanged] == [5, 0, 5])
            #expect(try await bench.dump().filter { $0.hasPrefix("customer") } == before)
            #expect(try await bench.cursor(.customers).time == .minute(90))
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func fewUnreadableRowsArePutAsideAndTheRestGoesOn(kind: TestDatabaseKind) async throws {
        try await withImports(
            kind,
            {
                $0.customers = customers(1...5)
                $0.unreadable[.customers] = [
                    ERPUnreadableRow(key: "66", path: "name", reason: "missing", digest: "ab12")
                ]
            }
        ) { bench in
            let counts = try await bench.run()
            #expect([counts.created, counts.quarantined] == [5, 1])
            #expect(try await bench.told().contains("customer 66: quarantined name: missing [ab12]"))
            #expect(try await bench.cursor(.customers).time == .minute(0))
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func tooManyUnreadableRowsStopTheImport(kind: TestDatabaseKind) async throws {
        try await withImports(
            kind,
            {
                $0.customers = customers(1...5)
                $0.unreadable[.customers] = (1...4).map {
                    ERPUnreadableRow(key: "\(60 + $0)", path: "name", reason: "missing", digest: "ab12")
                }
            }
        ) { (bench: ImportBench) async throws in
            let error = await #expect(throws: ERPError.self) { try await bench.run() }
            #expect(error?.consequence == .askPerson)
            #expect(try await names(bench).count == 5)
            #expect(try await bench.cursor(.customers) == ImportCursor())
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func runThatLostItsLeaseWritesNothingMore(kind: TestDatabaseKind) async throws {
        try await withImports(
            kind,
            {
                $0.customers = customers(1...5)
                $0.pageSize = 2
            }
        ) { (bench: ImportBench) async throws in
            bench.erp.change { world in
                world.onPage = { _, page in if page == 2 { _ = try await bench.claim(.customers) } }
            }
            await #expect(throws: LeaseLost()) { try await bench.run() }
            // The second page is asked for while the first is being written.
            #expect(try await [[], ["1", "2"]].contains(names(bench)))
            #expect(try await bench.cursor(.customers) == ImportCursor())
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func unchangedHourIsOneRequestPerListAndWritesNoRow(kind: TestDatabaseKind) async throws {
        try await withImports(
            kind,
            {
                $0.customers = customers(1...5)
                $0.projects = [project("P1", customer: "1", location: "5"), project("P2", customer: "2")]
                $0.tasks = [task("P1", "10"), task("P2", "10")]
                $0.items = [item("A"), item("B")]
            }
        ) { bench in
            for job in [JobName.customers, .projects, .items] { try await bench.run(job) }
            let before = try await bench.dump()
            bench.forgetCalls()
            bench.clock.advance(by: .seconds(3600))
            for job in [JobName.customers, .projects, .items] {
                let counts = try await bench.run(job)
                #expect([counts.created, counts.changed] == [0, 0])
            }
            #expect(
                bench.calls() == ["customers page 1", "projects page 1", "tasks page 1", "items page 1"])
            #expect(try await bench.dump() == before)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func importsConvergeWhateverHappenedWhileTheyRan(kind: TestDatabaseKind) async throws {
        for seed in UInt64(1)...3 {
            try await withImports(
                kind,
                {
                    $0.customers = customers(1...12)
                    $0.pageSize = 3
                    $0.minute = 1
                }
            ) { bench in
                let chance = Randomness.seeded(seed)
                bench.erp.change { world in
                    world.onPage = { _, _ in
                        let bytes = chance.bytes(3)
                        bench.erp.change { $0.somebodyWorks(bytes) }
                        if bytes[2] < 40 { throw Self.anotherTime }
                    }
                }
                for _ in 1...6 { _ = try? await bench.run() }
                bench.erp.change { $0.onPage = nil }
                try await bench.run(full: true)
                let there = bench.erp.change(\.customers)
                for row in there { #expect(try await bench.customer(row.number)?.name == row.name, "seed \(seed)") }
                let before = try await bench.dump()
                try await bench.run()
                #expect(try await bench.dump() == before, "seed \(seed)")
            }
        }
    }
}

extension FakeERP.World {
    fileprivate mutating func somebodyWorks(_ bytes: [UInt8]) {
        minute += 1
        let place = Int(bytes[0]) % customers.count
        switch bytes[1] % 4 {
        case 0: customers.insert(customer(100 + minute, minute: minute), at: place)
        case 1: customers[place].modifiedAt = now
        case 2:
            var row = customers.remove(at: place)
            row.name = "Navn \(minute)"
            row.modifiedAt = now
            customers.append(row)
        default: customers.remove(at: place)
        }
    }
}
