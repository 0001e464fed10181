import Persistence
import Proresult
import TestSupport
import Testing

@testable import Sync

@Suite struct CustomersImportTests {
    @Test(arguments: TestDatabaseKind.allCases)
    func newCustomerIsMadeWithNameAndAddresses(kind: TestDatabaseKind) async throws {
        var row = customer(10, "Kari Moe AS")
        row.deliveryAddress = ERPAddress(street: "Kaien 2", postalCode: "6900", city: "Florø")
        try await withImports(kind, { $0.customers = [row] }) { bench in
            let counts = try await bench.run()
            let made = try #require(try await bench.customer("10"))
            #expect(made.name == "Kari Moe AS")
            #expect([made.address, made.postalCode, made.city] == ["Storgata 10", "6800", "Førde"])
            #expect(
                [made.deliveryAddress, made.deliveryPostalCode, made.deliveryCity] == ["Kaien 2", "6900", "Florø"])
            #expect([made.erpID, made.erpNumber] == ["id10", "10"])
            #expect(made.isActive)
            #expect([counts.read, counts.created, counts.changed, counts.unchanged] == [1, 1, 0, 0])
            #expect(try await bench.told() == ["customer 10: created"])
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func customerWithTheSameNumberIsLinkedAndOverwritten(kind: TestDatabaseKind) async throws {
        try await withImports(kind, { $0.customers = [customer(10, "Ny AS")] }) { bench in
            try await bench.transaction {
                try Customer.insert([Customer(id: .init("ours"), number: "10", name: "Gammel AS")], in: $0)
            }
            let counts = try await bench.run()
            let found = try #require(try await bench.customer("10"))
            #expect(found.id.text == "ours")
            #expect(found.name == "Ny AS")
            #expect(found.erpID == "id10")
            #expect([counts.created, counts.changed] == [0, 1])
            #expect(
                try await bench.told() == [
                    "customer 10: changed linked; name: Gammel AS → Ny AS; address: – → Storgata 10; "
                        + "postal_code: – → 6800; city: – → Førde"
                ])
        }
    }

