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
}
