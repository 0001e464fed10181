import Foundation
import HTTPTypes
import Logging
import Persistence
import Proresult
import Sync
import TestSupport
import Testing
import VismaNetConnector
import VismaNetSandbox

@testable import Web

/// The office's day from end to end on the pages: fetch, approve, look, send; and what they say when something is wrong.
@Suite struct OfficePageTests {
    @Test func anEmptyInstallationTellsTheFirstStep() async throws {
        try await withWeb { bench in
            let browser = try await bench.signedIn(.administrator)
            let home = try await browser.get("/")
            #expect(home.text.contains("Kom i gang"))
            #expect(home.text.contains("Koble til Visma.net"))
            #expect(home.html.contains("href=\"\(ConnectionPage.address)\""))
            #expect(try await browser.get("/kjorelogg").text.contains("Ingen jobb har kjørt ennå."))
            #expect(try await browser.get("/timer").text.contains("Ingen timer er ført denne uken."))
            #expect(try await browser.get("/overforing").text.contains("Ingen linjer her akkurat nå."))
            #expect(try await browser.get("/forhandsvisning?jobb=hours").text.contains("Visma er ikke lest ennå."))
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func hoursGoFromTheTelephoneToVisma(kind: TestDatabaseKind) async throws {
        try await withWeb(kind) { bench in
            try await bench.connectAndImport()
            let worker = try await bench.signedIn(.worker)
            let form = try await worker.get("/min/timer")
            #expect(form.text.contains("P-1 Prosjekt P-1"))
            let fields = try await bench.usualHours(form)
            let saved = try await worker.post("/min/timer", fields)
            #expect(saved.location == "/min/timer")
            #expect(try await worker.get("/min/timer").text.contains("7,5 timer i alt"))

            let leader = try await bench.signedIn(.leader)
            let week = try await leader.get("/timer")
            #expect(week.text.contains("Kari Moe"))
            try await leader.post("/timer/arbeider/\(WebBench.company)-kari/godkjenn", ["uke": "2026-W47"])
            #expect(try await leader.get("/timer").text.contains("1 føring er godkjent."))

            let bookkeeper = try await bench.signedIn(.bookkeeper)
            let board = try await bookkeeper.get("/overforing")
            #expect(board.text.contains("Kari Moe mangler Visma.net ansattnummer."))
            try await bench.write { transaction in
                _ = try Worker.link(WorkerID("firma-kari"), vismaEmployeeNumber: "7", in: transaction)
            }
            let preview = try await bookkeeper.get("/forhandsvisning?jobb=hours")
            #expect(preview.text.contains("Send denne linjen"))
            #expect(preview.text.contains("2 250,00"))
            let digest = try #require(preview.html.firstMatch(of: #/name="avtrykk" value="([^"]+)"/#)).1
            let sent = try await bookkeeper.post(
                "/forhandsvisning", ["jobb": "hours", "periode": "", "avtrykk": String(digest)])
            #expect(sent.location == "/")
            try await bench.runDue()
            let documents = try #require(bench.sandbox.snapshot().companies.first).documents
            #expect(documents.count == 1)
            #expect(documents.first?.lines.map(\.quantity.description) == ["7.5"])
            #expect(try await leader.get("/timer/arbeider/firma-kari?uke=2026-W47").text.contains("overført"))
            let log = try await bookkeeper.get("/kjorelogg?jobb=hours")
            #expect(log.text.contains("1 linje sendt"))
        }
    }

    @Test func theSameFormSentTwiceRegistersOnce() async throws {
        try await withWeb { bench in
            try await bench.connectAndImport()
            let worker = try await bench.signedIn(.worker)
            let fields = try await bench.usualHours(try await worker.get("/min/timer"))
            try await worker.post("/min/timer", fields)
            try await worker.post("/min/timer", fields)
            let count = try await bench.read {
                try $0.first("SELECT count(*) AS n FROM hour_entry")?.get("n", as: Int.self)
            }
            #expect(count == 1)
        }
    }

    @Test func aBrokenRuleIsToldOnTheFormAndNothingIsLost() async throws {
        try await withWeb { bench in
            try await bench.connectAndImport()
            let worker = try await bench.signedIn(.worker)
            let page = try await worker.get("/min/timer")
            let (project, workType) = try bench.chosen(page)
            let wrong = try await worker.post(
                "/min/timer",
                [
                    "prosjekt": project, "arbeidsart": workType, "skjema": "s1", "dato": "2026-11-16", "timer": "30",
                    "kommentar": "<b>grøft</b>",
                ])
            #expect(wrong.status == .unprocessableContent)
            #expect(wrong.text.contains("30 timer er mer enn et døgn."))
            #expect(wrong.html.contains("&lt;b&gt;grøft&lt;/b&gt;"))
            let unread = try await worker.post(
                "/min/timer",
                ["prosjekt": project, "arbeidsart": workType, "skjema": "s1", "dato": "2026-11-16", "timer": "sju"])
            #expect(unread.text.contains("Timer: «sju» kan ikke leses."))
            let pause = try await worker.post(
                "/min/timer",
                [
                    "prosjekt": project, "arbeidsart": workType, "skjema": "s1", "dato": "2026-11-16", "fra": "07:00",
                    "til": "15:00", "pause": "en halvtime",
                ])
            #expect(pause.status == .unprocessableContent)
            #expect(pause.text.contains("Pause (minutter): «en halvtime» kan ikke leses."))
            let count = try await bench.read {
                try $0.first("SELECT count(*) AS n FROM hour_entry")?.get("n", as: Int.self)
            }
            #expect(count == 0)
        }
    }

    @Test func anotherCompanysRecordsAreNotThere() async throws {
        try await withWeb { bench in
            try await bench.connectAndImport()
            let worker = try await bench.signedIn(.worker)
            try await worker.post("/min/timer", try await bench.usualHours(try await worker.get("/min/timer")))
            let (entry, run) = try await bench.read { transaction in
                (
                    try transaction.first("SELECT id FROM hour_entry")?.get("id", as: String.self) ?? "",
                    try transaction.first("SELECT id FROM run ORDER BY id")?.get("id", as: String.self) ?? ""
                )
            }
            let stranger = try await bench.signedIn(.administrator, of: WebBench.otherCompany)
            try await stranger.get("/konto")
            #expect(try await stranger.get("/kjorelogg/\(run)").status == .notFound)
            #expect(try await stranger.get("/timer/arbeider/firma-kari").status == .notFound)
            #expect(try await stranger.post("/timer/foring/\(entry)/godkjenn", ["trinn": "1"]).status == .notFound)
            #expect(
                try await stranger.post("/timer/arbeider/firma-kari/godkjenn", ["uke": "2026-W47"]).status == .notFound)
            let thief = try await bench.signedIn(.worker, of: WebBench.otherCompany)
            try await thief.get("/min/timer")
            #expect(try await thief.post("/min/timer/\(entry)/slett").status == .notFound)
        }
    }

    @Test func aRunThatFailedIsToldInPlainNorwegian() async throws {
        try await withWeb { bench in
            let browser = try await bench.signedIn(.bookkeeper)
            try await browser.get("/")
            try await browser.post("/jobber/customers")
            #expect(try await browser.get("/").text.contains("Kunder: kjøringen starter straks."))
            try await bench.runDue()
            let home = try await browser.get("/")
            #expect(home.text.contains("Trenger tilsyn") || home.text.contains("Feilet"))
            let log = try await browser.get("/kjorelogg")
            #expect(log.text.contains("Feilet"))
        }
    }

    @Test func pressingTheButtonManyTimesLeavesOneWish() async throws {
        try await withWeb { bench in
            try await bench.connectAndImport()
            let before = try await bench.runs()
            let browser = try await bench.signedIn(.bookkeeper)
            try await browser.get("/")
            for _ in 1...5 { try await browser.post("/jobber/customers") }
            try await bench.runDue()
            #expect(try await bench.runs() == before, "it ran this very moment, and rests for a second")
            bench.clock.advance(by: .seconds(1))
            try await bench.runDue()
            #expect(try await bench.runs() == before + 1)
        }
    }
}

extension WebBench {
    /// Connected, with lists, settings for hours, and a wage for Kari.
    func connectAndImport() async throws {
        _ = try await connections.activateService(company: Self.company, tenantID: Self.tenant, by: "test")
        try await write { transaction in
            for (key, value) in [
                (SyncSettings.Key.hoursItemNumber, "TIMER"), (.hoursDebitAccount, "5000"),
                (.hoursCreditAccount, "5990"),
            ] { try CompanySetting.set(key.rawValue, value, in: transaction) }
            let kari = try Worker.get(WorkerID("firma-kari"), in: transaction)
            let day = try #require(CalendarDate(year: 2026, month: 1, day: 1))
            try kari.setWage(300, validFrom: day, in: transaction)
            for job in [JobName.customers, .projects, .items, .hours] {
                _ = try transaction.requestRun(of: job, by: "test")
            }
        }
        try await runDue()
    }

    func runDue() async throws {
        let (connections, randomness) = (connections, office.randomness)
        let engine = SyncEngine(database: database, owner: "test", randomness: randomness, logger: .quiet) {
            try await connections.connect($0, $1)
        }
        while try await engine.tick() != nil {}
    }

    func runs() async throws -> Int {
        try await read { try $0.first("SELECT count(*) AS n FROM run")?.get("n") ?? 0 }
    }

    /// What stands chosen on the worker's form.
    func chosen(_ page: Browser.Page) throws -> (project: String, workType: String) {
        let project = try #require(page.html.firstMatch(of: #/type="hidden" name="prosjekt" value="([^"]+)"/#)).1
        let select = try #require(page.html.firstMatch(of: #/name="arbeidsart"[^>]*><option value="([^"]+)"/#)).1
        return (String(project), String(select))
    }

    func usualHours(_ page: Browser.Page) async throws -> KeyValuePairs<String, String> {
        let (project, workType) = try chosen(page)
        let name = try #require(page.html.firstMatch(of: #/name="skjema" value="([^"]+)"/#)).1
        return [
            "prosjekt": project, "arbeidsart": workType, "skjema": String(name), "dato": "2026-11-16", "timer": "7,5",
        ]
    }
}
