import Foundation
import HTTPTypes
import Persistence
import Proresult
import Sync
import TestSupport
import Testing

@testable import Web

/// *Vareuttak* and *Min side* on the telephone: a worker sees and changes only what is the worker's own.
@Suite struct OwnWithdrawalPageTests {
    static let rules = CompanySetting.Rules.self

    @Test(arguments: TestDatabaseKind.allCases)
    func theUsualWithdrawalIsThreeTaps(kind: TestDatabaseKind) async throws {
        try await withWeb(kind) { bench in
            try await bench.connectForGoods()
            let worker = try await bench.signedIn(.worker)
            let page = try await worker.get("/min/vareuttak")
            #expect(page.text.contains("ROR-22") && page.text.contains("Ingen uttak her ennå."))
            // The first tap is the item; what stands in the form then is what the second saves.
            let item = try await bench.item()
            let link = try #require(page.html.firstMatch(of: #/href="([^"]*vare=[^"]*)"><strong>Vare ROR-22/#)).1
            let form = try await worker.get(String(link).replacing("&amp;", with: "&"))
            let projectID = try form.value(of: "prosjekt")
            let typed: KeyValuePairs = [
                "prosjekt": projectID, "vare": try form.value(of: "vare"), "skjema": try form.value(of: "skjema"),
                "antall": try form.value(of: "antall"), "dato": try form.value(of: "dato"),
            ]
            #expect(try await worker.post("/min/vareuttak", typed).status == .seeOther)
            #expect(try await worker.post("/min/vareuttak", typed).status == .seeOther)
            let lines = try await bench.read { try Withdrawal.of(ProjectID(projectID), in: $0) }
            #expect(lines.count == 1 && lines.first?.quantity == 1 && lines.first?.itemID == item.id)
            #expect(lines.first?.workerID == WebBench.kari && lines.first?.date.description == "2026-11-16")
            let after = try await worker.get("/min/vareuttak")
            #expect(after.text.contains("brukt før") && after.text.contains("Registrert"))
            #expect(try await worker.get("/min").text.contains("Vare ROR-22"))
        }
    }

    @Test func whatIsFreeTextAndWhatMayBeChangedIsTheCompanysToSay() async throws {
        try await withWeb { bench in
            try await bench.connectForGoods()
            let (project, item) = (try await bench.project(), try await bench.item())
            let worker = try await bench.signedIn(.worker)
            let chosen = "/min/vareuttak?prosjekt=\(project.id.text)"
            #expect(try await worker.get(chosen).text.contains("Fritekstvare"))
            let free = try await worker.get(chosen + "&fritekst=ja")
            #expect(!free.html.contains("name=\"innpris\""))
            try await worker.post(
                "/min/vareuttak",
                [
                    "prosjekt": project.id.text, "fritekst": "ja", "skjema": try bench.formName(free),
                    "antall": "2", "dato": "2026-11-16", "tekst": "<script>alert(1)</script>", "pris": "12,50",
                ])
            let line = try #require(try await bench.withdrawals().first)
            #expect(line.itemID == nil && line.salesPrice == Decimal(exact: "12.5"))
            let list = try await worker.get("/min/vareuttak")
            #expect(list.html.contains("&lt;script&gt;") && !list.html.contains("<script>alert"))

            try await bench.write { transaction in
                try CompanySetting.set(Self.rules.allowFreeTextKey, "no", in: transaction)
                try CompanySetting.set(Self.rules.costPriceInAppKey, "yes", in: transaction)
            }
            #expect(try await !worker.get(chosen).html.contains("fritekst=ja"))
            let form = try await worker.get(chosen + "&vare=\(item.id.text)")
            #expect(form.html.contains("name=\"innpris\"") && !form.html.contains("name=\"pris\""))
            let forged = try await worker.post(
                "/min/vareuttak",
                [
                    "prosjekt": project.id.text, "fritekst": "ja", "skjema": "s2", "antall": "2",
                    "dato": "2026-11-16", "tekst": "Leie",
                ])
            #expect(forged.status == .unprocessableContent)
            #expect(forged.text.contains("Linjen må ha en vare fra vareregisteret."))
            let dearer = try await worker.post(
                "/min/vareuttak",
                [
                    "prosjekt": project.id.text, "vare": item.id.text, "skjema": "s3", "antall": "2",
                    "dato": "2026-11-16", "pris": "1",
                ])
            #expect(dearer.text.contains("Varetekst, pris og enhet kan ikke endres."))
            #expect(try await bench.withdrawals().count == 1)
        }
    }

