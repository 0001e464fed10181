import Foundation
import HTTPTypes
import Persistence
import Proresult
import Sync
import TestSupport
import Testing
import VismaNetConnector
import VismaNetSandbox

@testable import Web

extension WebBench {
    /// What the executable's service does.
    func makeCheck() async throws {
        let connections = connections
        let check = SetUpCheck(
            database: database, randomness: office.randomness, connect: { try await connections.connect($0, $1) })
        while try await check.runNext() {}
    }

    /// Connected, with ours beside Visma's: one customer with another name, one alike but for the address.
    func beforeTheFirstImport(name: String = "Et helt annet navn") async throws -> (other: String, alike: String) {
        _ = try await connections.activateService(company: Self.company, tenantID: Self.tenant, by: "test")
        let customers = try #require(sandbox.records(Self.tenant)).customers
        let (first, second) = (try #require(customers.first), try #require(customers.last))
        try await write { transaction in
            try Customer.create(
                Customer(id: CustomerID("egen-1"), number: first.number, name: name), in: transaction)
            try Customer.create(
                Customer(id: CustomerID("egen-2"), number: second.number, name: second.name), in: transaction)
        }
        return (first.number, second.number)
    }

    func customer(_ number: String) async throws -> Customer {
        try #require(try await read { try Customer.find(erpIDs: [], numbers: [number], in: $0).first })
    }
}

/// The page on which a company looks before it imports for the first time.
@Suite struct SetUpCheckPageTests {
    private let address = SetUpCheckPage.address

