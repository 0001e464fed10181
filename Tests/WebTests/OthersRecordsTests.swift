import Foundation
import HTTPTypes
import Persistence
import Proresult
import Sync
import TestSupport
import Testing

@testable import Web

/// S21: what belongs to another company is not there, at whatever address somebody asks for it. Every route that takes
/// an id is in one of the lists below, or the test fails.
@Suite struct OthersRecordsTests {
    /// What stands in the address is no record of a company.
    private static let noRecords = [
        "/static/", "/oppstart/", "/invitasjon/", "/jobber/", "/hjelp/", "/oppsett/visma-net/",
    ]

    @Test(arguments: TestDatabaseKind.allCases)
    func whatIsAnothersIsNotThereAtAnyAddress(kind: TestDatabaseKind) async throws {
        try await withWeb(kind) { bench in
            let ids = try await Self.records(bench)
            let before = try await Self.rows(bench)
            let stranger = try await bench.signedIn(.administrator, of: WebBench.otherCompany)
            let worker = try await bench.signedIn(.worker, of: WebBench.otherCompany)
            for browser in [stranger, worker] { try await browser.get("/konto") }
            var seen = 0
            for route in RouteTable.all where route.path.contains("{") {
                guard case .people = route.access, !Self.noRecords.contains(where: route.path.hasPrefix) else {
                    continue
                }
                let prefix = try #require(
                    ids.keys.filter(route.path.hasPrefix).max { $0.count < $1.count }, "\(route.path) is in no list")
                let id = try #require(ids[prefix])
                let path = route.path.replacing(#/\{[^}]*\}/#, with: id)
                let browser = route.path.hasPrefix("/min/") ? worker : stranger
                // What is asked before the record is looked for.
                let form: KeyValuePairs = ["rolle": "leader", "avgjorelse": "trekk", "grunn": "prøver"]
                let page = route.isSafe ? try await browser.get(path) : try await browser.post(path, form)
                // To end a session that one does not have is done already, and tells nothing.
                let isEnding = route.path.hasPrefix("/konto/okter/")
                #expect(page.status == (isEnding ? .seeOther : .notFound), "\(AccessTests.name(route)) \(id)")
                seen += 1
            }
            #expect(seen > 40)
            #expect(try await Self.rows(bench) == before)
            let misses = try await bench.database.read(company: WebBench.otherCompany) { transaction in
                try transaction.first("SELECT count(*) AS n FROM audit WHERE action = 'not found'")?
                    .get("n", as: Int.self) ?? 0
            }
            #expect(misses > 20, "asking for what is another's leaves its trace")
        }
    }

    /// One record of each kind, by the beginning of the addresses that take it.
    private static func records(_ bench: WebBench) async throws -> [String: String] {
        _ = try await bench.sentDocument()
        try await bench.enter(4, on: "2026-11-17", id: "h-other")
        try await bench.takeOut(2, id: "w-other")
        _ = try await bench.caller(.leader)
        _ = try await bench.signedIn(.leader)
        return try await bench.read { transaction in
            func id(_ table: String, _ column: String = "id") throws -> String {
                let sql: SQL =
                    "SELECT \(raw: column) AS id FROM \(raw: table) WHERE company_id = \(transaction.company)"
                return try #require(try transaction.first(sql), "\(table)").get("id")
            }
            let entry = "h-other"
            let line = "w-other"
            return [
                "/konto/okter/": try id("session"), "/min/timer/": entry, "/timer/foring/": entry, "/timer/": entry,
                "/timer/arbeider/": WebBench.kari.text, "/brukere/": try id("app_user"),
                "/brukere/nokler/": try id("program_key"), "/arbeidere/": WebBench.kari.text,
                "/kunder/": try id("customer"), "/prosjekt/": try id("project"), "/varer/": try id("item"),
                "/varer/grupper/": try id("item_group"), "/kjorelogg/": try id("run"),
                "/bilag/": try id("export_document", "reference"), "/vareuttak/": line, "/min/vareuttak/": line,
            ]
        }
    }

    /// How many rows each table of the company has, and what stands in the records that could have been changed.
    private static func rows(_ bench: WebBench) async throws -> [String] {
        try await bench.read { transaction in
            var told: [String] = []
            for (table, columns) in [
                ("hour_entry", "id || state || version"), ("withdrawal", "id || state || version"),
                ("worker", "id || name || coalesce(inactive_at, 0)"), ("item", "id || sales_price || item_group_id"),
                ("item_group", "id || name"), ("project", "id || state"),
                ("app_user", "id || role || coalesce(disabled_at, 0)"),
                ("program_key", "id || coalesce(revoked_at, 0)"), ("session", "id"),
                ("worker_wage", "worker_id || hourly_wage"),
                ("export_document", "id || state"), ("approval", "id"), ("job", "name || coalesce(next_run_at, 0)"),
            ] {
                let sql: SQL = """
                    SELECT \(raw: columns) AS told FROM \(raw: table)
                    WHERE company_id = \(transaction.company) ORDER BY 1
                    """
                told += try transaction.query(sql).map { "\(table) \(try $0.get("told", as: String.self))" }
            }
            return told
        }
    }
}
