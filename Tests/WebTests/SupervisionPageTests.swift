import Foundation
import HTTPTypes
import Persistence
import Proresult
import Sync
import TestSupport
import Testing

@testable import Web

/// "Tilsyn": everything that waits for a person, each told in plain words with the way to where it ends.
@Suite struct SupervisionPageTests {
    @Test(arguments: TestDatabaseKind.allCases)
    func everyThingThatWaitsIsToldWithItsButton(kind: TestDatabaseKind) async throws {
        try await withWeb(kind) { bench in
            let leader = try await bench.signedIn(.leader)
            #expect(try await leader.get("/tilsyn").text.contains("Ingenting venter på en person."))
            let document = try await bench.sentDocument()
            try await bench.putUnderReview(document)
            _ = try await bench.database.transactionAcrossCompanies {
                try ExportShutter.shut(because: "a <restored> backup", by: "drift", in: $0)
            }
            _ = try await bench.write { transaction in
                for (id, kind) in zip(1..., ExportAlarm.Kind.allCases) {
                    try transaction.execute(
                        """
                        INSERT INTO export_alarm (company_id, id, reference, kind, period, erp_number, detail, found_at)
                        VALUES (\(WebBench.company), \("a\(id)"), \(document.reference), \(kind), '202611', 'PM<7>',
                            'detail', 1)
                        """)
                }
            }
            let page = try await bench.signedIn(.bookkeeper).get("/tilsyn")
            for words in [
                "Overføringen er stengt", "1 dokument står dobbelt i Visma.", "Borte fra Visma:", "Endret i Visma:",
                "Ukjent her:", "PM<7> i Visma", "Visma har flere dokumenter med denne referansen",
                "a <restored> backup",
            ] { #expect(page.text.contains(words), "\(words)") }
            #expect(!page.html.contains("PM<7>") && !page.html.contains("<restored>"))
            for place in ["stengt", "varsler", "vurdering"] {
                #expect(page.html.contains("id=\"\(place)\""), "\(place)")
            }
            #expect(page.html.contains("href=\"/bilag/\(document.reference)\""))
            #expect(!page.html.contains("/tilsyn/apne"))
            let home = try await leader.get("/")
            for place in ["/tilsyn#stengt", "/tilsyn#varsler", "/tilsyn#vurdering"] {
                #expect(home.html.contains(place), "\(place)")
            }
        }
    }

    @Test func onlyAnAdministratorWithAFreshProofOpensTheExports() async throws {
        try await withWeb { bench in
            _ = try await bench.database.transactionAcrossCompanies {
                try ExportShutter.shut(because: "restored", by: "drift", in: $0)
            }
            func isShut() async throws -> Bool { try await bench.read { try ExportShutter.standing(in: $0) } != nil }
            let bookkeeper = try await bench.signedIn(.bookkeeper)
            try await bookkeeper.prove()
            #expect(try await bookkeeper.post("/tilsyn/apne", ["grunn": "sett"]).status == .forbidden)
            let administrator = try await bench.signedIn(.administrator)
            bench.clock.advance(by: .seconds(400))
            #expect(try await administrator.get("/tilsyn").html.contains("/tilsyn/apne"))
            #expect(try await administrator.post("/tilsyn/apne", ["grunn": "sett"]).status == .forbidden)
            #expect(try await isShut())
            try await administrator.prove()
            let silent = try await administrator.post("/tilsyn/apne", ["grunn": "  "])
            #expect(silent.status == .unprocessableContent)
            #expect(try await isShut())
            #expect(try await administrator.post("/tilsyn/apne", ["grunn": "alt er sett"]).location == "/tilsyn")
            #expect(try await !isShut())
            let again = try await administrator.post("/tilsyn/apne", ["grunn": "alt er sett"])
            #expect(again.text.contains("Overføringen er ikke stengt."))
            let other = try await bench.database.read(company: WebBench.otherCompany) {
                try ExportShutter.standing(in: $0)
            }
            #expect(other != nil, "another company's exports stay shut")
        }
    }
}