    @Test func aCompanyThatIsNotConnectedIsSentToConnectFirst() async throws {
        try await withWeb { bench in
            let browser = try await bench.signedIn(.administrator)
            let page = try await browser.get(address)
            #expect(page.text.contains("må kobles til Visma.net før den kan kontrolleres"))
            #expect(page.html.contains("href=\"\(ConnectionPage.address)\""))
            #expect(!page.html.contains("/kontroll/start"))
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func theWholeWayFromTheCheckToTheFirstImport(kind: TestDatabaseKind) async throws {
        try await withWeb(kind) { bench in
            let (other, alike) = try await bench.beforeTheFirstImport()
            let browser = try await bench.signedIn(.administrator)
            #expect(try await browser.get(address).text.contains("Ikke kontrollert ennå"))
            #expect(try await browser.post(address + "/start").location == address)
            let waiting = try await browser.get(address)
            #expect(waiting.text.contains("Starter straks") && waiting.html.contains("data-poll="))
            #expect(try await browser.get(address + "/utsnitt").text.contains("Starter straks"))
            try await bench.makeCheck()
            let found = try await browser.get(address)
            #expect(found.text.contains("Ferdig") && !found.html.contains("data-poll="))
            #expect(found.text.contains("2 med samme nummer røres ikke"))
            #expect(found.html.contains("href=\"/#fra-visma\""))
            let rows = found.html.matches(of: #/name="nummer" value="([^"]+)"/#).map { String($0.1) }
            #expect(rows == [other, alike], "different names first")
            #expect(found.text.contains("Et helt annet navn") && found.text.contains("Samme nummer, ulikt navn"))
            // Nothing that is not ticked is touched.
            try await bench.importCustomers()
            #expect(try await bench.customer(other).name == "Et helt annet navn")
            try await browser.get(address)
            let allowed = try await browser.post(
                address + "/tillat", ["liste": "customers", "funn": "", "side": "1", "nummer": other])
            #expect(allowed.location == address + "?liste=customers")
            #expect(try await browser.get(address).text.contains("1 til får overskrives ved neste import."))
            try await bench.importCustomers()
            #expect(try await bench.customer(other).name != "Et helt annet navn")
            #expect(try await bench.customer(alike).erpID == nil)
            try await browser.get(address)
            let stored = try await bench.read { try SetUpReport.rows(.customers, page: 1, in: $0).rows }
            let finding = try #require(stored.first { $0.number == alike }).finding
            try await browser.post(address + "/tillat-alle", ["liste": "customers", "funn": finding.rawValue])
            try await bench.importCustomers()
            #expect(try await bench.customer(alike).erpID != nil)
        }
    }

    @Test func aTickIsTakenBackAndDifferentNamesAreNeverAllowedInBulk() async throws {
        try await withWeb { bench in
            let (other, _) = try await bench.beforeTheFirstImport()
            let browser = try await bench.signedIn(.administrator)
            try await browser.get(address)
            try await browser.post(address + "/start")
            try await bench.makeCheck()
            try await browser.get(address)
            try await browser.post(address + "/tillat", ["liste": "customers", "nummer": other])
            #expect(try await browser.get(address).text.contains("Får overskrives"))
            try await browser.post(address + "/angre", ["liste": "customers", "nummer": other])
            let bulk = try await browser.post(
                address + "/tillat-alle", ["liste": "customers", "funn": "otherName"])
            #expect(bulk.status == .notFound)
            try await browser.get(address)
            try await browser.post(address + "/tillat", ["liste": "customers"])
            #expect(try await browser.get(address).text.contains("Huk av minst én rad først."))
            // A number that the check did not find as a pair cannot be smuggled in.
            try await browser.post(address + "/tillat", ["liste": "items", "nummer": other])
            try await browser.get(address)
            try await browser.post(address + "/tillat", ["liste": "customers", "nummer": "finnes-ikke"])
            #expect(try await bench.read { try SetUpReport.read(in: $0)?.lists.map(\.allowed) } == [0, 0, 0])
        }
    }

    @Test func hostileNamesAreTextAndAnotherCompanySeesNothing() async throws {
        try await withWeb { bench in
            _ = try await bench.beforeTheFirstImport(name: "<script>alert('x')</script>")
            let browser = try await bench.signedIn(.administrator)
            try await browser.get(address)
            try await browser.post(address + "/start")
            try await bench.makeCheck()
            let page = try await browser.get(address + "?funn=otherName")
            #expect(page.html.contains("&lt;script&gt;alert") && !page.html.contains("<script>alert"))
            for query in ["?liste=hours&side=-3", "?liste=%00&funn=%22%3E&side=999999999999", "?side=900"] {
                #expect(try await browser.get(address + query).status == .ok, "\(query)")
            }
            let neighbour = try await bench.signedIn(.administrator, of: WebBench.otherCompany)
            let theirs = try await neighbour.get(address)
            #expect(theirs.text.contains("Ikke kontrollert ennå") && !theirs.html.contains("alert"))
        }
    }

    @Test func aCheckThatFailsSaysWhatToDoAndOneThatIsStoppedCanBeGivenUp() async throws {
        try await withWeb { bench in
            _ = try await bench.beforeTheFirstImport()
            let browser = try await bench.signedIn(.administrator)
            bench.sandbox.setFaults([FaultRule(.serverErrorBeforeCommit, path: "project")])
            try await browser.get(address)
            try await browser.post(address + "/start")
            try await bench.makeCheck()
            let failed = try await browser.get(address)
            #expect(failed.text.contains("Kom ikke i mål") && failed.text.contains("Prøv igjen om noen minutter."))
            bench.sandbox.setFaults([])
            try await bench.connections.disconnect(company: WebBench.company, by: "test")
            try await browser.post(address + "/start")
            try await bench.makeCheck()
            let dead = try await browser.get(address)
            #expect(dead.text.contains("Koble til på nytt, og start kontrollen igjen"))
            #expect(dead.html.contains("href=\"\(ConnectionPage.address)\""))
            try await browser.post(address + "/start")
            try await browser.post(address + "/avbryt")
            #expect(try await browser.get(address).text.contains("Stanset"))
            try await browser.post(address + "/dropp")
            #expect(try await browser.get(address).text.contains("Ikke kontrollert ennå"))
        }
    }
}

extension WebBench {
    fileprivate func importCustomers() async throws {
        try await write { _ = try $0.requestRun(of: .customers, by: "test") }
        try await runDue()
    }
}
