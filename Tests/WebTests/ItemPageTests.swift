import Foundation
import HTTPTypes
import Persistence
import Proresult
import Sync
import TestSupport
import Testing

@testable import Web

/// Items, groups, customers and projects in detail: where fields come from, and what can be changed here.
@Suite struct ItemPageTests {
    private func item(_ bench: WebBench, _ number: String = "ROR-22") async throws -> Item {
        try #require(try await bench.read { try Item.find(number: number, in: $0) })
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func anItemTellsWhereItsFieldsComeFrom(kind: TestDatabaseKind) async throws {
        try await withWeb(kind) { bench in
            try await bench.connectAndImport()
            let item = try await item(bench)
            let leader = try await bench.signedIn(.leader)
            let page = try await leader.get("/varer/\(item.id.text)")
            #expect(page.text.contains("Kobla til Visma ROR-22"))
            #expect(page.text.contains("Endringer fra Visma"))
            #expect(page.text.contains(item.name))
            #expect(!page.html.contains("/pris\""), "a leader does not set prices")
            #expect(
                try await leader.post("/varer/\(item.id.text)/pris", ["pris": "1", "innpris": "1"]).status == .forbidden
            )
            #expect(try await leader.get("/varer").html.contains("href=\"/varer/\(item.id.text)\""))
            #expect(try await leader.get("/varer/finnes-ikke").status == .notFound)
        }
    }

