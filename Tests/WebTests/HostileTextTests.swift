import Foundation
import HTTPTypes
import Persistence
import Proresult
import Sync
import TestSupport
import Testing

@testable import Web

/// S14 and S15: what Visma, a person or an address says is text, on every page and in every list's questions.
@Suite struct HostileTextTests {
    /// Each carries the word `krok`, by which it is found again where it was not taken for text.
    static let corpus = [
        "<script>krok</script>", "<b id=krok>", "\"><img src=x onerror=krok>", "' onmouseover='krok",
        "\" onfocus=\"krok\" autofocus x=\"", "</title><svg/onload=krok>", "</textarea><b id=krok>", "--><b id=krok>",
        "{{krok}}${krok}", "javascript:krok", "&lt;b id=krok&gt;", "'; DROP TABLE worker; -- krok", "% _ \\ krok",
        "\u{202e}krok\u{0}".replacing("\u{0}", with: "\u{7}"), "krok\r\nSet-Cookie: krok=1",
    ]

    /// Columns that hold words of others, and are shown.
    private static let columns = [
        "worker": ["name", "email", "phone"], "app_user": ["name"], "customer": ["name", "address", "city"],
        "project": ["name", "address", "city"], "project_work_type": ["name"], "work_type": ["name"],
        "item": ["name", "unit"], "item_group": ["name"], "hour_entry": ["comment", "internal_note"],
        "withdrawal": ["text", "unit", "extra_text", "note"], "run": ["error"],
        "run_item": ["record_number", "detail"],
        "export_document": ["explanation"],
    ]

    /// What a page must not have: a tag or attribute that came in with a word.
    static func breakout(_ html: String) -> String? {
        let signs = [
            "<script>krok", "<b id=krok", "<img src=x", "<svg/onload", "' onmouseover='", "\" onfocus=\"krok",
            "href=\"javascript:",
        ]
        return signs.first { html.contains($0) }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func whatOthersWroteIsTextOnEveryPage(kind: TestDatabaseKind) async throws {
        try await withWeb(kind) { bench in
            try await Self.fill(bench)
            for (role, starts) in [
                (Role.administrator, ["/", "/min", "/min/timer"]), (.worker, ["/min/timer", "/min"]),
            ] {
                let crawl = try await Crawl(try await bench.signedIn(role), from: starts)
                var kinds: Set<String> = []
                for (address, page) in crawl.pages {
                    #expect(page.status != .internalServerError, "\(role) \(address)")
                    #expect(Self.breakout(page.html) == nil, "\(role) \(address)")
                    #expect(page.headers[values: .setCookie].allSatisfy { !$0.contains("krok") }, "\(address)")
                    let path = String(address.prefix { $0 != "?" })
                    if page.html.contains("krok") { kinds.insert(RouteTable.route(at: path)?.path ?? path) }
                }
                // The words must have been there to be shown.
                let places =
                    role == .worker
                    ? ["/min/timer", "/min/vareuttak/{id}", "/min"]
                    : [
                        "/arbeidere", "/arbeidere/{id}", "/kunder", "/kunder/{id}", "/prosjekt", "/prosjekt/{id}",
                        "/varer",
                        "/varer/{id}", "/varer/grupper", "/timer", "/timer/{id}", "/timer/arbeider/{arbeider}",
                        "/vareuttak",
                        "/vareuttak/{id}", "/vareuttak/ny", "/overforing", "/kjorelogg/{id}", "/brukere",
                        "/brukere/{id}",
                        "/bilag/{id}",
                    ]
                #expect(Set(places).subtracting(kinds) == [], "\(role)")
            }
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func whateverStandsInAnAddressIsAQuestionAndNoMore(kind: TestDatabaseKind) async throws {
        try await withWeb(kind) { bench in
            try await Self.fill(bench)
            let browser = try await bench.signedIn(.administrator)
            let crawl = try await Crawl(browser, from: ["/", "/min/timer"])
            var asked: Set<String> = []
            for (address, page) in crawl.pages {
                let parts = address.split(separator: "?", maxSplits: 1).map(String.init)
                let path = parts.first ?? ""
                // The names of the links' questions, and of the fields of the page's own searches.
                var names = parts.dropFirst().joined().split(separator: "&").map { String($0.prefix { $0 != "=" }) }
                if let form = page.html.firstMatch(of: #/<form method="get".*?<\/form>/#.dotMatchesNewlines()) {
                    names += form.output.matches(of: #/name="([^"]+)"/#).map { String($0.1) }
                }
                for name in names where asked.insert("\(RouteTable.route(at: path)?.path ?? path) \(name)").inserted {
                    for word in Self.corpus + ["-1", "99999999999999999999", "2026-W99", "0000-13-45", ""] {
                        let found = try await browser.get(path + Fields([(name, word)]).query)
                        #expect(found.status != .internalServerError, "\(path) \(name)=\(word)")
                        #expect(Self.breakout(found.html) == nil, "\(path) \(name)=\(word)")
                    }
                }
            }
            #expect(asked.count > 20, "\(asked.sorted())")
        }
    }

    /// One record of each kind on its way to Visma, sent and stopped; then every word is bent.
    private static func fill(_ bench: WebBench) async throws {
        try await bench.connectForGoods()
        try await bench.enter(7.5, on: "2026-11-14", id: "h1", approved: true)
        try await bench.enter(4, on: "2026-11-15", id: "h2")
        try await bench.takeOut(3, id: "w1")
        try await bench.takeOut(2, id: "w2", text: "Diverse")
        try await bench.write { transaction in
            for job in [JobName.hours, .withdrawals] { _ = try transaction.requestRun(of: job, by: "test") }
        }
        try await bench.runDue()
        try await bench.enter(5, on: "2026-11-16", id: "h3", approved: true)
        try await bench.takeOut(1, id: "w3")
        try await bench.write { transaction in
            for (table, columns) in columns {
                let key = table == "run_item" ? "run_id" : "id"
                let rows = try transaction.query(
                    "SELECT \(raw: key) AS id FROM \(raw: table) WHERE company_id = \(transaction.company) ORDER BY 1")
                for (number, row) in rows.enumerated() {
                    let id = try row.get("id", as: String.self)
                    for (place, column) in columns.enumerated() {
                        let word = corpus[(number + place) % corpus.count] + " \(number)"
                        try transaction.execute(
                            """
                            UPDATE \(raw: table) SET \(raw: column) = \(word)
                            WHERE company_id = \(transaction.company) AND \(raw: key) = \(id)
                            """)
                    }
                }
            }
        }
    }
}
