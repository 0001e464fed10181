import Foundation
import HTTPTypes
import Persistence
import TestSupport
import Testing

@testable import Proresult
@testable import Web

/// The read interface that speaks like Proresult's own, as its clients use it.
@Suite struct TMCAPITests {
    private func get(
        _ bench: WebBench, _ query: String, account: String, secret: String
    ) async throws -> Browser.Page {
        try await bench.browser().get(
            "/soap/tmcapi.php?\(query)", headers: ["X-Account-ID": account, "X-API-Secret": secret])
    }

    /// Read back by our own reader of CSV: by heading.
    private func rows(_ page: Browser.Page) throws -> [[String: String]] {
        let rows = try CSVText.rows(Array(page.html.utf8), limit: 1000)
        let heading = try #require(rows.first).cells
        return rows.dropFirst().map { row in
            #expect(row.cells.count == heading.count && !row.hasStrayQuote)
            return Dictionary(zip(heading, row.cells)) { first, _ in first }
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func theThreeListsAreGivenAsCSV(kind: TestDatabaseKind) async throws {
        try await withWeb(kind) { bench in
            try await bench.fillBoth()
            let key = try await bench.caller(.leader).key
            let now = bench.clock.now
            try await bench.write { transaction in
                try Project.insert(
                    [
                        Project(
                            id: ProjectID("p2"), number: "11", name: "Ferdig", state: .closed, closedAt: now,
                            closedBy: .user)
                    ], in: transaction)
            }
            let code = try await bench.database.readAcrossCompanies {
                try #require(try Company.find(WebBench.company, in: $0)).code
            }
            for account in [WebBench.company.text, code, code.uppercased(), "Rør og Tak firma"] {
                let page = try await get(bench, "fn=prosjektCSV", account: account, secret: key)
                #expect(page.status == .ok, "\(account)")
                #expect(page.headers[.contentType] == "text/csv; charset=utf-8")
                #expect(page.headers[.setCookie] == nil)
                #expect(try rows(page).map { $0["prosjektnummer"] } == ["10"])
            }
            let all = try rows(try await get(bench, "fn=prosjektCSV&taMedAvslutta=1", account: code, secret: key))
            #expect(all.map { $0["avslutta"] } == ["0", "1"])
            #expect(all.first?["kundenummer"] == "500")
            let workers = try rows(try await get(bench, "fn=tilsettCSV", account: code, secret: key))
            #expect(workers.map { $0["namn"] } == ["Kari Moe"] && workers.first?["aktiv"] == "1")
            let customers = try rows(try await get(bench, "fn=kundeCSV", account: code, secret: key))
            #expect(customers.map { $0["namn"] } == ["Kai Øy AS"])
        }
    }

    @Test func noCellIsAFormulaAndEveryCellComesBackAsItWas() async throws {
        try await withWeb { bench in
            let hostile = [
                "=1+1", "+47 900 00 000", "-1", "@SUM(A1)", "＝1", "＋1", "a;b", "a,b", "\"sitat\"", "to\nlinjer",
                "æøå", "\";=1", "a\r\nb", "'allerede",
            ]
            try await bench.write { transaction in
                for (number, name) in hostile.enumerated() {
                    try Customer.insert(
                        [Customer(id: CustomerID("c\(number)"), number: String(100 + number), name: name)],
                        in: transaction)
                }
            }
            let key = try await bench.caller(.leader).key
            let page = try await get(bench, "fn=kundeCSV", account: "firma", secret: key)
            let names = try rows(page).map { $0["namn"] ?? "" }
            #expect(names.count == hostile.count)
            for (name, given) in zip(names, hostile) {
                let isFormula = "=+-@＝＋".contains(given.prefix(1))
                #expect(name == (isFormula ? "'" + given : given))
            }
            #expect(page.headers[.contentDisposition] == "attachment; filename=\"kunde.csv\"")
        }
    }

    @Test func whoHasNoAccessIsToldInTheWordsThatClientsLookFor() async throws {
        try await withWeb { bench in
            try await bench.fillBoth()
            let (key, stranger) = (
                try await bench.caller(.leader).key, try await bench.caller(.leader, of: WebBench.otherCompany).key
            )
            let worker = try await bench.caller(.worker, name: "Liten").key
            for (account, secret, status) in [
                ("", "", 401), ("firma", "", 401), ("", key, 401), ("firma", key + "x", 401), ("annet", key, 401),
                ("firma", stranger, 401), ("firma", worker, 403),
            ] {
                let page = try await get(bench, "fn=kundeCSV", account: account, secret: secret)
                #expect(page.status.code == status, "\(account)")
                #expect(page.html.contains("TMCAPI - ingen tilgang"))
            }
            // A key in an address, or as the API takes it, is none here.
            let inAddress = try await get(bench, "fn=kundeCSV&X-API-Secret=\(key)", account: "firma", secret: "")
            #expect(inAddress.status == .unauthorized)
            let bearer = try await bench.browser().get(
                "/soap/tmcapi.php?fn=kundeCSV", headers: ["Authorization": "Bearer \(key)"])
            #expect(bearer.status == .unauthorized)
            let unknown = try await get(bench, "fn=hmsCSV", account: "firma", secret: key)
            #expect(unknown.status == .notFound && unknown.html == "TMCAPI - ukjent funksjon")
        }
    }
}
