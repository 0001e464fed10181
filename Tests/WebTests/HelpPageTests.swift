import HTTPTypes
import Proresult
import Sync
import TestSupport
import Testing

@testable import Web

/// The help: reachable for everybody, and no reason to stop without its words.
@Suite struct HelpPageTests {
    @Test(arguments: Role.allCases)
    func everybodyFindsEveryPage(role: Role) async throws {
        try await withWeb { bench in
            let browser = try await bench.signedIn(role)
            let index = try await browser.get("/hjelp")
            for topic in HelpTopic.allCases {
                #expect(index.html.contains("href=\"\(topic.address)\""), "\(topic)")
                let page = try await browser.get(topic.address)
                #expect(page.status == .ok)
                #expect(page.text.contains(topic.content.lead.norwegian))
                for part in topic.content.parts { #expect(page.text.contains(part.heading.norwegian)) }
            }
            #expect(try await browser.get("/hjelp/finnes-ikke").status == .notFound)
            try await browser.post("/sprak", ["sprak": "en", "til": "/hjelp"])
            #expect(try await browser.get(HelpTopic.periods.address).text.contains("When the period is closed"))
        }
    }

    @Test func everyReasonToStopIsExplainedAndTellsWhoMendsIt() async throws {
        try await withWeb { bench in
            let browser = try await bench.signedIn(.leader)
            let page = try await browser.get(HelpTopic.transfer.address)
            for reason in Blocker.Reason.allCases {
                #expect(page.html.contains("id=\"\(reason.rawValue)\""), "\(reason)")
                #expect(page.text.contains(reason.help.norwegian), "\(reason)")
                #expect(!reason.help.english.isEmpty && reason.help.norwegian.hasSuffix("."), "\(reason)")
            }
        }
    }

    /// What stops because of a period leads to the page about periods.
    @Test func thePagesLeadToTheHelpThatBelongsToThem() async throws {
        try await withWeb { bench in
            #expect(RouteTable.serves(MendingPlace.periods.link.address))
            let browser = try await bench.signedIn(.administrator)
            let ways: [(String, HelpTopic)] = [
                ("/oppsett/visma-net", .imports), ("/oppsett/visma-net", .periods), ("/oppsett/visma-net", .connection),
                ("/overforing", .transfer), ("/timer", .hours),
            ]
            for (path, topic) in ways {
                #expect(try await browser.get(path).html.contains("href=\"\(topic.address)"), "\(path)")
            }
            #expect(try await browser.get("/").html.contains("href=\"/hjelp\""))
        }
    }
}
