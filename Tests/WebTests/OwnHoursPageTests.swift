import Foundation
import HTTPTypes
import Persistence
import Proresult
import TestSupport
import Testing

@testable import Web

/// *Før timer* and an own entry: changed and deleted until approved, copied from the last day, seen week by week.
@Suite struct OwnHoursPageTests {
    @Test(arguments: TestDatabaseKind.allCases)
    func anEntryIsChangedUntilItIsApproved(kind: TestDatabaseKind) async throws {
        try await withWeb(kind) { bench in
            try await bench.connectAndImport()
            let entry = try await bench.enter(8)
            let worker = try await bench.signedIn(.worker)
            let page = try await worker.get("/min/timer")
            #expect(page.html.contains("href=\"/min/timer/h1\""))
            let form = try await worker.get("/min/timer/h1")
            #expect(form.html.contains("action=\"/min/timer/h1\"") && form.html.contains("value=\"8\""))
            let wrong = try await worker.post("/min/timer/h1", bench.form(entry, hours: "25"))
            #expect(wrong.status == .unprocessableContent && wrong.text.contains("25 timer er mer enn et døgn."))
            #expect(try await bench.hours().map(\.total) == [8])
            #expect(try await worker.post("/min/timer/h1", bench.form(entry, hours: "7,25")).status == .seeOther)
            #expect(try await bench.hours().map(\.total) == [Decimal(exact: "7.25")])

            let (now, randomness) = (bench.clock.now, bench.office.randomness)
            try await bench.write { transaction in
                _ = try HourEntry.approve(
                    entry.id, by: Actor(username: "leader", role: .leader), at: now, randomness: randomness,
                    in: transaction)
            }
            let approved = try await worker.get("/min/timer/h1")
            #expect(approved.text.contains("Timene er godkjent og kan ikke endres her."))
            #expect(!approved.html.contains("action=\"/min/timer/h1\""))
            #expect(try await !worker.get("/min").html.contains("href=\"/min/timer/h1\""))
            let late = try await worker.post("/min/timer/h1", bench.form(entry, hours: "1"))
            #expect(late.status == .unprocessableContent)
            #expect(try await worker.post("/min/timer/h1/slett").status == .unprocessableContent)
            let kept = try #require(try await bench.hours().first)
            #expect(kept.total == Decimal(exact: "7.25") && kept.state == .approved)
        }
    }

    @Test func anEntryIsDeletedAndSentBackOnesSayWhy() async throws {
        try await withWeb { bench in
            try await bench.connectAndImport()
            try await bench.enter(8)
            let (now, randomness) = (bench.clock.now, bench.office.randomness)
            try await bench.write { transaction in
                _ = try HourEntry.reject(
                    HourEntryID("h1"), by: Actor(username: "leader", role: .leader), comment: "<i>Feil</i> prosjekt",
                    at: now, randomness: randomness, in: transaction)
            }
            let worker = try await bench.signedIn(.worker)
            for path in ["/min", "/min/timer", "/min/timer/h1"] {
                let page = try await worker.get(path)
                #expect(page.html.contains("&lt;i&gt;Feil&lt;/i&gt; prosjekt"), "\(path)")
                #expect(page.text.contains("avvist"), "\(path)")
            }
            #expect(try await worker.post("/min/timer/h1/slett").location == "/min/timer")
            #expect(try await bench.hours().isEmpty)
        }
    }

    @Test func transferredHoursTellWhomToAsk() async throws {
        try await withWeb { bench in
            try await bench.connectAndImport()
            let entry = try await bench.enter(8, transferredAs: "PM000123")
            let worker = try await bench.signedIn(.worker)
            let page = try await worker.get("/min")
            #expect(page.text.contains("PM000123") && page.text.contains("si fra til lederen"))
            #expect(try await worker.get("/min/timer/h1").text.contains("si fra til lederen"))
            let wrong = try await worker.post("/min/timer/h1", bench.form(entry, hours: "1"))
            #expect(wrong.status == .unprocessableContent)
            #expect(try await bench.hours().map(\.total) == [8])
        }
    }

