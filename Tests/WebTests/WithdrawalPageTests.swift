import Foundation
import HTTPTypes
import Persistence
import Proresult
import Sync
import TestSupport
import Testing
import VismaNetSandbox

@testable import Web

/// Item withdrawals in the office: register for others, change, delete, return, and where a line stands.
@Suite struct WithdrawalPageTests {
    @Test(arguments: TestDatabaseKind.allCases)
    func theOfficeTakesOutForAWorkerAndTheLineGoesToVismaAndComesBack(kind: TestDatabaseKind) async throws {
        try await withWeb(kind) { bench in
            try await bench.connectForGoods()
            let (project, item) = (try await bench.project(), try await bench.item())
            let leader = try await bench.signedIn(.leader)
            let empty = try await leader.get("/vareuttak")
            #expect(empty.text.contains("Ingen vareuttak disse dagene."))
            #expect(empty.html.contains("href=\"/vareuttak/ny\""))
            let choose = try await leader.get("/vareuttak/ny?arbeider=firma-kari&prosjekt=\(project.id.text)&sok=ror")
            #expect(choose.text.contains("ROR-22"))
            let form = try await leader.get(
                "/vareuttak/ny?arbeider=firma-kari&prosjekt=\(project.id.text)&vare=\(item.id.text)")
            let fields: KeyValuePairs = [
                "arbeider": "firma-kari", "prosjekt": project.id.text, "vare": item.id.text,
                "skjema": try bench.formName(form), "dato": "2026-11-16", "antall": "2,5", "rabatt": "10",
            ]
            let saved = try await leader.post("/vareuttak/ny", fields)
            #expect(saved.location?.hasPrefix("/vareuttak/ny?") == true)
            #expect(try await leader.get("/vareuttak/ny").text.contains("Lagret: 2,5"))
            // Pressed twice.
            try await leader.post("/vareuttak/ny", fields)
            let line = try #require(try await bench.withdrawals().first)
            #expect(try await bench.withdrawals().count == 1)
            #expect(line.quantity == Decimal(exact: "2.5") && line.discountPercent == 10 && line.itemID == item.id)
            #expect(line.salesPrice == item.salesPrice && line.workerID == WebBench.kari)

            let before = try await leader.get("/vareuttak/\(line.id.text)")
            #expect(before.text.contains("Linjen er ikke sendt ennå."))
            try await bench.write { _ = try $0.requestRun(of: .withdrawals, by: "test") }
            try await bench.runDue()
            let after = try await leader.get("/vareuttak/\(line.id.text)")
            #expect(
                after.text.contains("Denne linjen er overført og kan ikke endres. Bruk retur for å rette den."))
            #expect(after.text.contains("Fakturert") && after.text.contains("Står i Visma"))
            let reference = try #require(try await bench.withdrawals().first?.transferredReference)
            #expect(after.text.contains(reference))
            #expect(!after.html.contains("action=\"/vareuttak/\(line.id.text)\""))
            let list = try await leader.get("/vareuttak")
            #expect(list.text.contains(reference) && list.html.contains("icon out"))

            let back: KeyValuePairs = [
                "arbeider": "firma-kari", "skjema": try bench.formName(after), "antall": "1,5", "dato": "2026-11-16",
            ]
            try await leader.post("/vareuttak/\(line.id.text)/retur", back)
            try await leader.post("/vareuttak/\(line.id.text)/retur", back)
            #expect(try await bench.withdrawals().map(\.quantity).sorted() == [Decimal(exact: "-1.5"), line.quantity])
            let returned = try await leader.get("/vareuttak")
            #expect(returned.html.contains("icon back") && returned.text.contains("returnert 1,5"))
            try await bench.write { _ = try $0.requestRun(of: .withdrawals, by: "test") }
            try await bench.runDue()
            let documents = try #require(bench.sandbox.snapshot().companies.first).documents
            #expect(documents.flatMap { $0.lines.map(\.quantity.description) } == ["2.5", "-1.5"])
        }
    }

    @Test func neverMoreComesBackThanWasTakenOut() async throws {
        try await withWeb { bench in
            try await bench.connectForGoods()
            try await bench.takeOut(10, invoicedAs: "PRV-1")
            let leader = try await bench.signedIn(.leader)
            for (quantity, told) in [
                ("10,5", "Det kan returneres høyst 10"), ("0", "Antallet kan ikke være null."),
                ("-1", "Antall kan ikke være negativ."), ("ti", "Antall: «ti» kan ikke leses."),
                ("", "Skriv hvor mye som kommer tilbake."),
            ] {
                let page = try await leader.get("/vareuttak/w1")
                let wrong = try await leader.post(
                    "/vareuttak/w1/retur",
                    [
                        "arbeider": "firma-kari", "skjema": try bench.formName(page), "antall": quantity,
                        "dato": "2026-11-16",
                    ])
                #expect(wrong.status == .unprocessableContent)
                #expect(wrong.text.contains(told), "\(quantity): \(wrong.text)")
            }
            #expect(try await bench.withdrawals().count == 1)
            let page = try await leader.get("/vareuttak/w1")
            #expect(page.html.contains("name=\"antall\" ") && page.html.contains("value=\"10\""))
            try await leader.post(
                "/vareuttak/w1/retur",
                [
                    "arbeider": "firma-kari", "skjema": try bench.formName(page), "antall": "10", "dato": "2026-11-16",
                ])
            let all = try await leader.get("/vareuttak/w1")
            #expect(all.text.contains("Alt er returnert."))
            #expect(!all.html.contains("/vareuttak/w1/retur"))
        }
    }

    @Test func aRegisteredLineIsChangedAndDeleted() async throws {
        try await withWeb { bench in
            try await bench.connectForGoods()
            try await bench.takeOut(4)
            try await bench.takeOut(1, id: "w2", text: "<b>Leie</b> av pumpe")
            let leader = try await bench.signedIn(.leader)
            #expect(try await !leader.get("/vareuttak/w1").html.contains("name=\"ekstra\""))
            try await bench.write { try CompanySetting.set(CompanySetting.Rules.extraCostKey, "yes", in: $0) }
            let page = try await leader.get("/vareuttak/w1")
            #expect(page.html.contains("action=\"/vareuttak/w1\""))
            let project = try await bench.project()
            let wrong = try await leader.post(
                "/vareuttak/w1",
                [
                    "arbeider": "firma-kari", "prosjekt": project.id.text, "antall": "5", "dato": "2026-11-30",
                    "tekst": "Rør", "pris": "100", "merknad": "<i>hei</i>",
                ])
            #expect(wrong.status == .unprocessableContent)
            #expect(wrong.text.contains("fram i tid"))
            #expect(wrong.html.contains("&lt;i&gt;hei&lt;/i&gt;") && !wrong.html.contains("<i>hei</i>"))
            let unchanged = try await bench.read { try Withdrawal.get(WithdrawalID("w1"), in: $0) }
            #expect(unchanged.quantity == 4 && unchanged.version == 1)
            try await leader.post(
                "/vareuttak/w1",
                [
                    "arbeider": "firma-kari", "prosjekt": project.id.text, "antall": "5", "dato": "2026-11-15",
                    "tekst": "Rør", "pris": "99,5", "ekstra": "yes", "ekstratekst": "kai",
                ])
            let changed = try await bench.read { try Withdrawal.get(WithdrawalID("w1"), in: $0) }
            #expect(changed.quantity == 5 && changed.text == "Rør" && changed.salesPrice == Decimal(exact: "99.5"))
            #expect(changed.isExtraCost && changed.extraText == "kai" && changed.date.description == "2026-11-15")
            // A form that does not show the box leaves the line as it is.
            try await leader.post(
                "/vareuttak/w1",
                ["arbeider": "firma-kari", "prosjekt": project.id.text, "antall": "6", "dato": "2026-11-15"])
            #expect(try await bench.read { try Withdrawal.get(WithdrawalID("w1"), in: $0) }.isExtraCost)
            let free = try await leader.get("/vareuttak/w2")
            #expect(free.html.contains("&lt;b&gt;Leie&lt;/b&gt;") && !free.html.contains("<b>Leie</b>"))
            try await leader.post("/vareuttak/w2/slett")
            #expect(try await bench.withdrawals().map(\.id.text) == ["w1"])
            #expect(try await leader.get("/vareuttak").text.contains("Linjen er slettet."))
        }
    }

    @Test func whatIsOnItsWayOrReturnedIsToldAndKept() async throws {
        try await withWeb { bench in
            try await bench.connectForGoods()
            let held = try await bench.takeOut(4)
            try await bench.write { try Withdrawal.hold([held], run: "r", in: $0) }
            let leader = try await bench.signedIn(.leader)
            let page = try await leader.get("/vareuttak/w1")
            #expect(page.text.contains("Denne linjen er under overføring og kan ikke endres nå."))
            #expect(!page.html.contains("/vareuttak/w1/slett"))
            let refused = try await leader.post("/vareuttak/w1/slett")
            #expect(refused.status == .unprocessableContent && refused.text.contains("under overføring"))
            #expect(try await bench.withdrawals().count == 1)
            try await bench.write { try Withdrawal.release([held.id], in: $0) }
            let free = try await leader.get("/vareuttak/w1")
            try await leader.post(
                "/vareuttak/w1/retur",
                ["arbeider": "firma-kari", "skjema": try bench.formName(free), "antall": "1", "dato": "2026-11-16"])
            #expect(try await leader.get("/vareuttak/w1").text.contains("Noe av dette er returnert"))
            let back = try #require(try await bench.withdrawals().first { $0.quantity < 0 })
            let returned = try await leader.get("/vareuttak/\(back.id.text)")
            #expect(returned.text.contains("Dette er en retur."))
            #expect(!returned.html.contains("/retur\""))
            try await leader.post("/vareuttak/\(back.id.text)/slett")
            #expect(try await bench.withdrawals().map(\.quantity) == [4])
        }
    }

    @Test func theListIsNarrowedByProjectWorkerStateAndWords() async throws {
        try await withWeb { bench in
            try await bench.connectForGoods()
            try await bench.takeOut(4)
            try await bench.takeOut(1, id: "w2", text: "Leie av pumpe", invoicedAs: "PRV-7")
            let browser = try await bench.signedIn(.bookkeeper)
            for (query, count) in [
                ("", 2), ("?sok=pumpe", 1), ("?sok=ror-22", 1), ("?status=invoiced", 1), ("?prosjekt=P-1", 2),
                ("?prosjekt=finnes+ikke", 0), ("?arbeider=firma-kari", 2), ("?arbeider=ukjent", 0),
                ("?fra=2026-11-17&til=2026-11-18", 0), ("?fra=2026-01-01&til=2026-12-31", 2),
            ] {
                let page = try await browser.get("/vareuttak\(query)")
                #expect(page.status == .ok)
                #expect(page.text.contains("\(count) i alt"), "\(query): \(page.text)")
            }
            #expect(try await browser.get("/vareuttak?prosjekt=x").text.contains("Ingen vareuttak passer til søket."))
            #expect(try await browser.get("/vareuttak?fra=i+dag").status == .badRequest)
        }
    }

    @Test func aFormThatWasSentBeforeWithSomethingElseIsAskedAbout() async throws {
        try await withWeb { bench in
            try await bench.connectForGoods()
            let (project, item) = (try await bench.project(), try await bench.item())
            let leader = try await bench.signedIn(.leader)
            let form = try await leader.get("/vareuttak/ny?prosjekt=\(project.id.text)&vare=\(item.id.text)")
            let name = try bench.formName(form)
            func send(_ quantity: String, _ name: String) async throws -> Browser.Page {
                try await leader.post(
                    "/vareuttak/ny",
                    [
                        "arbeider": "firma-kari", "prosjekt": project.id.text, "vare": item.id.text, "skjema": name,
                        "dato": "2026-11-16", "antall": quantity,
                    ])
            }
            #expect(try await send("1", name).status == .seeOther)
            let other = try await send("2", name)
            #expect(other.status == .unprocessableContent && other.text.contains("Dette skjemaet er alt sendt"))
            #expect(try await bench.withdrawals().map(\.quantity) == [1])
            let fresh = try bench.formName(other)
            #expect(fresh != name)
            #expect(try await send("2", fresh).status == .seeOther)
            #expect(try await bench.withdrawals().map(\.quantity).sorted() == [1, 2])
            #expect(try await send("2", "").status == .badRequest)
        }
    }

    @Test func anotherCompanysLinesAreNotThere() async throws {
        try await withWeb { bench in
            try await bench.connectForGoods()
            try await bench.takeOut(4)
            let (project, item) = (try await bench.project(), try await bench.item())
            let stranger = try await bench.signedIn(.administrator, of: WebBench.otherCompany)
            try await stranger.get("/konto")
            #expect(try await stranger.get("/vareuttak/w1").status == .notFound)
            for (path, fields) in [
                ("/vareuttak/w1", ["arbeider": "annet-kari", "prosjekt": "x", "antall": "1", "dato": "2026-11-16"]),
                ("/vareuttak/w1/slett", [:]),
                (
                    "/vareuttak/w1/retur",
                    ["arbeider": "annet-kari", "skjema": "s", "antall": "1", "dato": "2026-11-16"]
                ),
                (
                    "/vareuttak/ny",
                    [
                        "arbeider": "annet-kari", "prosjekt": project.id.text, "vare": item.id.text, "skjema": "s",
                        "antall": "1", "dato": "2026-11-16",
                    ]
                ),
            ] as [(String, KeyValuePairs<String, String>)] {
                #expect(try await stranger.post(path, fields).status == .notFound, "\(path)")
            }
            for query in ["?arbeider=firma-kari", "?prosjekt=\(project.id.text)", "?vare=\(item.id.text)"] {
                #expect(try await stranger.get("/vareuttak/ny\(query)").status == .notFound, "\(query)")
            }
            #expect(try await bench.withdrawals().map(\.quantity) == [4])
        }
    }
}
