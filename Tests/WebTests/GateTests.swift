import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Persistence
import Proresult
import TestSupport
import Testing

@testable import Web

/// What the gate does for routes of any table, shown on routes of its own: a proof that is asked for again, keys of
/// programs, bodies that are too large, and failures that are told without their inside.
@Suite struct GateTests {
    private struct Broken: Error {}

    private static let routes: [Route] =
        SignInPages.routes + [
            .get("/dyrt", .everybody, needsProof: true) { _ in .text("her", "text/plain") },
            .post("/dyrt", .everybody, needsProof: true) { visit in .text("gjort \(visit.form["navn"])", "text/plain")
            },
            .post("/lite", .everybody, largestBody: 100) { _ in .text("tatt imot", "text/plain") },
            .get("/feil/{hemmelighet}", .everybody) { _ in throw Broken() },
            .get("/api/tall", .programs([.leader])) { visit in .text(try visit.company.text, "text/plain") },
            .get("/api/feil", .programs([.leader])) { _ in throw ProresultError.overtimeOverTotal },
        ]

    /// What stands in the cookie goes back in one, and Hummingbird takes a process down over letters that no cookie has.
    @Test(arguments: ["ikke \"vår\"", "\\uD800", "a,b", "æ", String(repeating: "a", count: 65)])
    func aVisitorMarkThatIsNotOursIsReplaced(mark: String) async throws {
        try await withWeb { bench in
            let name = bench.office.address.visitorCookie
            let browser = bench.browser()
            browser.set(cookie: name, to: mark)
            #expect(try await browser.get("/inn").status == .ok)
            let given = try #require(browser.cookie(name))
            #expect(given != mark)
            try await browser.get("/inn")
            #expect(browser.cookie(name) == given)
        }
    }

    /// A signed-in administrator's browser on these routes.
    private func withRoutes(_ body: @escaping @Sendable (WebBench, Browser) async throws -> Void) async throws {
        try await withWeb { bench in
            let application = Application(router: bench.office.router(Self.routes), logger: .quiet)
            try await application.test(.router) { client in
                let browser = Browser(client: client)
                try await browser.get("/inn")
                try await browser.post(
                    "/inn", ["bedrift": "firma", "brukernavn": "administrator", "passord": WebBench.password])
                try await body(bench, browser)
            }
        }
    }

    @Test func theRouterServesTheTableItIsGiven() async throws {
        try await withRoutes { _, browser in
            let (given, other) = (try await browser.get("/dyrt"), try await browser.get("/kunder"))
            #expect(given.html == "her")
            #expect(other.status == .notFound)
        }
    }

    @Test func aProofThatIsTooOldIsAskedForAgainAndLeadsBack() async throws {
        try await withRoutes { bench, browser in
            bench.clock.advance(by: .seconds(301))
            let asked = try await browser.get("/dyrt?a=b")
            #expect(asked.location == "/bekreft?til=%2Fdyrt%3Fa%3Db")
            let page = try await browser.get("/bekreft?til=%2Fdyrt")
            #expect(page.status == .ok)
            try await browser.get("/bekreft?til=%2Fdyrt")
            let proved = try await browser.post("/bekreft", ["passord": WebBench.password, "til": "/dyrt"])
            #expect(proved.location == "/dyrt")
            #expect(try await browser.get("/dyrt").html == "her")
        }
    }

    /// Nothing has to be typed again: the page that asks for the password carries the form.
    @Test func aFormWithoutFreshProofAsksForThePasswordAndKeepsWhatWasTyped() async throws {
        try await withRoutes { bench, browser in
            try await browser.get("/bekreft")
            bench.clock.advance(by: .seconds(301))
            let asked = try await browser.post("/dyrt", ["navn": "<b>Grøft & kai</b>", "valg": "en"])
            #expect(asked.status == .forbidden)
            #expect(asked.html.contains("name=\"navn\" value=\"&lt;b&gt;Grøft &amp; kai&lt;/b&gt;\""))
            let before = browser.cookie("ferje")
            let wrong = try await browser.post("/dyrt", ["navn": "Grøft", "bekreftelse": "ikke dette i det hele tatt"])
            #expect(wrong.status == .forbidden)
            #expect(wrong.text.contains("Passordet stemmer ikke."))
            #expect(wrong.html.contains("value=\"Grøft\"") && !wrong.html.contains("ikke dette"))
            let done = try await browser.post("/dyrt", ["navn": "Grøft", "bekreftelse": WebBench.password])
            #expect(done.html == "gjort Grøft")
            #expect(browser.cookie("ferje") != before)
            #expect(try await browser.get("/dyrt").html == "her", "the proof is good for the next minutes")
        }
    }

    @Test func aProgramComesInWithItsKeyAndNoFurther() async throws {
        try await withRoutes { bench, browser in
            let (clock, actor) = (bench.clock, Actor(username: "administrator", role: .administrator))
            func key(_ role: Role, seed: UInt64) async throws -> (text: String, id: ProgramKeyID) {
                try await bench.write { transaction in
                    let made = try ProgramKey.create(
                        name: "Feltsystem", role: role, expiresAt: clock.now + .seconds(3600), maker: nil, by: actor,
                        at: clock.now, randomness: .seeded(seed), in: transaction)
                    return (made.text, made.key.id)
                }
            }
            func get(_ path: String, _ key: String) async throws -> Browser.Page {
                try await browser.send(path, .get, headers: ["Authorization": key], body: nil)
            }
            let leader = try await key(.leader, seed: 41)
            #expect(try await get("/api/tall", "Bearer \(leader.text)").html == "firma")
            let wrongRole = try await key(.worker, seed: 42)
            #expect(try await get("/api/tall", "Bearer \(wrongRole.text)").status == .forbidden)
            // A session is no key, and a key in an address is none either.
            for wrong in ["", "Bearer", "Bearer x", "Basic \(leader.text)", "Bearer \(leader.text)x"] {
                let page = try await get("/api/tall", wrong)
                #expect(page.status == .unauthorized, "\(wrong)")
                #expect(page.headers[.wwwAuthenticate] == "Bearer")
            }
            #expect(try await get("/api/tall?key=\(leader.text)", "").status == .unauthorized)
            #expect(try await get("/dyrt", "Bearer \(leader.text)").html == "her", "the session's own page")
            let problem = try await get("/api/feil", "Bearer \(leader.text)")
            #expect(problem.headers[.contentType] == "application/problem+json")
            #expect(problem.html.contains("\"code\":\"rule\"") && problem.html.contains("\"status\":422"))
            try await bench.write { try ProgramKey.revoke(leader.id, at: clock.now, in: $0) }
            #expect(try await get("/api/tall", "Bearer \(leader.text)").status == .unauthorized)
        }
    }

    @Test func aBodyThatIsTooLargeIsRefused() async throws {
        try await withRoutes { _, browser in
            try await browser.get("/dyrt")
            try await browser.get("/bekreft")
            #expect(try await browser.post("/lite", ["a": "b"]).html == "tatt imot")
            try await browser.get("/bekreft")
            let large = try await browser.post("/lite", ["a": String(repeating: "x", count: 200)])
            #expect(large.status == .contentTooLarge)
        }
    }

    @Test func aFaultOfOursIsToldByANumberOnly() async throws {
        try await withRoutes { _, browser in
            let page = try await browser.get("/feil/dronningens-hemmelighet")
            #expect(page.status == .internalServerError)
            #expect(page.text.contains("Noe gikk galt hos oss."))
            #expect(!page.html.contains("Broken"))
        }
    }
}