    @Test func theLastDayIsCopiedOnceToAnEmptyDay() async throws {
        try await withWeb { bench in
            try await bench.connectAndImport()
            try await bench.enter(6, on: "2026-11-13", id: "f1")
            try await bench.enter(2, on: "2026-11-13", id: "f2")
            let worker = try await bench.signedIn(.worker)
            let page = try await worker.get("/min/timer")
            #expect(page.text.contains("Kopier 13.11.2026"))
            let card = try #require(page.html.firstMatch(of: #/kopier"[\s\S]*?name="skjema" value="([^"]+)"/#)).1
            let fields: KeyValuePairs = ["dato": "2026-11-16", "skjema": String(card)]
            for _ in 1...2 { #expect(try await worker.post("/min/timer/kopier", fields).location == "/min/timer") }
            let copies = try await bench.hours().filter { $0.date.description == "2026-11-16" }
            #expect(copies.map(\.total).sorted() == [2, 6])
            #expect(copies.allSatisfy { $0.state == .registered })
            #expect(try await !worker.get("/min/timer").text.contains("Kopier"))
            let again = try await worker.post("/min/timer/kopier", ["dato": "2026-11-16", "skjema": "annet"])
            #expect(again.status == .unprocessableContent && again.text.contains("Dagen har alt timer."))
            let future = try await worker.post("/min/timer/kopier", ["dato": "2026-11-30", "skjema": "tredje"])
            #expect(future.status == .unprocessableContent && future.text.contains("fram i tid"))
            let nonsense = try await worker.post("/min/timer/kopier", ["dato": "i går", "skjema": "fjerde"])
            #expect(nonsense.status == .unprocessableContent)
            #expect(try await bench.hours().count == 4)
        }
    }

    @Test func theWeekIsSeenAtAGlanceAndADayChosenInIt() async throws {
        try await withWeb { bench in
            try await bench.connectAndImport()
            try await bench.enter(6, on: "2026-11-16", id: "m1")
            try await bench.enter(2, on: "2026-11-10", id: "l1", approved: true)
            let worker = try await bench.signedIn(.worker)
            let week = try await worker.get("/min")
            #expect(week.text.contains("6 timer i alt") && week.text.contains("6 registrert"))
            let last = try await worker.get("/min?uke=2026-W46")
            #expect(last.text.contains("2 timer i alt") && last.text.contains("2 godkjent"))
            #expect(last.html.contains("href=\"/min/timer?dato=2026-11-10\""))
            let day = try await worker.get("/min/timer?dato=2026-11-10")
            #expect(try day.value(of: "dato") == "2026-11-10")
            #expect(day.text.contains("2 timer i alt"))
        }
    }

    @Test func overtimeIsAPartOfTheHoursAndTimesGiveTheNumber() async throws {
        try await withWeb { bench in
            try await bench.connectAndImport()
            let worker = try await bench.signedIn(.worker)
            let page = try await worker.get("/min/timer")
            let (project, workType) = try bench.chosen(page)
            func send(_ fields: [(String, String)], _ name: String) async throws -> Browser.Page {
                let pairs =
                    [
                        ("prosjekt", project), ("arbeidsart", workType), ("skjema", name), ("dato", "2026-11-16"),
                        ("timer", "7,5"), ("forslag", "7,5"), ("csrf", worker.formToken),
                    ] + fields
                return try await worker.send(
                    "/min/timer", .post,
                    headers: [
                        "Origin": WebBench.origin, "Sec-Fetch-Site": "same-origin",
                        "Content-Type": "application/x-www-form-urlencoded",
                    ], body: String(Fields(pairs.map { (name: $0.0, value: $0.1) }).query.dropFirst()))
            }
            let tooMuch = try await send([("overtid50", "5"), ("overtid100", "3")], "s1")
            #expect(tooMuch.status == .unprocessableContent && tooMuch.text.contains("Overtid er en del av timene"))
            #expect(
                try await send([("fra", "07:00"), ("til", "16:30"), ("pause", "30"), ("overtid50", "1,5")], "s2").status
                    == .seeOther)
            let entry = try #require(try await bench.hours().first)
            #expect(entry.total == 9 && entry.overtime50 == Decimal(exact: "1.5") && entry.breakMinutes == 30)
            #expect(try await worker.get("/min").text.contains("herav 1,5 overtid 50 %"))
            // Sent again with something else in it: nothing is lost in silence.
            let other = try await send([("kommentar", "grøft")], "s2")
            #expect(other.status == .unprocessableContent && other.text.contains("Dette skjemaet er alt sendt"))
            #expect(try await bench.hours().count == 1)
        }
    }

    @Test func anothersEntriesAreNotThere() async throws {
        try await withWeb { bench in
            try await bench.connectAndImport()
            let entry = try await bench.enter(8)
            let leader = try await bench.signedIn(.leader)
            try await leader.get("/konto")
            #expect(try await leader.get("/min/timer/h1").status == .notFound)
            let thief = try await bench.signedIn(.worker, of: WebBench.otherCompany)
            try await thief.get("/min")
            #expect(try await thief.get("/min/timer/h1").status == .notFound)
            #expect(try await thief.post("/min/timer/h1", bench.form(entry, hours: "1")).status == .notFound)
            #expect(try await thief.post("/min/timer/h1/slett").status == .notFound)
            #expect(try await thief.get("/min/timer?prosjekt=\(entry.projectID.text)").status == .notFound)
            #expect(try await bench.hours().map(\.total) == [8])
        }
    }
}
