import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Testing

@testable import Web

@Suite struct WebAddressTests {
    @Test(arguments: [
        "https://ferje.example.no", "https://ferje.example.no:8443", "http://127.0.0.1:8080", "http://localhost",
    ])
    func anAddressWithTLSOrOfThisMachineCanBeUsed(origin: String) {
        #expect(WebAddress(origin: origin).isUsable)
    }

    @Test(arguments: [
        "http://ferje.example.no", "https://ferje.example.no/", "https://", "ferje.example.no", "",
        "http://127.0.0.1.example.no", "http://localhost.example.no", "ftp://127.0.0.1",
    ])
    func anyOtherCannot(origin: String) {
        #expect(!WebAddress(origin: origin).isUsable)
    }

    @Test func thisMachineHasTwoNamesAndAnotherHostNone() {
        let here = WebAddress(origin: "http://127.0.0.1:8080")
        #expect(here.isOurs("http://localhost:8080") && here.isOurs("http://127.0.0.1:8080"))
        for other in [nil, "null", "http://localhost:8081", "http://127.0.0.1:8080.example.no"] {
            #expect(!here.isOurs(other))
        }
        let there = WebAddress(origin: "https://ferje.example.no")
        #expect(there.isOurs("https://ferje.example.no"))
        #expect(!there.isOurs("http://ferje.example.no") && !there.isOurs("https://ferje.example.no.evil.example"))
    }

    /// S10: over TLS the cookie belongs to this host alone; a script never reads it.
    @Test func theSessionCookieIsLockedToTheHost() async throws {
        try await withWeb { bench in
            var office = bench.office
            office.address = WebAddress(origin: "https://ferje.example.no")
            let application = Application(router: office.router(), logger: .quiet)
            try await application.test(.router) { client in
                let browser = Browser(client: client)
                try await browser.get("/inn")
                let page = try await browser.post(
                    "/inn", ["bedrift": "firma", "brukernavn": "leader", "passord": WebBench.password],
                    headers: ["Origin": "https://ferje.example.no"])
                let cookie = try #require(page.headers[values: .setCookie].first { $0.hasPrefix("__Host-ferje=") })
                for part in ["Secure", "HttpOnly", "SameSite=Lax", "Path=/"] { #expect(cookie.contains(part)) }
                #expect(!cookie.contains("Domain"))
                #expect(page.headers[.strictTransportSecurity] == "max-age=31536000")
            }
        }
    }
}