    /// What lists search and order by follows what an import writes over.
    @Test(arguments: TestDatabaseKind.allCases)
    func whatAnImportOverwritesIsFoundByItsNewNameOnly(kind: TestDatabaseKind) async throws {
        try await withImports(kind, { $0.customers = [customer(10, "ØYGARD Bygg AS")] }) { bench in
            try await bench.transaction {
                try Customer.insert([Customer(id: .init("ours"), number: "10", name: "Gammel AS")], in: $0)
            }
            try await bench.run()
            let found = try await bench.transaction { transaction in
                try ["øygard", "gammel", "førde"].map {
                    try CustomerList(search: $0, sort: .place).page(in: transaction).rows.map(\.customer.number)
                }
            }
            #expect(found == [["10"], [], ["10"]])
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func numbersCompareExactlyButForPadding(kind: TestDatabaseKind) async throws {
        var padded = customer(10)
        padded.number = " 10  "
        try await withImports(kind, { $0.customers = [padded] }) { bench in
            try await bench.transaction {
                try Customer.insert(
                    [
                        Customer(id: .init("zero"), number: "010", name: "Med null"),
                        Customer(id: .init("ours"), number: "10", name: "Uten null"),
                    ], in: $0)
            }
            try await bench.run()
            #expect(try await bench.customer("010")?.erpID == nil)
            #expect(try await bench.customer("10")?.id.text == "ours")
            #expect(try await bench.customer("10")?.erpID == "id10")
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func inactiveCustomerIsMadeInactiveAndComesBack(kind: TestDatabaseKind) async throws {
        try await withImports(kind, { $0.customers = [customer(10)] }) { bench in
            try await bench.run()
            bench.erp.change { $0.customers = [customer(10, active: false, minute: 1)] }
            try await bench.run()
            #expect(try await bench.customer("10")?.inactiveAt == bench.clock.now)
            bench.erp.change { $0.customers = [customer(10, minute: 2)] }
            try await bench.run()
            #expect(try await bench.customer("10")?.isActive == true)
            #expect(
                try await bench.told() == [
                    "customer 10: created", "customer 10: inactivated", "customer 10: reactivated",
                ])
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func newNumberOfALinkedCustomerIsFollowed(kind: TestDatabaseKind) async throws {
        try await withImports(kind, { $0.customers = [customer(10)] }) { bench in
            try await bench.run()
            let before = try #require(try await bench.customer("10"))
            bench.erp.change {
                $0.customers[0].number = "11"
                $0.customers[0].modifiedAt = .minute(1)
            }
            try await bench.run()
            #expect(try await bench.customer("10") == nil)
            #expect(try await bench.customer("11")?.id == before.id)
            #expect(try await bench.customer("11")?.erpNumber == "11")
            #expect(try await bench.told().last == "customer 11: changed number: 10 → 11")
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func numberThatAnotherRecordHasIsAConflict(kind: TestDatabaseKind) async throws {
        try await withImports(kind, { $0.customers = [customer(10)] }) { bench in
            try await bench.run()
            try await bench.transaction {
                try Customer.insert([Customer(id: .init("ours"), number: "11", name: "Vår egen")], in: $0)
            }
            bench.erp.change {
                $0.customers[0].number = "11"
                $0.customers[0].name = "Nytt navn"
                $0.customers[0].modifiedAt = .minute(1)
            }
            let counts = try await bench.run()
            #expect(try await bench.customer("10")?.name == "Ola AS")
            #expect(try await bench.customer("11")?.name == "Vår egen")
            #expect(counts.read == 0)
            #expect(
                try await bench.told().last
                    == "customer 11: conflict 10 has got a number that another record here has")
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func numbersMayBePassedOnWithinAPage(kind: TestDatabaseKind) async throws {
        try await withImports(kind, { $0.customers = customers(1...2) }) { bench in
            try await bench.run()
            bench.erp.change { world in
                world.customers = [
                    customer(1, "En", minute: 1), customer(2, "To", minute: 1), customer(3, "Tre", minute: 1),
                ]
                world.customers[0].number = "2"
                world.customers[1].number = "9"
                world.customers[2].number = "1"
            }
            try await bench.run()
            #expect(try await bench.customer("2")?.name == "En")
            #expect(try await bench.customer("9")?.name == "To")
            #expect(try await bench.customer("1")?.name == "Tre")
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func reusedNumberWithAnotherIDIsAConflict(kind: TestDatabaseKind) async throws {
        try await withImports(kind, { $0.customers = [customer(10, "Den første")] }) { bench in
            try await bench.run()
            var other = customer(10, "Den andre", minute: 1)
            other.id = "other"
            bench.erp.change { [other] in $0.customers = [other] }
            try await bench.run()
            #expect(try await bench.customer("10")?.name == "Den første")
            #expect(try await bench.customer("10")?.erpID == "id10")
            #expect(
                try await bench.told().last
                    == "customer 10: conflict the number belongs to a record that is linked to id id10, "
                    + "this row has id other")
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func rowOlderThanWhatWeHaveIsIgnored(kind: TestDatabaseKind) async throws {
        try await withImports(kind, { $0.customers = [customer(10, "Ny", minute: 5)] }) { bench in
            try await bench.run()
            bench.erp.change { $0.customers = [customer(10, "Gammel", minute: 4)] }
            let counts = try await bench.run()
            #expect(try await bench.customer("10")?.name == "Ny")
            #expect(counts.unchanged == 1)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func silentChangeIsBroughtByAFullPass(kind: TestDatabaseKind) async throws {
        try await withImports(kind, { $0.customers = [customer(10, "Før"), customer(11, minute: 60)] }) { bench in
            try await bench.run()
            bench.erp.change { $0.customers[0].name = "Etter" }
            try await bench.run()
            #expect(try await bench.customer("10")?.name == "Før")
            try await bench.run(full: true)
            #expect(try await bench.customer("10")?.name == "Etter")
        }
    }
}
