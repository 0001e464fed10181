import Foundation
import Persistence
import Sync
import Testing
import VismaNetSandbox

@testable import VismaNetConnector

struct MasterDataTests {
    private let firm: Firm
    private let connector: VismaNetConnector

    init() throws {
        firm = try Firm()
        connector = try firm.connector()
    }

    @Test func customerHasItsMainAddressAndItsInternalID() async throws {
        let page = try await connector.customers(.everything)
        #expect(page.total == 3)
        #expect(page.isLast)
        let first = try #require(page.rows.first)
        #expect(first.id == "401")
        #expect(first.number == "10001")
        #expect(first.name == "Kunde 1 AS")
        #expect(first.address == ERPAddress(street: "Storgata 1", postalCode: "6800", city: "Førde"))
        #expect(first.isActive)
        #expect(first.modifiedAt == ERPTime("2026-01-02T08:00:00.0000000"))
    }

    @Test(arguments: [("Active", true), ("CreditHold", true), ("OnHold", true), ("OneTime", true), ("Inactive", false)])
    func onlyInactiveCustomersAreInactive(status: String, isActive: Bool) async throws {
        var customer = try #require(firm.sandbox.records(Firm.tenant)?.customers.first)
        customer.status = status
        customer.number = " 10001 "
        firm.sandbox.upsert(customer, in: Firm.tenant)
        let row = try await connector.customers(.everything).rows.first { $0.id == "401" }
        #expect(row?.isActive == isActive)
        #expect(row?.number == "10001")
    }

    @Test func projectsHaveFourStates() async throws {
        let rows = try await connector.projects(.everything).rows
        let states = Dictionary(uniqueKeysWithValues: rows.map { ($0.number, $0.state) })
        #expect(states["P-1"] == .active)
        #expect(states["P-FERDIG"] == .closed)
        #expect(states["P-AVLYST"] == .closed)
        #expect(states["P-VENT"] == .suspended)
        #expect(states["P-PLAN"] == .notImported)
    }

    @Test func projectCarriesItsLinks() async throws {
        let row = try #require(try await connector.projects(.everything).rows.first { $0.number == "P-1" })
        #expect(row.id == "771")
        #expect(row.name == "Prosjekt P-1")
        #expect(row.startDate == CalendarDate("2026-01-05"))
        #expect(row.customerNumber == "10001")
        #expect(row.customerLocationID == "3101")
        #expect(row.managerNumber == "7")
    }

    @Test func templatesAndTheNonProjectCodeAreNotImported() async throws {
        firm.sandbox.changeProject("P-1", in: Firm.tenant) { $0.isTemplate = true }
        firm.sandbox.renumberProject("P-2", to: "x", in: Firm.tenant)
        let rows = try await connector.projects(.everything).rows
        #expect(rows.filter { ["P-1", "x"].contains($0.number) }.map(\.state) == [.notImported, .notImported])
    }

    @Test func unknownProjectStatusIsAnUnreadableRow() async throws {
        firm.sandbox.setProject("P-1", status: "Dormant", in: Firm.tenant)
        let page = try await connector.projects(.everything)
        #expect(!page.rows.contains { $0.number == "P-1" })
        let row = try #require(page.unreadable.first)
        #expect(row.key == "P-1")
        #expect(row.path == "status")
        #expect(row.reason.contains("Dormant"))
        #expect(page.total == 6)
    }

    @Test func impossibleDateIsAnUnreadableRow() async throws {
        firm.sandbox.changeProject("P-2", in: Firm.tenant) { $0.startDate = "2026-02-31" }
        let page = try await connector.projects(.everything)
        #expect(page.unreadable.map(\.path) == ["startDate"])
        #expect(page.rows.count == 5)
    }

    @Test func onlyActiveTasksAreOpen() async throws {
        firm.sandbox.setTask("20", of: "P-1", status: "Sleeping", in: Firm.tenant)
        let rows = try await connector.tasks(.everything).rows
        let ofFirst = rows.filter { $0.projectID == "771" }
        #expect(ofFirst.filter(\.isOpen).map(\.taskID) == ["10"])
        #expect(ofFirst.contains { $0.taskID == "20" && !$0.isOpen })
        #expect(ofFirst.first { $0.taskID == "10" }?.id == "10")
        #expect(ofFirst.count == 5)
    }

