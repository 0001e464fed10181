import Foundation
import HTTPTypes
import Persistence
import Proresult
import Sync
import TestSupport
import Testing

@testable import Web

/// *Oppsett → Innstillinger*: what can be chosen, what is refused and why, who may change and who may read.
@Suite struct SettingsPageTests {
    private static let visma = "/oppsett/visma-net"

    private func stored(_ bench: WebBench, _ key: SyncSettings.Key) async throws -> String? {
        try await bench.read { try CompanySetting.get(key.rawValue, in: $0) }
    }

    @Test func beforeTheConnectionThePageTellsHowItStandsAndNumbersAreTyped() async throws {
        try await withWeb { bench in
            let browser = try await bench.signedIn(.administrator)
            #expect(try await browser.get("/oppsett").text.contains("Integrasjoner → Visma.net"))
            let page = try await browser.get(Self.visma)
            #expect(page.text.contains("Ikke tilkoblet"))
            #expect(page.text.contains("Visma er ikke lest ennå"))
            #expect(page.text.contains("Ingen jobb har kjørt ennå."))
            #expect(page.html.contains("<input type=\"text\" id=\"f-hours-debitAccount\""))
            let order = ["Tilkobling", "Importer", "Eksporter", "Kontoer", "Kobling av ansatte", "Kjørelogg"]
            let places = order.compactMap { page.html.range(of: "<h2>\($0)")?.lowerBound }
            #expect(places.count == order.count && places == places.sorted())
            // What is typed while Visma cannot be asked is kept, with a word about it.
            let saved = try await browser.post(Self.visma + "/timekontoer", ["hours.debitAccount": "5000"])
            #expect(saved.location == Self.visma + "#timekontoer")
            #expect(
                try await browser.get(Self.visma).text.contains("Visma er ikke lest, så valget er ikke kontrollert."))
            #expect(try await stored(bench, .hoursDebitAccount) == "5000")
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func whatVismaHasIsChosenFromListsAndSaved(kind: TestDatabaseKind) async throws {
        try await withWeb(kind) { bench in
            try await bench.connectAndImport()
            let browser = try await bench.signedIn(.administrator)
            let page = try await browser.get(Self.visma)
            #expect(page.text.contains("Tilkoblet"))
            #expect(page.text.contains("Kontogruppe for timer: 5 (fast)"))
            let debit = try #require(page.html.firstMatch(of: #/<select id="f-hours-debitAccount".*?<\/select>/#)).0
            #expect(debit.contains("<option value=\"5000\" selected>5000 Konto 5000</option>"))
            #expect(debit.contains("4000 Konto 4000 – annen kontogruppe"))
            #expect(!debit.contains("5001"), "an inactive account is no choice")
            #expect(page.html.contains("<option value=\"TIMER\" selected>"))
            let saved = try await browser.post(
                Self.visma + "/vareuttakskontoer",
                [
                    "withdrawals.accountGroup": "4", "withdrawals.debitAccount": "4000",
                    "withdrawals.creditAccount": "5990", "withdrawals.debitSubaccount": "100000",
                    "withdrawals.creditSubaccount": "",
                ])
            #expect(saved.status == .seeOther)
            #expect(try await browser.get(Self.visma).text.contains("Kontoer for vareuttak: lagret."))
            #expect(try await stored(bench, .withdrawalsDebitAccount) == "4000")
            #expect(try await stored(bench, .withdrawalsDebitSubaccount) == "100000")
            let trail = try await bench.read { transaction in
                try transaction.query(
                    "SELECT actor, after_digest FROM audit WHERE subject_id = 'withdrawals.debitAccount' ORDER BY id"
                ).map { "\(try $0.get("actor", as: String.self)) \(try $0.get("after_digest", as: String.self))" }
            }
            #expect(trail == ["administrator 4000"])
        }
    }

    @Test func aProblemStandsAtItsFieldAndNothingOfTheFormIsSaved() async throws {
        try await withWeb { bench in
            try await bench.connectAndImport()
            let browser = try await bench.signedIn(.administrator)
            try await browser.get(Self.visma)
            let refused = try await browser.post(
                Self.visma + "/timekontoer",
                ["hours.debitAccount": "4000", "hours.creditAccount": "1460", "hours.debitSubaccount": "\"><b>x"])
            #expect(refused.status == .unprocessableContent)
            #expect(refused.text.contains("Ingenting er lagret."))
            let field = try #require(
                refused.html.firstMatch(of: #/id="f-hours-debitAccount-problem">([^<]*)</#))
            #expect(field.1 == "Konto 4000 hører til kontogruppe 4 i Visma, og må høre til 5.")
            #expect(refused.html.contains("id=\"f-hours-debitSubaccount-problem\""))
            #expect(!refused.html.contains("<b>x"))
            #expect(refused.html.contains("<option value=\"1460\" selected>"), "what was chosen stands")
            #expect(try await stored(bench, .hoursDebitAccount) == "5000")
            #expect(try await stored(bench, .hoursCreditAccount) == "5990")
        }
    }

    @Test func howAJobIsStartedIsChosenAndKeptWhenNothingChanges() async throws {
        try await withWeb { bench in
            try await bench.connectAndImport()
            let browser = try await bench.signedIn(.administrator)
            try await browser.get(Self.visma)
            let early = try await browser.post(
                Self.visma + "/timer", ["modus": "automatic", "hours.startDate": "", "hours.itemNumber": "TIMER"])
            #expect(early.status == .unprocessableContent)
            #expect(early.text.contains("Velg en startdato før overføringen settes til automatisk."))
            #expect(try await bench.read { try $0.jobModes()[.hours] } == .manual)
            try await browser.post(
                Self.visma + "/timer",
                ["modus": "automatic", "hours.startDate": "2026-11-01", "hours.itemNumber": "TIMER"])
            #expect(try await bench.read { try $0.jobModes()[.hours] } == .automatic)
            #expect(try await stored(bench, .hoursStartDate) == "2026-11-01")
            try await browser.post(Self.visma + "/kunder", ["modus": "off"])
            try await browser.get("/")
            #expect(try await browser.post("/jobber/customers").status == .seeOther)
            #expect(try await browser.get("/").text.contains("Kunder er slått av i innstillingene."))
            try await browser.get(Self.visma)
            #expect(try await browser.post(Self.visma + "/noe-annet").status == .notFound)
        }
    }

    @Test func aBookkeeperReadsAndOthersStayOut() async throws {
        try await withWeb { bench in
            try await bench.connectAndImport()
            let bookkeeper = try await bench.signedIn(.bookkeeper)
            let page = try await bookkeeper.get(Self.visma)
            #expect(page.text.contains("5000 Konto 5000"))
            #expect(!page.html.contains("action=\"\(Self.visma)/"))
            #expect(try await bookkeeper.post(Self.visma + "/kunder", ["modus": "off"]).status == .forbidden)
            for role in [Role.leader, .worker] {
                #expect(try await bench.signedIn(role).get(Self.visma).status == .forbidden)
            }
        }
    }

    @Test func aChangeNeedsAFreshPasswordAndKeepsWhatWasChosen() async throws {
        try await withWeb { bench in
            try await bench.connectAndImport()
            let browser = try await bench.signedIn(.administrator)
            bench.clock.advance(by: .seconds(301))
            try await browser.get(Self.visma)
            let asked = try await browser.post(Self.visma + "/perioder", ["exports.closedPeriod": "nextOpen"])
            #expect(asked.status == .forbidden)
            #expect(asked.html.contains("name=\"exports.closedPeriod\" value=\"nextOpen\""))
            #expect(try await stored(bench, .closedPeriod) == nil)
            let done = try await browser.post(
                Self.visma + "/perioder", ["exports.closedPeriod": "nextOpen", "bekreftelse": WebBench.password])
            #expect(done.location == Self.visma + "#perioder")
            #expect(try await stored(bench, .closedPeriod) == "nextOpen")
        }
    }

    /// What the board and the stopped lines lead to is a field on the page.
    @Test func everySettingOfTheLinkHasItsFieldAndSaysWhatItDoes() async throws {
        try await withWeb { bench in
            let browser = try await bench.signedIn(.administrator)
            let page = try await browser.get(Self.visma)
            for key in SyncSettings.Key.allCases {
                let link = MendingPlace.setting(key).link.address
                let anchor = try #require(link.split(separator: "#").last)
                #expect(page.html.contains("id=\"\(anchor)\""), "\(key.rawValue)")
                #expect(page.text.contains(key.explanation.norwegian), "\(key.rawValue)")
            }
        }
    }

    @Test func namesFromVismaAreTextAndOneCompanySeesNothingOfAnother() async throws {
        try await withWeb { bench in
            try await bench.write { transaction in
                for kind in ["periods", "accounts", "employees"] {
                    try transaction.execute(
                        "INSERT INTO erp_reading (company_id, kind, read_at) VALUES (\(transaction.company), \(kind), 1)"
                    )
                }
                try transaction.execute(
                    """
                    INSERT INTO erp_fact (company_id, kind, number, name, detail, state)
                    VALUES (\(transaction.company), 'accounts', '"><i>1', '<script>alert(1)</script>', '5', 'usable')
                    """)
            }
            let page = try await bench.signedIn(.administrator).get(Self.visma)
            #expect(page.html.contains("&lt;script&gt;alert(1)&lt;/script&gt;"))
            #expect(!page.html.contains("<script>alert") && !page.html.contains("\"><i>1"))
            let stranger = try await bench.signedIn(.administrator, of: WebBench.otherCompany)
            let other = try await stranger.get(Self.visma)
            #expect(!other.html.contains("alert(1)"))
            try await stranger.post(Self.visma + "/perioder", ["exports.closedPeriod": "nextOpen"])
            #expect(try await stored(bench, .closedPeriod) == nil)
        }
    }
}

/// The rules of our own shore: hours and item withdrawals.
@Suite struct OwnSettingsPageTests {
    private func rules(_ bench: WebBench) async throws -> CompanySetting.Rules {
        try await bench.read { try CompanySetting.Rules(in: $0) }
    }

    @Test func theStepsOfApprovalAndTheDaysBackAreSaved() async throws {
        try await withWeb { bench in
            let browser = try await bench.signedIn(.administrator)
            #expect(try await browser.get("/oppsett/timer").text.contains("Antall godkjenningssteg for timer"))
            let wrong = try await browser.post(
                "/oppsett/timer", ["hours.approvalSteps": "2", "hours.maxDaysBack": "-1"])
            #expect(wrong.status == .unprocessableContent)
            #expect(wrong.html.contains("id=\"f-hours-maxDaysBack-problem\""))
            #expect(try await rules(bench).approvalSteps == 1)
            try await browser.post("/oppsett/timer", ["hours.approvalSteps": "2", "hours.maxDaysBack": "14"])
            #expect(try await rules(bench).approvalSteps == 2)
            #expect(try await rules(bench).maxDaysBack == 14)
            let bookkeeper = try await bench.signedIn(.bookkeeper)
            let read = try await bookkeeper.get("/oppsett/timer")
            #expect(read.text.contains("To steg") && !read.html.contains("<select"))
        }
    }

    @Test func theSwitchesOfWithdrawalsSayWhatProresultSays() async throws {
        try await withWeb { bench in
            let browser = try await bench.signedIn(.administrator)
            let page = try await browser.get("/oppsett/vareuttak")
            for words in [
                "Brukere kan se andres vareuttak", "Kan ta ut varer som ekstra kostnad", "Endre innpris i app",
                "Ikke tillat fritekstvarer", "Ikke endre varetekst/pris/enhet",
            ] { #expect(page.text.contains(words)) }
            #expect(!page.html.contains("checked"))
            // Saving what stands changes nothing.
            try await browser.post("/oppsett/vareuttak")
            #expect(try await rules(bench) == CompanySetting.Rules())
            try await browser.post(
                "/oppsett/vareuttak",
                ["withdrawals.allowFreeText": "yes", "withdrawals.usersSeeOthers": "yes"])
            let changed = try await rules(bench)
            #expect(!changed.allowsFreeText && changed.workersSeeOthersWithdrawals)
            #expect(changed.userMayChangeTextPriceUnit && !changed.showsCostPriceToWorkers)
            #expect(try await browser.get("/oppsett/vareuttak").html.matches(of: #/ checked/#).count == 2)
        }
    }

    @Test func onlyAnAdministratorWithAFreshPasswordChangesThem() async throws {
        try await withWeb { bench in
            let bookkeeper = try await bench.signedIn(.bookkeeper)
            try await bookkeeper.get("/oppsett/vareuttak")
            for path in ["/oppsett/timer", "/oppsett/vareuttak"] {
                #expect(try await bookkeeper.post(path, ["hours.approvalSteps": "2"]).status == .forbidden)
                #expect(try await bench.signedIn(.leader).get(path).status == .forbidden)
            }
            let browser = try await bench.signedIn(.administrator)
            try await browser.get("/oppsett/timer")
            bench.clock.advance(by: .seconds(301))
            let asked = try await browser.post("/oppsett/timer", ["hours.approvalSteps": "2"])
            #expect(asked.status == .forbidden && asked.text.contains("Bekreft at det er deg"))
            #expect(try await rules(bench).approvalSteps == 1)
        }
    }
}
