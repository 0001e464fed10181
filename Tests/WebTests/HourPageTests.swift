import Foundation
import HTTPTypes
import Persistence
import Proresult
import TestSupport
import Testing

@testable import Web

/// One entry in the office: changed by a leader, and corrected when it is transferred.
@Suite struct HourPageTests {
    @Test(arguments: TestDatabaseKind.allCases)
    func transferredHoursAreCorrectedByTwoEntriesThatPointAtThem(kind: TestDatabaseKind) async throws {
        try await withWeb(kind) { bench in
            try await bench.connectAndImport()
            let entry = try await bench.enter(8, transferredAs: "PM000123")
            let leader = try await bench.signedIn(.leader)
            #expect(try await leader.get("/timer/arbeider/firma-kari?uke=2026-W47").html.contains("/timer/h1"))
            let page = try await leader.get("/timer/h1")
            #expect(page.text.contains("PM000123") && page.html.contains("action=\"/timer/h1/rett\""))
            #expect(!page.html.contains("method=\"post\" action=\"/timer/h1\""))
            let same = try await leader.post("/timer/h1/rett", bench.form(entry, hours: "8"))
            #expect(same.status == .unprocessableContent && same.text.contains("Ingenting er endret"))
            let wrong = try await leader.post("/timer/h1/rett", bench.form(entry, hours: "30"))
            #expect(wrong.status == .unprocessableContent)
            #expect(try await bench.hours().count == 1)

            for _ in 1...2 {
                let saved = try await leader.post("/timer/h1/rett", bench.form(entry, hours: "7"))
                #expect(saved.status == .seeOther, "\(saved.text)")
            }
            let all = try await bench.hours()
            #expect(all.map(\.total).sorted() == [-8, 7, 8])
            let reversal = try #require(all.first { $0.reversesEntryID == entry.id })
            let correction = try #require(all.first { $0.correctsEntryID == entry.id })
            #expect(reversal.state == .approved && correction.state == .approved)
            let after = try await leader.get("/timer/h1")
            #expect(after.html.contains("/timer/\(reversal.id.text)"))
            #expect(after.html.contains("/timer/\(correction.id.text)"))
            #expect(!after.html.contains("/rett"))
            #expect(try await leader.get("/timer/\(reversal.id.text)").text.contains("Tilbakefører denne føringen"))
            let late = try await leader.post("/timer/h1/rett", bench.form(entry, hours: "6"))
            #expect(late.status == .unprocessableContent && late.text.contains("allerede rettet"))
        }
    }

    @Test func hoursAreTakenBackOnce() async throws {
        try await withWeb { bench in
            try await bench.connectAndImport()
            try await bench.enter(8, transferredAs: "PM000123")
            try await bench.enter(1, id: "h2")
            let leader = try await bench.signedIn(.leader)
            try await leader.get("/timer/h1")
            for _ in 1...2 {
                #expect(try await leader.post("/timer/h1/tilbakefor").location == "/timer/h1")
            }
            #expect(try await bench.hours().map(\.total).sorted() == [-8, 1, 8])
            #expect(try await !leader.get("/timer/h1").html.contains("/tilbakefor"))
            let open = try await leader.post("/timer/h2/tilbakefor")
            #expect(open.status == .unprocessableContent && open.text.contains("Bare overførte timer tilbakeføres."))
        }
    }

    @Test func aLeaderChangesAnEntryAndItsApprovalFalls() async throws {
        try await withWeb { bench in
            try await bench.connectAndImport()
            let entry = try await bench.enter(8, approved: true)
            let leader = try await bench.signedIn(.leader)
            #expect(try await leader.get("/timer/h1").text.contains("må de godkjennes på nytt"))
            try await leader.post(
                "/timer/h1",
                [
                    "prosjekt": entry.projectID.text, "arbeidsart": entry.projectWorkTypeID.text,
                    "dato": "2026-11-16", "timer": "6", "fakturerbart": "4", "kommentar": "<b>hei</b>",
                    "merknad": "internt",
                ])
            let changed = try #require(try await bench.hours().first)
            #expect(changed.total == 6 && changed.billableHours == 4 && changed.state == .registered)
            #expect(changed.internalNote == "internt")
            let page = try await leader.get("/timer/h1")
            #expect(page.html.contains("&lt;b&gt;hei&lt;/b&gt;") && !page.html.contains("<b>hei</b>"))
            let worker = try await bench.signedIn(.worker)
            #expect(try await !worker.get("/min/timer/h1").text.contains("internt"))
            // What the telephone does not show stays.
            try await worker.post("/min/timer/h1", bench.form(entry, hours: "6"))
            #expect(try await bench.hours().first?.internalNote == "internt")
            #expect(try await bench.hours().first?.billableHours == 4)
        }
    }

    @Test func aBookkeeperLooksAndChangesNothing() async throws {
        try await withWeb { bench in
            try await bench.connectAndImport()
            let entry = try await bench.enter(8, transferredAs: "PM000123")
            let bookkeeper = try await bench.signedIn(.bookkeeper)
            let page = try await bookkeeper.get("/timer/h1")
            #expect(page.status == .ok && !page.html.contains("/timer/h1/rett"))
            #expect(try await bookkeeper.post("/timer/h1/rett", bench.form(entry, hours: "7")).status == .forbidden)
            let stranger = try await bench.signedIn(.leader, of: WebBench.otherCompany)
            try await stranger.get("/konto")
            for path in ["/timer/h1", "/timer/h1/rett", "/timer/h1/tilbakefor"] {
                #expect(try await stranger.post(path, bench.form(entry, hours: "7")).status == .notFound, "\(path)")
            }
            #expect(try await stranger.get("/timer/h1").status == .notFound)
            #expect(try await bench.hours().map(\.total) == [8])
        }
    }
}
