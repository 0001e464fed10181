import Foundation
import HTTPTypes
import Persistence
import Proresult
import Sync
import TestSupport
import Testing

@testable import Web

/// Documents and doubt on the pages: what is told, who may decide, and what a decision changes.
@Suite struct DocumentPageTests {
    @Test func aDocumentTellsItsLinesItsAttemptsAndItsNumberInVisma() async throws {
        try await withWeb { bench in
            let early = try await bench.signedIn(.bookkeeper)
            #expect(try await early.get("/bilag").text.contains("Ingenting er sendt til Visma ennå."))
            let document = try await bench.sentDocument()
            let bookkeeper = try await bench.signedIn(.bookkeeper)
            let list = try await bookkeeper.get("/bilag")
            #expect(list.text.contains(document.reference.text))
            #expect(list.text.contains("Står i Visma"))
            #expect(list.text.contains("600,00"))
            let page = try await bookkeeper.get("/bilag/\(document.reference)")
            for words in [
                "Kari Moe", "Sendt til Visma.", "Visma tok imot det som", document.erpNumber ?? "?", "5000 / 5990",
                "600,00", "Historikk",
            ] { #expect(page.text.contains(words), "\(words)") }
            #expect(try await bookkeeper.get("/bilag/\(document.erpNumber ?? "?")").text.contains("Kari Moe"))
            #expect(try await bookkeeper.get("/bilag?timer=h1").text.contains(document.reference.text))
            #expect(try await bookkeeper.get("/bilag?timer=h2").text.contains("Ingen bilag passer til utvalget."))
            let hostile = try await bookkeeper.get("/bilag?sok=%3Cscript%3E&timer=%22%3E%3Cb%3E")
            #expect(hostile.html.contains("&lt;script&gt;") && !hostile.html.contains("<script>"))
            #expect(!hostile.html.contains("\"><b>"))
            let run = document.erpNumber ?? "?"
            let log = try await bookkeeper.get("/kjorelogg?jobb=hours")
            let address = try #require(log.html.matches(of: #/href="(/kjorelogg/[^"?]+)"/#).first).1
            #expect(try await bookkeeper.get(String(address)).html.contains("href=\"/bilag/\(run)\""))
        }
    }

    @Test func amountsAreForThoseWhoKeepTheBooks() async throws {
        try await withWeb { bench in
            let document = try await bench.sentDocument()
            let leader = try await bench.signedIn(.leader)
            #expect(try await !leader.get("/bilag").text.contains("600,00"))
            let page = try await leader.get("/bilag/\(document.reference)")
            #expect(page.text.contains("Kari Moe"))
            #expect(!page.text.contains("600,00") && !page.text.contains("300,00"))
        }
    }

    @Test func aDocumentUnderReviewIsExplainedAndDecidedWithAReason() async throws {
        try await withWeb { bench in
            let document = try await bench.sentDocument()
            try await bench.putUnderReview(document)
            let path = "/bilag/\(document.reference)"
            let leader = try await bench.signedIn(.leader)
            let seen = try await leader.get(path)
            #expect(seen.text.contains("Visma har flere dokumenter med denne referansen: PM<1>, PM2."))
            #expect(seen.html.contains("PM&lt;1&gt;"))
            #expect(seen.text.contains("Søk etter \(document.reference) i beskrivelsen"))
            #expect(!seen.html.contains("/avgjor"))

            let bookkeeper = try await bench.signedIn(.bookkeeper)
            try await bookkeeper.prove()
            let forms = try await bookkeeper.get(path)
            #expect(forms.text.contains("Send på nytt") && forms.text.contains("Trekk dokumentet"))
            let silent = try await bookkeeper.post("\(path)/avgjor", ["avgjorelse": "trekk", "grunn": " "])
            #expect(silent.status == .unprocessableContent)
            #expect(silent.text.contains("Skriv hvorfor, og hva du så i Visma."))
            let odd = try await bookkeeper.post("\(path)/avgjor", ["avgjorelse": "slett", "grunn": "x"])
            #expect(odd.status == .badRequest)
            #expect(try await bench.documents().map(\.state) == [.needsReview])

            let number = "PM000009"
            let done = try await bookkeeper.post(
                "\(path)/avgjor", ["avgjorelse": "bekreft", "nummer": number, "grunn": "<i>beholdt</i> PM9"])
            #expect(done.location == path)
            let told = try await bookkeeper.get(path)
            #expect(told.text.contains("Bekreftet. Postene låses ved neste kjøring."))
            #expect(told.html.contains("&lt;i&gt;beholdt&lt;/i&gt;"))
            let after = try #require(try await bench.documents().first)
            #expect(after.state == .confirmed)
            #expect(after.erpNumber == number)
            let audited = try await bench.count(
                "SELECT count(*) AS n FROM audit WHERE actor = 'bookkeeper' AND action = 'document confirmed'")
            #expect(audited == 1)
            let late = try await bookkeeper.post("\(path)/avgjor", ["avgjorelse": "send", "grunn": "igjen"])
            #expect(late.status == .unprocessableContent)
            #expect(late.text.contains("Dette er nå: Står i Visma."))
        }
    }

    @Test func voidingFreesTheRecordsAndSendingAgainKeepsThem() async throws {
        for (word, state) in [("trekk", ExportDocument.State.voided), ("send", .ready)] {
            try await withWeb { bench in
                let document = try await bench.sentDocument()
                try await bench.putUnderReview(document)
                let browser = try await bench.signedIn(.administrator)
                try await browser.prove()
                let done = try await browser.post(
                    "/bilag/\(document.reference)/avgjor", ["avgjorelse": word, "grunn": "finnes ikke"])
                #expect(done.status == .seeOther)
                #expect(try await bench.documents().map(\.state) == [state])
                let free = try await bench.count(
                    "SELECT count(*) AS n FROM export_line WHERE released_at IS NOT NULL")
                #expect(free == (state == .voided ? 1 : 0))
            }
        }
    }

    @Test func aDecisionNeedsTheRoleAndAFreshProofAndIsRefusedInDoubt() async throws {
        try await withWeb { bench in
            let document = try await bench.sentDocument()
            try await bench.putUnderReview(document)
            let path = "/bilag/\(document.reference)"
            let fields: KeyValuePairs = ["avgjorelse": "trekk", "grunn": "uten bevis"]
            let bookkeeper = try await bench.signedIn(.bookkeeper)
            bench.clock.advance(by: .seconds(400))
            try await bookkeeper.get(path)
            let sent = try await bookkeeper.post("\(path)/avgjor", fields)
            #expect(sent.status == .forbidden)
            #expect(
                sent.html.contains("value=\"uten bevis\""), "what was typed is kept while the password is asked for")
            let leader = try await bench.signedIn(.leader)
            try await leader.get("/konto")
            #expect(try await leader.post("\(path)/avgjor", fields).status == .forbidden)
            #expect(try await bench.documents().map(\.state) == [.needsReview])

            _ = try await bench.write {
                try $0.execute("UPDATE export_document SET state = 'unknown', doubtful_at = 0")
            }
            try await bookkeeper.prove()
            #expect(try await bookkeeper.get(path).text.contains("Ferje ser etter i Visma av seg selv"))
            let doubtful = try await bookkeeper.post("\(path)/avgjor", fields)
            #expect(doubtful.status == .unprocessableContent)
            #expect(doubtful.text.contains("Dette er nå: Uavklart."))
            #expect(try await bench.documents().map(\.state) == [.unknown])
        }
    }