    @Test func anOwnLineIsChangedDeletedAndReturned() async throws {
        try await withWeb { bench in
            try await bench.connectForGoods()
            try await bench.takeOut(4)
            try await bench.takeOut(3, id: "w2", invoicedAs: "PRV-1")
            let project = try await bench.project()
            let worker = try await bench.signedIn(.worker)
            let page = try await worker.get("/min/vareuttak/w1")
            #expect(page.html.contains("action=\"/min/vareuttak/w1\""))
            try await worker.post(
                "/min/vareuttak/w1", ["prosjekt": project.id.text, "antall": "5", "dato": "2026-11-16"])
            let changed = try await bench.read { try Withdrawal.get(WithdrawalID("w1"), in: $0) }
            let item = try await bench.item()
            #expect(changed.quantity == 5 && changed.text == item.name && changed.costPrice == item.costPrice)
            let wrong = try await worker.post(
                "/min/vareuttak/w1", ["prosjekt": project.id.text, "antall": "mange", "dato": "2026-11-16"])
            #expect(wrong.status == .unprocessableContent && wrong.text.contains("«mange» kan ikke leses"))
            try await worker.post("/min/vareuttak/w1/slett")
            #expect(try await bench.withdrawals().map(\.id.text) == ["w2"])

            let invoiced = try await worker.get("/min/vareuttak/w2")
            #expect(
                invoiced.text.contains("Denne linjen er overført og kan ikke endres. Bruk retur for å rette den."))
            #expect(!invoiced.html.contains("/min/vareuttak/w2/slett"))
            let locked = try await worker.post("/min/vareuttak/w2/slett")
            #expect(locked.status == .unprocessableContent)
            let tooMuch = try await worker.post(
                "/min/vareuttak/w2/retur", ["skjema": "r1", "antall": "4", "dato": "2026-11-16"])
            #expect(tooMuch.text.contains("Det kan returneres høyst 3"))
            for _ in 1...2 {
                try await worker.post(
                    "/min/vareuttak/w2/retur", ["skjema": "r1", "antall": "3", "dato": "2026-11-16"])
            }
            #expect(try await bench.withdrawals().map(\.quantity).sorted() == [-3, 3])
            #expect(try await worker.get("/min/vareuttak/w2").text.contains("Alt er returnert."))
        }
    }

    @Test func othersLinesAreSeenAndReturnedOnlyWhereTheCompanyAllowsIt() async throws {
        try await withWeb { bench in
            try await bench.connectForGoods()
            let per = WorkerID("firma-per")
            try await bench.write { transaction in
                _ = try Worker.create(
                    Worker(id: per, employeeNumber: "2", username: "per", name: "Per Lie"), in: transaction)
            }
            try await bench.takeOut(4, by: per)
            let project = try await bench.project()
            let worker = try await bench.signedIn(.worker)
            let back: KeyValuePairs = ["skjema": "r1", "antall": "1", "dato": "2026-11-16"]
            let edit: KeyValuePairs = ["prosjekt": project.id.text, "antall": "1", "dato": "2026-11-16"]
            let path = "/min/vareuttak?prosjekt=\(project.id.text)"
            #expect(try await !worker.get(path).text.contains("Per Lie"))
            #expect(try await worker.get("/min/vareuttak/w1").status == .notFound)
            #expect(try await worker.post("/min/vareuttak/w1/retur", back).status == .notFound)
            try await bench.write { try CompanySetting.set(Self.rules.usersSeeOthersKey, "yes", in: $0) }
            #expect(try await worker.get(path).text.contains("Per Lie"))
            let page = try await worker.get("/min/vareuttak/w1")
            #expect(page.status == .ok && !page.html.contains("/min/vareuttak/w1/slett"))
            #expect(!page.html.contains("action=\"/min/vareuttak/w1\""))
            #expect(try await worker.post("/min/vareuttak/w1", edit).status == .notFound)
            #expect(try await worker.post("/min/vareuttak/w1/slett").status == .notFound)
            #expect(try await worker.post("/min/vareuttak/w1/retur", back).status == .seeOther)
            let lines = try await bench.withdrawals()
            #expect(lines.map(\.quantity).sorted() == [-1, 4])
            #expect(lines.first { $0.quantity < 0 }?.workerID == WebBench.kari)
        }
    }

    @Test func anotherCompanysGoodsAreNotThere() async throws {
        try await withWeb { bench in
            try await bench.connectForGoods()
            try await bench.takeOut(4)
            let (project, item) = (try await bench.project(), try await bench.item())
            let thief = try await bench.signedIn(.worker, of: WebBench.otherCompany)
            try await thief.get("/min/vareuttak")
            #expect(try await thief.get("/min/vareuttak/w1").status == .notFound)
            #expect(try await thief.get("/min/vareuttak?prosjekt=\(project.id.text)").status == .notFound)
            #expect(try await thief.get("/min/vareuttak?vare=\(item.id.text)").status == .notFound)
            for (path, fields) in [
                ("/min/vareuttak/w1/slett", [:]),
                ("/min/vareuttak/w1", ["prosjekt": project.id.text, "antall": "1", "dato": "2026-11-16"]),
                ("/min/vareuttak/w1/retur", ["skjema": "s", "antall": "1", "dato": "2026-11-16"]),
            ] as [(String, KeyValuePairs<String, String>)] {
                #expect(try await thief.post(path, fields).status == .notFound, "\(path)")
            }
            #expect(try await bench.withdrawals().map(\.quantity) == [4])
        }
    }

    @Test func aUserWhoIsNoWorkerIsTold() async throws {
        try await withWeb { bench in
            let bookkeeper = try await bench.signedIn(.bookkeeper)
            for path in ["/min", "/min/vareuttak"] {
                #expect(try await bookkeeper.get(path).text.contains("Brukeren din er ikke koblet til en arbeider"))
            }
            #expect(try await bookkeeper.get("/min/vareuttak/w1").status == .notFound)
            let worker = try await bench.signedIn(.worker)
            #expect(try await worker.get("/min/vareuttak").text.contains("Ingen åpne prosjekt ennå."))
            let page = try await worker.get("/min")
            #expect(page.text.contains("Ingen timer ført denne uken ennå."))
            #expect(page.text.contains("Ingen vareuttak denne uken."))
        }
    }
}