    @Test func aPriceIsWrittenHereAndToldAsOurs() async throws {
        try await withWeb { bench in
            try await bench.connectAndImport()
            let path = "/varer/\(try await item(bench).id.text)"
            let bookkeeper = try await bench.signedIn(.bookkeeper)
            try await bookkeeper.get(path)
            let odd = try await bookkeeper.post("\(path)/pris", ["pris": "<b>", "innpris": "1"])
            #expect(odd.status == .unprocessableContent)
            #expect(odd.html.contains("&lt;b&gt;") && !odd.html.contains("<b>"))
            let negative = try await bookkeeper.post("\(path)/pris", ["pris": "-1", "innpris": "1"])
            #expect(negative.status == .unprocessableContent)
            let done = try await bookkeeper.post("\(path)/pris", ["pris": "1234,5", "innpris": "100"])
            #expect(done.location == path)
            #expect(try await item(bench).salesPrice == Decimal(12345) / 10)
            let page = try await bookkeeper.get(path)
            #expect(page.text.contains("Proresult (bookkeeper)"))
            #expect(page.text.contains("1 234,50"))
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func manyItemsAreMovedToANewGroupAndStayLinked(kind: TestDatabaseKind) async throws {
        try await withWeb(kind) { bench in
            try await bench.connectAndImport()
            let items = try await bench.read { try Item.all(in: $0) }.filter(\.isActive)
            try #require(items.count >= 2)
            let leader = try await bench.signedIn(.leader)
            #expect(try await leader.get("/varer/grupper").text.contains("Visma"))
            #expect(try await leader.post("/varer/grupper", ["navn": "<i>Rør</i>", "under": ""]).status == .seeOther)
            let groups = try await leader.get("/varer/grupper")
            #expect(groups.html.contains("&lt;i&gt;Rør&lt;/i&gt;") && !groups.html.contains("<i>Rør</i>"))
            let taken = try await leader.post("/varer/grupper", ["navn": "<i>Rør</i>", "under": ""])
            #expect(taken.status == .unprocessableContent)
            let group = try #require(
                try await bench.read { try ItemGroup.all(in: $0) }.first { $0.name.contains("Rør") })
            #expect(try await leader.post("/varer/grupper/\(group.id.text)", ["navn": "Rør"]).status == .seeOther)

            let nothing = try await leader.post("/varer/flytt", ["til": group.id.text])
            #expect(nothing.status == .unprocessableContent)
            #expect(nothing.text.contains("Ingenting er flyttet."))
            let moved = try await leader.post(
                "/varer/flytt",
                ["vare": items[0].id.text, "vare": items[1].id.text, "til": group.id.text, "sok": "a b"])
            #expect(moved.location == "/varer?sok=a%20b")
            #expect(try await leader.get("/varer").text.contains("2 varer er flyttet til Rør."))
            let after = try await bench.read { try Item.find([items[0].id, items[1].id], in: $0) }
            #expect(after.allSatisfy { $0.itemGroupID == group.id && $0.movedByUserAt != nil && $0.erpID != nil })
            #expect(try await leader.get("/varer?gruppe=\(group.id.text)").text.contains("2 i alt"))
            let one = try await leader.post(
                "/varer/flytt", ["vare": items[0].id.text, "til": items[0].itemGroupID.text, "tilbake": "vare"])
            #expect(one.location == "/varer/\(items[0].id.text)")
        }
    }

    @Test func aCustomerShowsItsProjectsAndThatItIsInactive() async throws {
        try await withWeb { bench in
            try await bench.connectAndImport()
            let customer = try #require(try await bench.read { try Customer.find(number: "10001", in: $0) })
            let browser = try await bench.signedIn(.bookkeeper)
            #expect(try await browser.get("/kunder").html.contains("href=\"/kunder/\(customer.id.text)\""))
            let page = try await browser.get("/kunder/\(customer.id.text)")
            #expect(page.text.contains("Kobla til Visma 10001"))
            #expect(page.text.contains("P-1"))
            _ = try await bench.write { try $0.execute("UPDATE customer SET inactive_at = 1, name = '<u>Kunde</u>'") }
            let inactive = try await browser.get("/kunder/\(customer.id.text)")
            #expect(inactive.text.contains("fordi kunden ikke er aktiv i Visma."))
            #expect(inactive.html.contains("&lt;u&gt;Kunde&lt;/u&gt;"))
        }
    }

    @Test func aProjectTellsItsFieldsAndThatTheImportReopenedIt() async throws {
        try await withWeb { bench in
            try await bench.connectAndImport()
            let project = try #require(try await bench.read { try Project.find(number: "P-1", in: $0) })
            let leader = try await bench.signedIn(.leader)
            try await leader.get("/prosjekt/\(project.id.text)")
            try await leader.post("/prosjekt/\(project.id.text)/avslutt")
            #expect(try await !leader.get("/prosjekt/\(project.id.text)").text.contains("Gjenopptatt av Visma-import"))
            bench.clock.advance(by: .seconds(100_000))
            _ = try await bench.write { transaction in
                try transaction.execute("UPDATE import_cursor SET full_pass_at = NULL, erp_time = NULL")
                return try transaction.requestRun(of: .projects, by: "test")
            }
            try await bench.runDue()
            let page = try await bench.signedIn(.leader).get("/prosjekt/\(project.id.text)")
            #expect(page.text.contains("Gjenopptatt av Visma-import"))
            #expect(page.text.contains("Hvor hvert felt kommer fra"))
            #expect(page.text.contains("Oppgave 10"))
        }
    }

    @Test func anotherCompanysRecordsAreNotThere() async throws {
        try await withWeb { bench in
            try await bench.connectAndImport()
            let item = try await item(bench)
            let customer = try #require(try await bench.read { try Customer.find(number: "10001", in: $0) })
            let stranger = try await bench.signedIn(.administrator, of: WebBench.otherCompany)
            try await stranger.get("/varer/grupper")
            try await stranger.post("/varer/grupper", ["navn": "Min", "under": ""])
            let mine = try #require(
                try await bench.database.read(company: WebBench.otherCompany) { try ItemGroup.all(in: $0) }.first)
            #expect(try await stranger.get("/varer/\(item.id.text)").status == .notFound)
            #expect(try await stranger.get("/kunder/\(customer.id.text)").status == .notFound)
            try await stranger.get("/varer/grupper")
            let price: KeyValuePairs = ["pris": "1", "innpris": "1"]
            #expect(try await stranger.post("/varer/\(item.id.text)/pris", price).status == .notFound)
            let move: KeyValuePairs = ["vare": item.id.text, "til": mine.id.text]
            #expect(try await stranger.post("/varer/flytt", move).status == .notFound)
            let rename = try await stranger.post("/varer/grupper/\(item.itemGroupID.text)", ["navn": "Stjålet"])
            #expect(rename.status == .notFound)
            #expect(try await self.item(bench).itemGroupID == item.itemGroupID)
        }
    }
}
