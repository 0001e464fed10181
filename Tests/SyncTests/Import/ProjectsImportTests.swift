import Persistence
import Proresult
import TestSupport
import Testing

@testable import Sync

@Suite struct ProjectsImportTests {
    private let worker = Worker(
        id: .init("kari"), employeeNumber: "7", username: "kari", name: "Kari", vismaEmployeeNumber: "70")

    @Test(arguments: TestDatabaseKind.allCases)
    func newProjectIsMadeWithCustomerManagerAndTasks(kind: TestDatabaseKind) async throws {
        try await withImports(
            kind,
            {
                $0.customers = [customer(10)]
                $0.projects = [project("P1", customer: "10", manager: "70")]
                $0.tasks = [task("P1", "10"), task("P1", "20", "Elektro", open: false)]
            }
        ) { bench in
            try await bench.transaction { [worker] in try Worker.insert([worker], in: $0) }
            try await bench.run(.customers)
            let counts = try await bench.run(.projects)
            let made = try #require(try await bench.project("P1"))
            #expect(made.name == "Nytt bad")
            #expect(made.startDate == CalendarDate("2026-01-05"))
            #expect(made.customerID == (try await bench.customer("10"))?.id)
            #expect(made.managerWorkerID?.text == "kari")
            #expect(made.state == .active)
            #expect(made.erpState == .active)
            #expect([made.address, made.postalCode, made.city] == ["Storgata 10", "6800", "Førde"])
            #expect(try await bench.tasks("P1").map(\.vismaTaskID) == ["10", "20"])
            #expect(try await bench.tasks("P1").map(\.isOpen) == [true, false])
            #expect([counts.read, counts.created] == [3, 3])
            #expect(
                try await bench.told() == [
                    "customer 10: created", "project P1: created", "task P1/10: created", "task P1/20: created",
                ])
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func projectClosedHereIsReopenedWhileActiveThere(kind: TestDatabaseKind) async throws {
        try await withImports(kind, { $0.projects = [project("P1")] }) { bench in
            try await bench.transaction {
                try Project.insert(
                    [
                        Project(
                            id: .init("ours"), number: "P1", name: "Nytt bad", billingMode: .fixedPrice, state: .closed,
                            closedAt: Timestamp(milliseconds: 5), closedBy: .user, closedByName: "Ola")
                    ], in: $0)
            }
            try await bench.run(.projects)
            let found = try #require(try await bench.project("P1"))
            #expect(found.isActive)
            #expect(found.reopenedBy == .visma)
            #expect(found.reopenedAt == bench.clock.now)
            #expect(found.closedByName == "Ola")
            #expect(found.billingMode == .fixedPrice)
            #expect(
                try await bench.told() == [
                    "project P1: reopened",
                    "project P1: changed linked; start_date: – → 2026-01-05; erp_state: – → active",
                ])
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func projectClosedThereIsClosedHere(kind: TestDatabaseKind) async throws {
        try await withImports(kind, { $0.projects = [project("P1")] }) { bench in
            try await bench.run(.projects)
            bench.erp.change { $0.projects = [project("P1", "Nytt bad", .closed, minute: 1)] }
            try await bench.run(.projects)
            let closed = try #require(try await bench.project("P1"))
            #expect(closed.state == .closed)
            #expect(closed.closedBy == .visma)
            #expect(closed.erpState == .closed)
            bench.clock.advance(by: .seconds(3600))
            try await bench.run(.projects, full: true)
            #expect(try await bench.project("P1") == closed)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func suspendedProjectIsHeldOrClosedAsChosen(kind: TestDatabaseKind) async throws {
        try await withImports(kind, { $0.projects = [project("P1", "Nytt bad", .suspended)] }) { bench in
            try await bench.run(.projects)
            #expect(try await bench.project("P1")?.state == .active)
            #expect(try await bench.project("P1")?.erpState == .suspended)
            try await bench.run(.projects, settings: [.suspendedProjects: "close"])
            #expect(try await bench.project("P1")?.closedBy == .visma)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func projectInPlanningIsNotBroughtOver(kind: TestDatabaseKind) async throws {
        try await withImports(
            kind,
            {
                $0.projects = [project("P1", "Plan", .notImported), project("P2", "Mal", .notImported), project("P3")]
                $0.tasks = [task("P1", "10")]
            }
        ) { bench in
            let ours = Project(id: .init("ours"), number: "P2", name: "Vår egen")
            try await bench.transaction { try Project.insert([ours], in: $0) }
            let counts = try await bench.run(.projects)
            #expect(try await bench.project("P1") == nil)
            #expect(try await bench.project("P2") == ours)
            #expect(counts.read == 1)
            #expect(try await bench.told() == ["project P3: created"])
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func importedProjectThatGoesBackToPlanningIsKeptWithAWarning(kind: TestDatabaseKind) async throws {
        try await withImports(kind, { $0.projects = [project("P1")] }) { bench in
            try await bench.run(.projects)
            let before = try await bench.project("P1")
            bench.erp.change { $0.projects = [project("P1", "Endret", .notImported, minute: 1)] }
            try await bench.run(.projects)
            #expect(try await bench.project("P1") == before)
            #expect(
                try await bench.told().last
                    == "project P1: warned the ERP no longer has it among the projects to import; kept as it is")
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func managerIsLeftAsItIsUnlessLinked(kind: TestDatabaseKind) async throws {
        try await withImports(kind, { $0.projects = [project("P1", manager: "70"), project("P2")] }) { bench in
            let boss = Worker(id: .init("boss"), employeeNumber: "1", username: "boss", name: "Sjef")
            try await bench.transaction { transaction in
                try Worker.insert([boss], in: transaction)
                try Project.insert(
                    ["P1", "P2"].map { number in
                        Project(
                            id: ProjectID("ours" + number), number: number, name: number, managerWorkerID: .init("boss")
                        )
                    }, in: transaction)
            }
            try await bench.run(.projects)
            #expect(try await bench.project("P1")?.managerWorkerID?.text == "boss")
            #expect(try await bench.project("P1")?.erpManagerNumber == "70")
            #expect(try await bench.project("P2")?.managerWorkerID?.text == "boss")
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func customerAndManagerThatBecomeKnownLaterAreLinked(kind: TestDatabaseKind) async throws {
        try await withImports(
            kind,
            {
                $0.projects = [project("P1", customer: "10", manager: "70"), project("P2", minute: 60)]
                $0.customers = [customer(10)]
            }
        ) { bench in
            try await bench.run(.projects)
            #expect(try await bench.project("P1")?.customerID == nil)
            try await bench.run(.customers)
            try await bench.transaction { [worker] in try Worker.insert([worker], in: $0) }
            try await bench.run(.projects)
            let linked = try #require(try await bench.project("P1"))
            #expect(linked.customerID == (try await bench.customer("10"))?.id)
            #expect(linked.managerWorkerID?.text == "kari")
            #expect(linked.address == "Storgata 10")
            #expect(try await bench.told().last == "project P1: changed customer or manager linked")
            let before = try await bench.dump()
            try await bench.run(.projects)
            #expect(try await bench.dump() == before)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func tasksOlderThanTheirCursorComeWithAProjectThatLeavesPlanning(kind: TestDatabaseKind) async throws {
        try await withImports(
            kind,
            {
                $0.projects = [project("P1"), project("P2", "Plan", .notImported)]
                $0.tasks = [task("P2", "10", minute: 1), task("P1", "10", minute: 90)]
            }
        ) { bench in
            try await bench.run(.projects)
            bench.erp.change { $0.projects[1] = project("P2", "Nytt tak", minute: 120) }
            try await bench.run(.projects)
            #expect(try await bench.tasks("P2").map(\.vismaTaskID) == ["10"])
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func projectOfOursWithoutLinkIsNotTouched(kind: TestDatabaseKind) async throws {
        try await withImports(kind, { $0.projects = [project("P1")] }) { bench in
            let ours = Project(id: .init("ours"), number: "p1", name: "Vår egen")
            try await bench.transaction { try Project.insert([ours], in: $0) }
            try await bench.run(.projects)
            try await bench.run(.projects, full: true)
            try await bench.run(.projects, full: true)
            #expect(try await bench.project("p1") == ours)
        }
    }
}

@Suite struct ProjectAddressesTests {
    private func arrange(_ world: inout FakeERP.World) {
        var row = customer(10)
        row.deliveryAddress = ERPAddress(street: "Levering 1", postalCode: "1", city: "L")
        world.customers = [row]
        world.projects = [project("P1", customer: "10", location: "5"), project("P2", customer: "10", location: "6")]
        world.locations = ["10": ["5": ERPAddress(street: "Byggeplass 5", postalCode: "5", city: "B")]]
    }

    static let addresses: [(String, String?)] = [
        ("locationThenDeliveryThenMain", "Byggeplass 5"), ("delivery", "Levering 1"), ("main", "Storgata 10"),
        ("none", nil),
    ]

    @Test(arguments: TestDatabaseKind.allCases, addresses)
    func addressComesFromWhereTheCompanyChose(
        kind: TestDatabaseKind, chosen: (source: String, street: String?)
    ) async throws {
        let (source, street) = chosen
        try await withImports(kind, arrange) { bench in
            try await bench.run(.customers)
            try await bench.run(.projects, settings: [.projectAddressSource: source])
            #expect(try await bench.project("P1")?.address == street)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func unknownLocationFallsBackToDelivery(kind: TestDatabaseKind) async throws {
        try await withImports(kind, arrange) { bench in
            try await bench.run(.customers)
            try await bench.run(.projects)
            #expect(try await bench.project("P2")?.address == "Levering 1")
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func locationsAreAskedForOncePerCustomerAndOnlyWhenAProjectIsNewOrChanged(kind: TestDatabaseKind) async throws {
        try await withImports(kind, arrange) { bench in
            try await bench.run(.customers)
            try await bench.run(.projects)
            #expect(bench.calls().count { $0 == "locations 10" } == 1)
            bench.forgetCalls()
            try await bench.run(.projects)
            try await bench.run(.projects, full: true)
            #expect(!bench.calls().contains("locations 10"))
            bench.erp.change {
                $0.locations["10"]?["5"]?.street = "Byggeplass 7"
                $0.projects[0].modifiedAt = .minute(3)
            }
            try await bench.run(.projects)
            #expect(try await bench.project("P1")?.address == "Byggeplass 7")
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func touchedProjectIsAskedAboutOnce(kind: TestDatabaseKind) async throws {
        try await withImports(kind, arrange) { bench in
            try await bench.run(.customers)
            try await bench.run(.projects)
            bench.erp.change { $0.projects[0].modifiedAt = .minute(3) }
            try await bench.run(.projects)
            bench.forgetCalls()
            try await bench.run(.projects)
            #expect(bench.calls() == ["projects page 1", "tasks page 1"])
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func customersNewAddressReachesItsProjectsWithAFullPass(kind: TestDatabaseKind) async throws {
        try await withImports(
            kind,
            {
                $0.customers = [customer(10)]
                $0.projects = [project("P1", customer: "10"), project("P2", minute: 60)]
            }
        ) { bench in
            try await bench.run(.customers)
            try await bench.run(.projects)
            bench.erp.change {
                $0.customers[0].address?.street = "Ny gate 3"
                $0.customers[0].modifiedAt = .minute(70)
            }
            try await bench.run(.customers)
            try await bench.run(.projects, full: true)
            #expect(try await bench.project("P1")?.address == "Ny gate 3")
        }
    }
}
