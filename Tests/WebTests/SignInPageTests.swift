import HTTPTypes
import Proresult
import TestSupport
import Testing

@testable import Web

@Suite struct SignInPageTests {
    @Test(arguments: TestDatabaseKind.allCases)
    func theRightPasswordOpensTheOffice(kind: TestDatabaseKind) async throws {
        try await withWeb(kind) { bench in
            let browser = try await bench.signedIn(.administrator)
            let page = try await browser.get("/")
            #expect(page.status == .ok)
            #expect(page.text.contains("Rør og Tak firma"))
            #expect(page.text.contains("Bruker administrator"))
        }
    }

    @Test func unknownNameAndWrongPasswordAreToldAlike() async throws {
        try await withWeb { bench in
            let browser = bench.browser()
            try await browser.get("/inn")
            let unknown = try await browser.post(
                "/inn", ["bedrift": "firma", "brukernavn": "ingen", "passord": WebBench.password])
            let wrong = try await browser.post(
                "/inn", ["bedrift": "firma", "brukernavn": "leader", "passord": "noe helt annet her"])
            #expect(unknown.status == .unprocessableContent)
            #expect(wrong.status == unknown.status)
            #expect(
                wrong.text.replacing("leader", with: "") == unknown.text.replacing("ingen", with: ""))
        }
    }

    @Test func whoIsNotSignedInIsSentToSignInAndBack() async throws {
        try await withWeb { bench in
            let browser = bench.browser()
            let page = try await browser.get("/?uke=47")
            #expect(page.status == .seeOther)
            #expect(page.location == "/inn?til=%2F%3Fuke%3D47")
            try await browser.get("/inn?til=%2Fkunder")
            let signedIn = try await browser.post(
                "/inn",
                ["bedrift": "firma", "brukernavn": "leader", "passord": WebBench.password, "til": "/kunder"])
            #expect(signedIn.location == "/kunder")
        }
    }

    @Test(arguments: ["//evil.example", "https://evil.example/", "/\\evil.example", "javascript:alert(1)", "/a b", ""])
    func theWayBackIsNeverToAnotherSite(path: String) {
        #expect(SignInPages.safePath(path) == "/")
    }

    @Test func signingOutEndsTheSession() async throws {
        try await withWeb { bench in
            let browser = try await bench.signedIn(.leader)
            try await browser.get("/")
            let token = browser.cookie("ferje")
            let page = try await browser.post("/ut")
            #expect(page.location == "/inn")
            #expect(browser.cookie("ferje") == nil)
            browser.set(cookie: "ferje", to: token)
            #expect(try await browser.get("/").status == .seeOther)
        }
    }

    @Test func theLanguageIsKeptForThePerson() async throws {
        try await withWeb { bench in
            let browser = try await bench.signedIn(.leader)
            try await browser.get("/")
            try await browser.post("/sprak", ["sprak": "en", "til": "/"])
            #expect(try await browser.get("/").html.contains("<html lang=\"en\">"))
            let elsewhere = try await bench.signedIn(.leader)
            #expect(try await elsewhere.get("/").text.contains("Sign out"))
        }
    }

    @Test func aPageThatIsOnlyOpenedIsInOrder() async throws {
        try await withWeb { bench in
            let visitor = bench.browser()
            for path in ["/inn", "/oppstart/x", "/invitasjon/x"] {
                #expect(try await visitor.get(path).status == .ok, "\(path)")
            }
            let browser = try await bench.signedIn(.administrator)
            for path in ["/", "/konto", "/bekreft"] {
                #expect(try await browser.get(path).status == .ok, "\(path)")
            }
        }
    }

    @Test func aWrongPasswordProvesNothing() async throws {
        try await withWeb { bench in
            let browser = try await bench.signedIn(.administrator)
            try await browser.get("/bekreft?til=%2Fkonto")
            let before = browser.cookie("ferje")
            let wrong = try await browser.post("/bekreft", ["passord": "ikke dette i det hele tatt", "til": "/konto"])
            #expect(wrong.status == .unprocessableContent)
            #expect(wrong.text.contains("Passordet stemmer ikke."))
            #expect(browser.cookie("ferje") == before)
            let right = try await browser.post("/bekreft", ["passord": WebBench.password, "til": "/konto"])
            #expect(right.location == "/konto")
            #expect(browser.cookie("ferje") != before)
        }
    }

    @Test func anInvitationOpensTheOfficeOnceAndThePersonChoosesThePassword() async throws {
        try await withWeb { bench in
            let administrator = Actor(username: "administrator", role: .administrator)
            let user = try #require(try await bench.read { try AppUser.find(username: "leader", in: $0) })
            let token = try await bench.office.desk.invite(
                user.id, in: WebBench.company, by: administrator, at: bench.clock.now)
            let browser = bench.browser()
            let page = try await browser.get("/invitasjon/\(token)")
            #expect(page.text.contains("Hei, Bruker leader."))
            let short = try await browser.post("/invitasjon/\(token)", ["passord": "kort"])
            #expect(short.status == .unprocessableContent)
            let done = try await browser.post("/invitasjon/\(token)", ["passord": "seks blå sauer på fjellet"])
            #expect(done.location == "/")
            #expect(try await browser.get("/").text.contains("Bruker leader"))
            let again = bench.browser()
            #expect(try await again.get("/invitasjon/\(token)").text.contains("Lenken er brukt eller for gammel."))
        }
    }
}
