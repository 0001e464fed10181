import Foundation
import Persistence
import Proresult
import TestSupport
import Testing

@testable import Sync

extension ImportBench {
    /// Asks for a check and has it made, as the executable's service does.
    func check(by person: String = "kari", connector: (any ERPConnector)? = nil) async throws {
        try await transaction { try SetUpCheck.request(by: person, in: $0) }
        _ = try await setUp(connector).runNext()
    }

    func setUp(_ connector: (any ERPConnector)? = nil) -> SetUpCheck {
        let connector = connector ?? erp
        return SetUpCheck(database: database, randomness: randomness, connect: { _, _ in connector })
    }

    func report() async throws -> SetUpReport {
        try #require(try await transaction { try SetUpReport.read(in: $0) })
    }

    func rows(
        _ resource: ImportResource, _ finding: SetUpReport.Finding? = nil
    ) async throws -> [SetUpReport.Row] {
        try await transaction { try SetUpReport.rows(resource, finding, page: 1, in: $0).rows }
    }

    /// Ours before the first import: two customers, a closed project, an item.
    func haveOwnRecords() async throws {
        try await transaction { transaction in
            try Customer.create(Customer(id: CustomerID("c1"), number: "1", name: "Ola AS"), in: transaction)
            try Customer.create(Customer(id: CustomerID("c2"), number: "2", name: "Kari Eigedom"), in: transaction)
            var closed = Project(id: ProjectID("p"), number: "P1", name: "Nytt bad")
            (closed.state, closed.closedAt, closed.closedBy) = (.closed, .testStart, .user)
            try Project.insert([closed], in: transaction)
            let group = try ItemGroup.ensure(path: ["Eget"], randomness: randomness, in: transaction)
            try Item.insert(
                [Item(id: ItemID("i"), number: "R1", name: "Kobberrør", itemGroupID: group.id)], in: transaction)
        }
    }
}