    @Test func aRefusedRecordIsTriedAgainFromItsDocumentAndFromSupervision() async throws {
        try await withWeb { bench in
            let document = try await bench.sentDocument()
            func refuse() async throws {
                _ = try await bench.write { transaction in
                    try transaction.execute(
                        "DELETE FROM outbox WHERE company_id = \(WebBench.company) AND document_id = \(document.id)")
                    try transaction.execute(
                        "UPDATE export_document SET state = 'rejected', explanation = 'the task <is> closed'")
                    try transaction.execute("UPDATE export_line SET released_at = 1")
                    try transaction.execute("DELETE FROM export_rejection")
                    try transaction.execute(
                        """
                        INSERT INTO export_rejection (company_id, source_kind, source_id, source_version, document_id,
                            explanation, rejected_at)
                        SELECT company_id, source_kind, source_id, source_version, document_id, 'closed', 1
                        FROM export_line
                        """)
                    try transaction.execute(
                        "UPDATE hour_entry SET state = 'approved', transferred_at = NULL, transferred_reference = NULL, transferred_run = NULL"
                    )
                }
            }
            try await refuse()
            let bookkeeper = try await bench.signedIn(.bookkeeper)
            let path = "/bilag/\(document.reference)"
            #expect(try await bookkeeper.get(path).text.contains("Visma sier: the task <is> closed"))
            let again = try await bookkeeper.post("\(path)/provigjen")
            #expect(again.location == path)
            let after = try await bookkeeper.get(path)
            #expect(after.text.contains("1 timeføring går med ved neste overføring."))
            #expect(!after.html.contains("/provigjen"))

            try await refuse()
            #expect(try await bookkeeper.get("/tilsyn").text.contains("1 timeføring er avvist av Visma."))
            let all = try await bookkeeper.post("/tilsyn/provigjen", ["jobb": "hours"])
            #expect(all.location == "/tilsyn")
            #expect(try await bookkeeper.get("/tilsyn").text.contains("Ingenting venter på en person."))
            #expect(try await bookkeeper.post("/tilsyn/provigjen", ["jobb": "customers"]).status == .notFound)
        }
    }

    @Test func anotherCompanysDocumentIsNotThere() async throws {
        try await withWeb { bench in
            let document = try await bench.sentDocument()
            try await bench.putUnderReview(document)
            let stranger = try await bench.signedIn(.administrator, of: WebBench.otherCompany)
            try await stranger.prove()
            let path = "/bilag/\(document.reference)"
            #expect(try await stranger.get(path).status == .notFound)
            #expect(try await !stranger.get("/bilag").text.contains(document.reference.text))
            let fields: KeyValuePairs = ["avgjorelse": "trekk", "grunn": "ikke mitt"]
            #expect(try await stranger.post("\(path)/avgjor", fields).status == .notFound)
            #expect(try await stranger.post("\(path)/provigjen").status == .notFound)
            #expect(try await bench.documents().map(\.state) == [.needsReview])
        }
    }
}