    @Test func itemsHavePriceCostAndUnit() async throws {
        let rows = try await connector.items(.everything).rows
        let pipe = try #require(rows.first { $0.number == "ROR-22" })
        #expect(pipe.id == "5002")
        #expect(pipe.salesPrice == 189)
        #expect(pipe.costPrice == Decimal(string: "94.5"))
        #expect(pipe.unit == "M")
        #expect(pipe.type == "FinishedGoodItem")
        #expect(pipe.itemClass == "3")
        #expect(rows.filter { !$0.isActive }.map(\.number).sorted() == ["GML", "SLETT/1"])
    }

    @Test func stockItemWithoutStandardCostTakesItsAverage() async throws {
        for (number, average) in [("ROR-22", Decimal(99)), ("TIMER", Decimal(99)), ("GML", Decimal(0))] {
            var item = try #require(
                firm.sandbox.records(Firm.tenant)?.items.first { $0.inventoryNumber == number })
            item.currentCost = 0
            item.averageCost = average
            item.lastCost = 4
            firm.sandbox.upsert(item, in: Firm.tenant)
        }
        let costs = Dictionary(
            uniqueKeysWithValues: try await connector.items(.everything).rows.map { ($0.number, $0.costPrice) })
        #expect(costs["ROR-22"] == 99)
        #expect(costs["GML"] == 4)
        // No stock item: zero is what it costs.
        #expect(costs["TIMER"] == 0)
    }

    @Test func locationsAreKeyedByTheIDThatProjectsNameThemBy() async throws {
        let locations = try await connector.locations(ofCustomer: "10001")
        #expect(locations["3101"] == ERPAddress(street: "Angedalsvegen 1", postalCode: "6810", city: "Førde"))
        #expect(locations.count == 2)
    }

    @Test func unknownCustomerHasNoLocations() async throws {
        #expect(try await connector.locations(ofCustomer: "77777").isEmpty)
    }

    @Test func factsOfTheCompanyAreReadWhole() async throws {
        firm.sandbox.setPeriod("202601", closed: true, in: Firm.tenant)
        firm.sandbox.setPeriod("202602", active: false, in: Firm.tenant)
        let periods = try await connector.periods()
        #expect(periods.count == 12)
        #expect(periods.filter { !$0.isOpen }.map(\.id) == ["202601", "202602"])
        #expect(periods.first?.startDate == CalendarDate("2026-01-01"))
        let accounts = try await connector.accounts()
        #expect(accounts.first { $0.number == "5000" }?.accountGroup == "5")
        #expect(accounts.filter { !$0.isActive }.map(\.number) == ["5001"])
        let employees = try await connector.employees()
        #expect(employees.map(\.number) == ["7", "8", "9"])
        #expect(employees.filter(\.isActive).map(\.name).first?.contains("Moe") == true)
        #expect(employees.last?.isActive == false)
        #expect(try await connector.organisation() == "Rør og Tak AS (999888777)")
    }

    @Test func employeesOfAllPagesAreRead() async throws {
        let small = try firm.connector(pageSize: 1)
        #expect(try await small.employees().count == 3)
    }

    @Test(arguments: [
        (ImportResource.customers, "401"), (.projects, "771"), (.tasks, "10"), (.items, "5004"),
    ])
    func existsAsksForTheRecordItself(resource: ImportResource, id: String) async throws {
        #expect(try await connector.exists(resource, id: id, number: "?"))
        #expect(try await !connector.exists(resource, id: "123456", number: "?"))
    }

    @Test func existsIsNotFalseBecauseOfATrouble() async throws {
        firm.sandbox.setFaults([FaultRule(.gatewayError, method: "GET")])
        await #expect(throws: ERPError.self) {
            try await connector.exists(.customers, id: "401", number: "10001")
        }
    }
}