/// Before the first import: side by side by number, and nothing is overwritten that nobody has allowed.
struct SetUpCheckTests {
    private func withBoth(
        _ kind: TestDatabaseKind, _ body: (ImportBench) async throws -> Void
    ) async throws {
        try await withImports(kind) { world in
            world.customers = [customer(1, "Ola AS"), customer(2, "Per Bygg"), customer(3, "Ny AS")]
            world.projects = [project("P1")]
            world.tasks = [task("P1", "10")]
            world.items = [item("R1"), item("R2", "Bend")]
        } _: { bench in
            try await bench.haveOwnRecords()
            try await body(bench)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func whatIsInBothIsShownAndNothingIsChanged(kind: TestDatabaseKind) async throws {
        try await withBoth(kind) { bench in
            let before = try await bench.dump()
            try await bench.check()
            #expect(try await bench.dump() == before)
            let report = try await bench.report()
            #expect(report.state == .done && report.startedBy == "kari" && report.error == nil)
            #expect(report.lists.map(\.resource) == [.customers, .projects, .items])
            #expect(report.lists.map(\.isFinished) == [true, true, true])
            #expect(report.lists[0].findings == [.otherName: 1, .overwritten: 1, .created: 1])
            #expect(report.lists[1].findings == [.reopened: 1])
            #expect(report.lists[2].findings == [.overwritten: 1, .created: 1])
            #expect(report.lists.map(\.waiting) == [2, 1, 1])
            // Equal numbers with different names stand first.
            let customers = try await bench.rows(.customers)
            #expect(customers.map(\.number) == ["2", "1", "3"])
            #expect(customers[0].ownName == "Kari Eigedom" && customers[0].erpName == "Per Bygg")
            #expect(customers[0].changes.contains { $0.field == "name" && $0.after == "Per Bygg" })
            #expect(customers[2].ownName == nil && customers[2].finding == .created)
            #expect(try await bench.rows(.projects).first?.changes.first?.field == "reopened")
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func anImportLeavesAloneWhatNobodyHasAllowed(kind: TestDatabaseKind) async throws {
        try await withBoth(kind) { bench in
            try await bench.check()
            try await bench.run(.customers)
            try await bench.run(.projects)
            try await bench.run(.items)
            #expect(try await bench.customer("1")?.erpID == nil)
            #expect(try await bench.customer("2")?.name == "Kari Eigedom")
            #expect(try await bench.customer("3")?.erpID == "id3", "new ones come over")
            #expect(try await bench.project("P1")?.isActive == false)
            #expect(try await bench.item("R1")?.erpID == nil)
            #expect(try await bench.told().contains { $0.contains("customer 2: conflict") })
            let allowed = try await bench.transaction {
                try ImportPermission.allow(.customers, numbers: ["2", "3", "99"], by: "kari", in: $0)
            }
            #expect(allowed == 1, "only a pair can be allowed")
            let same = try await bench.transaction {
                try ImportPermission.allowAll(.projects, .reopened, by: "kari", in: $0)
            }
            #expect(same == 1)
            #expect(try await bench.report().lists.map(\.waiting) == [1, 0, 1])
            // Also what an earlier reading has passed by.
            try await bench.run(.customers)
            try await bench.run(.projects)
            #expect(try await bench.customer("2")?.name == "Per Bygg")
            #expect(try await bench.customer("1")?.erpID == nil)
            #expect(try await bench.project("P1")?.isActive == true)
            #expect(try await bench.tasks("P1").count == 1)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func theStartPageTellsHowManyNumbersWaitOnceTheImportsAreOn(kind: TestDatabaseKind) async throws {
        func attention(_ bench: ImportBench) async throws -> [Attention] {
            try await Dashboard.read(company: ImportBench.company, database: bench.database).attention
        }
        try await withBoth(kind) { bench in
            try await bench.check()
            #expect(try await attention(bench).isEmpty, "nobody has switched the imports on")
            try await bench.transaction { transaction in
                _ = try transaction.execute("UPDATE job SET enabled_at = 1 WHERE name IN ('customers', 'items')")
            }
            #expect(try await attention(bench) == [.waitingForSetUpCheck(count: 3)])
            for finding in SetUpReport.Finding.allCases {
                _ = try await bench.transaction {
                    try ImportPermission.allowAll(.customers, finding, by: "kari", in: $0)
                }
            }
            #expect(try await attention(bench) == [.waitingForSetUpCheck(count: 1)])
            try await bench.transaction { transaction in
                _ = try transaction.execute("UPDATE setup_check SET state = 'running'")
            }
            #expect(try await attention(bench).isEmpty, "a check that is not done says nothing yet")
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func aPermissionIsTakenBackAndACheckGivenUp(kind: TestDatabaseKind) async throws {
        try await withBoth(kind) { bench in
            try await bench.check()
            try await bench.transaction { transaction in
                _ = try ImportPermission.allow(.customers, numbers: ["1", "2"], by: "kari", in: transaction)
                try ImportPermission.takeBack(.customers, numbers: ["2"], by: "kari", in: transaction)
            }
            try await bench.run(.customers)
            #expect(try await bench.customer("1")?.erpID == "id1")
            #expect(try await bench.customer("2")?.erpID == nil)
            try await bench.transaction { try SetUpCheck.drop(by: "kari", in: $0) }
            #expect(try await bench.transaction { try SetUpReport.read(in: $0) } == nil)
            try await bench.run(.customers)
            #expect(try await bench.customer("2")?.name == "Per Bygg")
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func aCancelledCheckStopsBetweenTwoPages(kind: TestDatabaseKind) async throws {
        try await withBoth(kind) { bench in
            bench.erp.change { world in
                world.pageSize = 1
                world.onPage = { resource, number in
                    guard resource == .customers, number == 2 else { return }
                    try await bench.transaction { try SetUpCheck.cancel(in: $0) }
                }
            }
            try await bench.check()
            let report = try await bench.report()
            #expect(report.state == .cancelled)
            #expect(report.lists.map(\.read) == [1])
            #expect(!bench.calls().contains("customers page 3"))
            let again = try await bench.setUp().runNext()
            #expect(!again, "nothing waits")
            // Asked for again, it begins from the beginning.
            bench.erp.change { $0.onPage = nil }
            try await bench.check(by: "ola")
            #expect(try await bench.report().state == .done)
            #expect(try await bench.report().lists.map(\.read) == [3, 1, 2])
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func anErpThatDoesNotAnswerIsToldAndTheCheckCanBeAskedForAgain(kind: TestDatabaseKind) async throws {
        try await withBoth(kind) { bench in
            bench.erp.change { world in
                world.onPage = { resource, _ in
                    if resource == .projects { throw ERPError(.reconnect, "dead", request: "GET projects") }
                }
            }
            try await bench.check()
            let report = try await bench.report()
            #expect(report.state == .failed && report.fault == .reconnect && report.error == "dead (GET projects)")
            #expect(report.lists.count == 1, "what was found stays")
            bench.erp.change { $0.onPage = nil }
            try await bench.check()
            #expect(try await bench.report().state == .done)
            #expect(try await bench.report().error == nil)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func aCheckWhoseProcessDiedIsTakenOver(kind: TestDatabaseKind) async throws {
        try await withBoth(kind) { bench in
            try await bench.transaction { transaction in
                try SetUpCheck.request(by: "kari", in: transaction)
                try transaction.execute("UPDATE setup_check SET state = 'running', id = 'dead'")
            }
            let early = try await bench.setUp().runNext()
            #expect(!early, "it may still be at work")
            #expect(try await bench.setUp().runNext(takingOver: true))
            #expect(try await bench.report().state == .done)
            try await bench.transaction { _ = try $0.execute("UPDATE setup_check SET state = 'running'") }
            // The database's own clock counts on PostgreSQL, so the sign of life is moved instead.
            try await bench.transaction { transaction in
                let dead = try transaction.now() - SetUpCheck.patience - .seconds(1)
                _ = try transaction.execute("UPDATE setup_check SET changed_at = \(dead)")
            }
            #expect(try await bench.setUp().runNext())
            #expect(try await bench.report().state == .done)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func onlyOneCheckIsMadeHoweverOftenItIsAskedFor(kind: TestDatabaseKind) async throws {
        try await withBoth(kind) { bench in
            for person in ["kari", "ola", "per"] {
                try await bench.transaction { try SetUpCheck.request(by: person, in: $0) }
            }
            #expect(try await bench.report().startedBy == "kari")
            #expect(try await bench.setUp().runNext())
            #expect(try await bench.setUp().runNext() == false)
            let audited = try await bench.transaction { transaction in
                try transaction.first("SELECT count(*) AS n FROM audit WHERE action = 'set-up check'")?
                    .get("n", as: Int.self)
            }
            #expect(audited == 1)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func whatIsLinkedAlreadyIsCountedAndGoesOnAsBefore(kind: TestDatabaseKind) async throws {
        try await withBoth(kind) { bench in
            try await bench.run(.customers)
            try await bench.check()
            #expect(try await bench.report().lists[0].linked == 3)
            #expect(try await bench.rows(.customers).isEmpty)
            bench.erp.change { $0.customers[1] = customer(2, "Per Bygg og Anlegg", minute: 5) }
            try await bench.run(.customers)
            #expect(try await bench.customer("2")?.name == "Per Bygg og Anlegg")
        }
    }

    @Test func changesAreKeptAsTheyAre() {
        var changes = [SetUpReport.Change(field: "reopened")]
        changes.append(SetUpReport.Change((column: "name", before: .text("a; b: c → d"), after: .text("é\tf"))))
        changes.append(SetUpReport.Change((column: "customer_id", before: .null, after: .text("x"))))
        changes.append(SetUpReport.Change((column: "address", before: .null, after: .text(""))))
        #expect(SetUpReport.Change.read(SetUpReport.Change.stored(changes)) == changes)
        #expect(SetUpReport.Change.read("") == [])
    }
}
