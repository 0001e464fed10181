import Foundation
import HTTPTypes
import Persistence
import Proresult
import TestSupport
import Testing

@testable import Web

/// The registers and the workers: what came from Visma, what may be changed here, and by whom.
@Suite struct RegisterPageTests {
    @Test func theRegistersShowWhatCameFromVisma() async throws {
        try await withWeb { bench in
            let browser = try await bench.signedIn(.bookkeeper)
            #expect(try await browser.get("/kunder").text.contains("Ingenting her ennå. Hent fra Visma på forsiden."))
            try await bench.connectAndImport()
            #expect(try await browser.get("/kunder").text.contains("10001 Kunde 1 AS"))
            #expect(try await browser.get("/kunder?sok=kunde+2").text.contains("1 i alt"))
            #expect(try await browser.get("/kunder?sok=finnes+ikke").text.contains("Ingenting passer til søket."))
            #expect(try await browser.get("/prosjekt").text.contains("P-1 Prosjekt P-1"))
            #expect(try await !browser.get("/prosjekt").text.contains("P-FERDIG"))
            #expect(try await browser.get("/varer").text.contains("ROR-22"))
        }
    }

    @Test func aClosedProjectIsToldAndCanBeReopened() async throws {
        try await withWeb { bench in
            try await bench.connectAndImport()
            let project = try #require(try await bench.read { try Project.find(number: "P-1", in: $0) })
            let leader = try await bench.signedIn(.leader)
            #expect(try await leader.get("/prosjekt/\(project.id.text)").text.contains("Oppgave 10"))
            try await leader.post("/prosjekt/\(project.id.text)/avslutt")
            #expect(try await leader.get("/prosjekt/\(project.id.text)").text.contains("Avslutta"))
            #expect(try await !leader.get("/prosjekt").text.contains("Prosjekt P-1 "))
            #expect(try await leader.get("/prosjekt?vis=alle").text.contains("P-1"))
            try await leader.get("/prosjekt/\(project.id.text)")
            try await leader.post("/prosjekt/\(project.id.text)/gjenoppta")
            #expect(try await leader.get("/prosjekt").text.contains("P-1"))
        }
    }

    @Test func aNumberThatBelongsToAnotherIsAnAlarm() async throws {
        try await withWeb { bench in
            try await bench.connectAndImport()
            let browser = try await bench.signedIn(.administrator)
            try await browser.get("/arbeidere/ny")
            let made = try await browser.post(
                "/arbeidere/ny", ["navn": "<i>Per</i> Lie", "brukernavn": "per", "ansattnummer": "", "visma": "8"])
            let path = try #require(made.location)
            let page = try await browser.get(path)
            #expect(page.html.contains("&lt;i&gt;Per&lt;/i&gt; Lie"))
            #expect(!page.html.contains("<i>Per</i>"))
            #expect(page.text.contains("Kobla"))
            try await browser.get("/arbeidere/firma-kari")
            let taken = try await browser.post("/arbeidere/firma-kari/visma", ["visma": "8"])
            #expect(taken.status == .unprocessableContent)
            #expect(taken.text.contains("er i bruk av <i>Per</i> Lie"))
            let linked = try await browser.post("/arbeidere/firma-kari/visma", ["visma": "7"])
            #expect(linked.status == .seeOther)
            try await browser.get("/arbeidere/firma-kari")
            try await browser.post("/arbeidere/firma-kari/visma", ["visma": "4711"])
            let nobody = try await browser.get("/arbeidere/firma-kari")
            #expect(nobody.text.contains("Visma har ingen aktiv ansatt med nummer 4711."))
        }
    }

    @Test func theWageIsForThoseWhoKeepTheBooks() async throws {
        try await withWeb { bench in
            try await bench.connectAndImport()
            let leader = try await bench.signedIn(.leader)
            for path in ["/arbeidere", "/arbeidere/firma-kari", "/overforing"] {
                let page = try await leader.get(path)
                #expect(page.status == .ok)
                #expect(!page.text.contains("300,00") && !page.text.contains("Timelønn"), "\(path)")
            }
            let bookkeeper = try await bench.signedIn(.bookkeeper)
            #expect(try await bookkeeper.get("/arbeidere").text.contains("300,00"))
            try await bookkeeper.get("/arbeidere/firma-kari")
            let wrong = try await bookkeeper.post(
                "/arbeidere/firma-kari/timelonn", ["timelonn": "-1", "fra": "2026-11-01"])
            #expect(wrong.text.contains("må være over null"))
            try await bookkeeper.post("/arbeidere/firma-kari/timelonn", ["timelonn": "312,50", "fra": "2026-11-01"])
            #expect(try await bookkeeper.get("/arbeidere/firma-kari").text.contains("01.11.2026 312,50"))
        }
    }

    @Test func anotherCompanysWorkersAndProjectsAreNotThere() async throws {
        try await withWeb { bench in
            try await bench.connectAndImport()
            let project = try #require(try await bench.read { try Project.find(number: "P-1", in: $0) })
            let stranger = try await bench.signedIn(.administrator, of: WebBench.otherCompany)
            try await stranger.get("/konto")
            #expect(try await stranger.get("/arbeidere/firma-kari").status == .notFound)
            #expect(try await stranger.get("/prosjekt/\(project.id.text)").status == .notFound)
            for (path, fields) in [
                ("/arbeidere/firma-kari/visma", ["visma": "9"]),
                ("/arbeidere/firma-kari/timelonn", ["timelonn": "1", "fra": "2026-11-01"]),
                ("/arbeidere/firma-kari/aktiv", ["aktiv": "nei"]), ("/prosjekt/\(project.id.text)/avslutt", [:]),
            ] as [(String, KeyValuePairs<String, String>)] {
                #expect(try await stranger.post(path, fields).status == .notFound, "\(path)")
            }
            let kari = try await bench.read { try Worker.get(WorkerID("firma-kari"), in: $0) }
            #expect(kari.isActive && kari.vismaEmployeeNumber == nil)
        }
    }
}
