import Foundation
import Persistence
import Proresult
import TestSupport
import Testing

@testable import Sync

@Suite struct StoredFactsTests {
    private func reading(_ bench: ExportBench) -> FactsReading {
        FactsReading(database: bench.database) { [erp = bench.erp] _ in erp }
    }

    private func stored(_ bench: ExportBench) async throws -> ERPFacts? {
        try await bench.database.read(company: ExportBench.company) { try ERPFacts.stored(in: $0) }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func whatTheERPSaidIsKeptWithItsNames(kind: TestDatabaseKind) async throws {
        try await withExportBench(kind) { bench in
            #expect(try await stored(bench) == nil)
            bench.erp.change { world in
                world.accounts = [
                    ERPAccount(number: "5000", name: "Lønn", accountGroup: "5", isActive: true),
                    ERPAccount(number: "5990", name: "Motkonto", accountGroup: nil, isActive: false),
                ]
                world.employees = [ERPEmployee(number: "7", name: "Kari", email: "kari@x.no", isActive: true)]
                world.subaccounts = [ERPSubaccount(number: "0000", name: "Felles", isActive: true)]
                world.accountGroups = [ERPAccountGroup(number: "5", name: "Lønn", isActive: true)]
                world.periods.append(
                    FinancialPeriod(id: "202513", startDate: world.periods[0].startDate, closed: .inactive))
            }
            try await reading(bench).refresh(ExportBench.company)
            let facts = try #require(try await stored(bench))
            let world = bench.erp.change { $0 }
            #expect(facts.accounts == world.accounts)
            #expect(facts.employees == world.employees)
            #expect(facts.subaccounts == world.subaccounts)
            #expect(facts.accountGroups == world.accountGroups)
            #expect(facts.periods == world.periods.sorted())
            #expect(facts.periods.map(\.closed).contains(.inactive))
            #expect(facts.neededReadAt == bench.clock.now)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func unchangedFactsWriteNothingAndWhatIsGoneGoes(kind: TestDatabaseKind) async throws {
        try await withExportBench(kind) { bench in
            try await reading(bench).refresh(ExportBench.company)
            let database = RecordedDatabase(bench.database)
            let again = FactsReading(database: database) { [erp = bench.erp] _ in erp }
            bench.clock.advance(by: .seconds(60))
            let unchanged = try await database.counting { try await again.refresh(ExportBench.company) }
            bench.erp.change { $0.accounts.removeLast() }
            let changed = try await database.counting { try await again.refresh(ExportBench.company) }
            #expect(changed == unchanged + 1, "only what is gone is written")
            let facts = try #require(try await stored(bench))
            #expect(facts.accounts.map(\.number) == ["4300", "5000", "5990"])
            #expect(facts.neededReadAt == bench.clock.now)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func factsAreReadAgainWhenTheyAreOlderThanAnHour(kind: TestDatabaseKind) async throws {
        try await withExportBench(kind) { bench in
            _ = try await reading(bench).fresh(ExportBench.company)
            bench.clock.advance(by: .seconds(3599))
            _ = try await reading(bench).fresh(ExportBench.company)
            #expect(bench.erp.change { $0.calls.filter { $0 == "periods" } }.count == 1)
            bench.clock.advance(by: .seconds(1))
            _ = try await reading(bench).fresh(ExportBench.company)
            #expect(bench.erp.change { $0.calls.filter { $0 == "periods" } }.count == 2)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func aListWithoutRightsLeavesTheOthersAndWhatWasKnown(kind: TestDatabaseKind) async throws {
        try await withExportBench(kind) { bench in
            bench.erp.change { $0.subaccounts = [ERPSubaccount(number: "1", name: "A", isActive: true)] }
            try await reading(bench).refresh(ExportBench.company)
            bench.erp.change { world in
                world.closedLists["subaccounts"] = ERPError(.askPerson, "no right", request: "GET /v1/subaccount")
            }
            let read = try await reading(bench).refresh(ExportBench.company)
            #expect(read.unread.keys.sorted { $0.rawValue < $1.rawValue } == [.subaccounts])
            #expect(read.facts.subaccounts.map(\.name) == ["A"])
            bench.erp.change { world in
                world.closedLists["periods"] = ERPError(.tryLater(after: nil), "down", request: "GET periods")
            }
            await #expect(throws: ERPError.self) { try await reading(bench).refresh(ExportBench.company) }
            #expect(try await stored(bench)?.periods.count == 4)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func exportsAndImportsKeepWhatTheyRead(kind: TestDatabaseKind) async throws {
        try await withExportBench(kind) { bench in
            try await bench.approvedHours("e1")
            try await bench.run()
            #expect(try await stored(bench)?.accounts.count == 4)
            bench.clock.advance(by: .seconds(1800))
            bench.erp.change { $0.calls = [] }
            try await bench.run(.projects)
            try await bench.run(.items)
            #expect(bench.erp.change { $0.calls.filter { $0 == "employees" } }.count == 1, "one reading serves both")
            bench.erp.change { world in
                world.closedLists["employees"] = ERPError(.askPerson, "no right", request: "GET /v1/employee")
            }
            bench.clock.advance(by: .seconds(1800))
            let outcome = try await bench.run(.items)
            #expect(outcome.error == nil, "an import does not need the facts")
            #expect(
                try await bench.texts("SELECT detail AS text FROM run_item WHERE record_kind = 'facts'") == [
                    "not read: no right"
                ])
        }
    }
}
