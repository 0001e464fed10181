import FarShore
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Persistence
import Proresult
import Sync
import TestSupport
import Testing
import VismaNetConnector
import VismaNetSandbox

@testable import Web

extension WebBench {
    static let otherTenant = "99999999-2222-4333-8444-555555555555"

    /// Presses the button and does at Visma what a person does. The way back, as the browser would go it.
    func signInAtVisma(
        _ browser: Browser, tenant: String = Self.tenant, decision: String = "allow"
    ) async throws -> String {
        try await browser.get(ConnectionPage.address)
        let begun = try await browser.post(ConnectionPage.address + "/logg-inn")
        try #require(begun.status == .seeOther, "\(begun.text)")
        let there = try #require(begun.location)
        #expect(there.hasPrefix("http://localhost/connect/authorize?"))
        let back = try await PersonAtVisma(sandbox).answer(to: there, tenant: tenant, decision: decision)
        return back.percentEncodedPath + "?" + (back.percentEncodedQuery ?? "")
    }

    /// Gives the yes that the page asks for.
    func confirm(_ browser: Browser) async throws -> Browser.Page {
        let page = try await browser.get(ConnectionPage.address)
        let id = try #require(page.html.firstMatch(of: #/name="tilkobling" value="([^"]+)"/#), "\(page.text)").1
        return try await browser.post(ConnectionPage.address + "/bekreft", ["tilkobling": String(id)])
    }

    func overview() async throws -> ConnectionOverview { try await read { try ConnectionOverview.read(in: $0) } }

    func audited(_ action: String) async throws -> Int {
        try await read { transaction in
            try transaction.first("SELECT count(*) AS n FROM audit WHERE action = \(action)")?.get("n") ?? 0
        }
    }

    var revocations: Int { sandbox.requests().count { $0.path == "/connect/revocation" && $0.status == 200 } }
    var tokenCalls: Int { sandbox.requests().count { $0.path == "/connect/token" } }

    static var twoCompanies: [CompanyRecords] {
        var other = CompanyRecords.small(tenantID: Self.otherTenant, name: "Helt Annet AS")
        other.corporateID = "888777666"
        return [CompanyRecords.small(tenantID: Self.tenant), other]
    }
}

/// Connecting in the browser, from the button to the yes (S25, S26, S09).
@Suite struct ConnectionPageTests {
    @Test(arguments: TestDatabaseKind.allCases)
    func aSignInShowsTheCompanyAndAYesConnectsIt(kind: TestDatabaseKind) async throws {
        try await withWeb(kind) { bench in
            let browser = try await bench.signedIn(.administrator)
            let before = try await browser.get(ConnectionPage.address)
            #expect(before.text.contains("Ikke koblet til"))
            #expect(
                before.headers[.contentSecurityPolicy]?.contains("form-action 'self' http://localhost") == true)
            let back = try await bench.signInAtVisma(browser)
            let cookie = try #require(browser.cookie("ferje-visma"))
            #expect(!back.contains(cookie))
            let returned = try await browser.get(back)
            #expect(returned.status == .seeOther && returned.location == ConnectionPage.address)
            #expect(browser.cookie("ferje-visma") == nil)
            let asked = try await browser.get(ConnectionPage.address)
            #expect(asked.text.contains("Er dette riktig firma?"))
            #expect(asked.text.contains("Rør og Tak AS") && asked.text.contains("999888777"))
            #expect(try await bench.overview().status == nil)
            #expect(try await bench.confirm(browser).location == SetUpCheckPage.address)
            let after = try await browser.get(ConnectionPage.address)
            #expect(after.text.contains("Koblet til Rør og Tak AS (999888777)."))
            #expect(after.text.contains("En persons innlogging") && after.text.contains("administrator,"))
            #expect(!after.text.contains("Er dette riktig firma?"))
            #expect(try await bench.overview().status?.state == .connected)
            #expect(try await bench.audited("companyReached") == 1)
            #expect(try await bench.audited("connected") == 1)
            _ = try await bench.connections.connect(WebBench.company, .customers)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func aTenantIDShowsTheCompanyAndAYesConnectsIt(kind: TestDatabaseKind) async throws {
        try await withWeb(kind) { bench in
            let browser = try await bench.signedIn(.administrator)
            try await browser.get(ConnectionPage.address)
            for wrong in ["", "feil-id", "<script>alert(1)</script>"] {
                let page = try await browser.post(ConnectionPage.address + "/tjeneste", ["tenant": wrong])
                #expect(page.status == .unprocessableContent)
                #expect(page.text.contains("Visma kjenner ikke tenant-id-en"))
                #expect(!page.html.contains("<script>alert"))
            }
            let found = try await browser.post(ConnectionPage.address + "/tjeneste", ["tenant": WebBench.tenant])
            #expect(found.location == ConnectionPage.address)
            #expect(try await bench.overview().status == nil)
            #expect(try await bench.confirm(browser).status == .seeOther)
            #expect(try await bench.overview().status?.kind == .service)
        }
    }

    @Test func aNoRevokesAndConnectsNothing() async throws {
        try await withWeb { bench in
            let browser = try await bench.signedIn(.administrator)
            try await browser.get(try await bench.signInAtVisma(browser))
            let page = try await browser.get(ConnectionPage.address)
            let id = try #require(page.html.firstMatch(of: #/name="tilkobling" value="([^"]+)"/#)).1
            try await browser.post(ConnectionPage.address + "/avvis", ["tilkobling": String(id)])
            #expect(try await browser.get(ConnectionPage.address).text.contains("Avbrutt. Ingenting er koblet til"))
            #expect(bench.revocations == 1)
            let overview = try await bench.overview()
            #expect(overview.status == nil && overview.pending == nil)
            #expect(try await bench.audited("companyDeclined") == 1)
            let late = try await browser.post(ConnectionPage.address + "/bekreft", ["tilkobling": String(id)])
            #expect(late.status == .unprocessableContent)
            #expect(late.text.contains("Det er ikke noe å bekrefte lenger."))
        }
    }

    @Test func aStateThatIsForeignMissingUsedOrLateIsRefused() async throws {
        try await withWeb { bench in
            let browser = try await bench.signedIn(.administrator)
            func expectRefused(_ path: String, _ words: String) async throws {
                let calls = bench.tokenCalls
                #expect(try await browser.get(path).location == ConnectionPage.address)
                #expect(try await browser.get(ConnectionPage.address).text.contains(words), "\(path)")
                #expect(bench.tokenCalls == calls, "\(path)")
            }
            let unexpected = "hører ikke til en innlogging du har i gang"
            let start = ConnectionPage.returnAddress
            try await expectRefused(start + "?code=abc&state=gjettet", unexpected)
            let back = try await bench.signInAtVisma(browser)
            for foreign in [start, start + "?code=abc", start + "?code=abc&state=gjettet", back + "&state=gjettet"] {
                try await expectRefused(foreign, unexpected)
            }
            // None of that used the sign-in up.
            try await browser.get(back)
            #expect(try await bench.overview().pending != nil)
            try await expectRefused(back, unexpected)
            // The cookie kept by somebody does not open the state a second time either.
            let again = try await bench.signInAtVisma(browser)
            let cookie = browser.cookie("ferje-visma")
            try await browser.get(again)
            browser.set(cookie: "ferje-visma", to: cookie)
            try await expectRefused(again, unexpected)
            let late = try await bench.signInAtVisma(browser)
            bench.clock.advance(by: .seconds(601))
            try await expectRefused(late, "tok mer enn ti minutter")
        }
    }

    @Test func theNewestOfTwoTabsCounts() async throws {
        try await withWeb { bench in
            let browser = try await bench.signedIn(.administrator)
            let older = try await bench.signInAtVisma(browser)
            let newer = try await bench.signInAtVisma(browser)
            try await browser.get(older)
            #expect(try await browser.get(ConnectionPage.address).text.contains("bruk bare én fane"))
            try await browser.get(newer)
            #expect(try await bench.overview().pending?.name == "Rør og Tak AS")
        }
    }

    @Test func anAnswerIsForTheSessionAndTheCompanyThatBegan() async throws {
        try await withWeb(tenants: WebBench.twoCompanies) { bench in
            let browser = try await bench.signedIn(.administrator)
            let back = try await bench.signInAtVisma(browser)
            let cookie = browser.cookie("ferje-visma")
            for other in [
                try await bench.signedIn(.administrator),
                try await bench.signedIn(.administrator, of: WebBench.otherCompany),
            ] {
                for stolen in [nil, cookie] {
                    other.set(cookie: "ferje-visma", to: stolen)
                    try await other.get(back)
                    #expect(try await other.get(ConnectionPage.address).text.contains("hører ikke til en innlogging"))
                }
            }
            #expect(bench.tokenCalls == 0)
            // Two companies sign in at the same time, each to its own.
            let neighbour = try await bench.signedIn(.administrator, of: WebBench.otherCompany)
            let theirs = try await bench.signInAtVisma(neighbour, tenant: WebBench.otherTenant)
            try await neighbour.get(theirs)
            try await browser.get(back)
            #expect(try await bench.overview().pending?.name == "Rør og Tak AS")
            let pending = try await bench.database.read(company: WebBench.otherCompany) {
                try PendingConnection.read(in: $0)
            }
            #expect(pending?.name == "Helt Annet AS")
        }
    }

    @Test func whoIsSignedOutMeanwhileDoesNotCarryTheCodeAlong() async throws {
        try await withWeb { bench in
            let browser = try await bench.signedIn(.administrator)
            let back = try await bench.signInAtVisma(browser)
            browser.set(cookie: "ferje", to: nil)
            let page = try await browser.get(back)
            #expect(page.location == "/inn?til=%2Foppsett%2Fvisma-net%2Ftilkobling%3Favbrutt%3Dja")
            for (name, value) in [("code", back), ("state", back)] {
                let secret = try #require(value.firstMatch(of: try Regex("\(name)=([^&]+)"))?.output[1].substring)
                #expect(!"\(page.headers) \(page.html)".contains(secret))
            }
            let again = try await bench.signedIn(.administrator)
            let told = try await again.get(ConnectionPage.address + "?avbrutt=ja")
            #expect(told.text.contains("Du var logget ut av Ferje da du kom tilbake fra Visma"))
        }
    }

    @Test func aNoAtVismaAndASilentVismaAreToldInPlainWords() async throws {
        try await withWeb { bench in
            let browser = try await bench.signedIn(.administrator)
            try await browser.get(try await bench.signInAtVisma(browser, decision: "deny"))
            let declined = try await browser.get(ConnectionPage.address)
            #expect(declined.text.contains("Tilgangen ble ikke gitt hos Visma"))
            #expect(declined.html.contains("role=\"alert\""))
            let back = try await bench.signInAtVisma(browser)
            bench.sandbox.setFaults([FaultRule(.resetBeforeCommit, path: "token")])
            try await browser.get(back)
            #expect(try await browser.get(ConnectionPage.address).text.contains("Visma svarte ikke"))
            bench.sandbox.setFaults([])
            let overview = try await bench.overview()
            #expect(overview.status == nil && overview.pending == nil)
        }
    }

    @Test func anotherCompanyThanBeforeIsRefusedAndADisconnectionOpensForIt() async throws {
        try await withWeb(tenants: WebBench.twoCompanies) { bench in
            let browser = try await bench.signedIn(.administrator)
            try await browser.get(try await bench.signInAtVisma(browser))
            _ = try await bench.confirm(browser)
            try await browser.get(try await bench.signInAtVisma(browser, tenant: WebBench.otherTenant))
            let refused = try await browser.get(ConnectionPage.address)
            #expect(
                refused.text.contains(
                    "nådde Helt Annet AS (888777666), men bedriften er koblet til Rør og Tak AS (999888777)"))
            #expect(try await bench.overview().pending == nil)
            #expect(bench.revocations == 1)
            let asked = try await browser.get(ConnectionPage.address + "/koble-fra")
            #expect(asked.text.contains("Koble fra Visma.net?") && asked.text.contains("blir stående"))
            try await browser.post(ConnectionPage.address + "/koble-fra")
            #expect(try await browser.get(ConnectionPage.address).text.contains("Koblet fra. Nøklene er slettet."))
            #expect(bench.revocations == 2)
            #expect(try await bench.audited("disconnected") == 1)
            let left = try await bench.read { transaction in
                try transaction.first(
                    """
                    SELECT count(*) AS n FROM connection
                    WHERE grant_sealed IS NOT NULL OR previous_grant_sealed IS NOT NULL
                    """)?.get("n", as: Int.self)
            }
            #expect(left == 0)
            try await browser.get(try await bench.signInAtVisma(browser, tenant: WebBench.otherTenant))
            #expect(
                try await browser.get(ConnectionPage.address).text.contains(
                    "Bedriften var koblet til Rør og Tak AS (999888777) før."))
            _ = try await bench.confirm(browser)
            #expect(try await bench.overview().status?.organisation == "Helt Annet AS (888777666)")
        }
    }

    @Test func nothingOfItIsDoneWithoutTheFreshPassword() async throws {
        try await withWeb { bench in
            let browser = try await bench.signedIn(.administrator)
            try await browser.get(try await bench.signInAtVisma(browser))
            let page = try await browser.get(ConnectionPage.address)
            let id = try #require(page.html.firstMatch(of: #/name="tilkobling" value="([^"]+)"/#)).1
            bench.clock.advance(by: .seconds(301))
            for path in ["/logg-inn", "/tjeneste", "/bekreft", "/avvis", "/koble-fra"] {
                let refused = try await browser.post(
                    ConnectionPage.address + path, ["tilkobling": String(id), "tenant": WebBench.tenant])
                #expect(refused.location == "/bekreft?til=%2Foppsett%2Fvisma-net%2Ftilkobling", "\(path)")
            }
            #expect(try await bench.overview().pending?.id == String(id))
            // The page asks for the password before anybody types or presses.
            let asks = try await browser.get(ConnectionPage.address)
            #expect(asks.text.contains("Skriv passordet ditt først"))
            #expect(!asks.html.contains("name=\"tilkobling\"") && !asks.html.contains("name=\"tenant\""))
            try await browser.get("/bekreft?til=%2Foppsett%2Fvisma-net%2Ftilkobling")
            try await browser.post("/bekreft", ["passord": WebBench.password, "til": ConnectionPage.address])
            #expect(try await bench.confirm(browser).status == .seeOther)
            #expect(try await bench.overview().status?.state == .connected)
        }
    }

    @Test func withoutAnApplicationThePageNamesTheKeysAndAllElseWorks() async throws {
        try await withWeb { bench in
            var office = bench.office
            office.connection = nil
            let application = Application(router: office.router(), logger: .quiet)
            try await application.test(.router) { client in
                let browser = Browser(client: client)
                try await browser.get("/inn")
                try await browser.post(
                    "/inn", ["bedrift": "firma", "brukernavn": "administrator", "passord": WebBench.password])
                let page = try await browser.get(ConnectionPage.address)
                #expect(page.html.contains("FERJE_VISMA_CLIENT_ID") && page.html.contains("FERJE_VISMA_CLIENT_SECRET"))
                #expect(page.html.contains(WebBench.origin + ConnectionPage.returnAddress))
                #expect(!page.html.contains("/tilkobling/logg-inn"))
                for path in ["/logg-inn", "/tjeneste", "/bekreft", "/avvis", "/koble-fra"] {
                    let refused = try await browser.post(ConnectionPage.address + path, ["tenant": "x"])
                    #expect(refused.status == .unprocessableContent, "\(path)")
                }
                #expect(try await browser.get("/").status == .ok)
            }
        }
    }

    @Test func theCookieOfTheSignInIsHeldToTheHostOverTLS() {
        #expect(WebAddress(origin: "https://ferje.example.no").erpSignInCookie == "__Host-ferje-visma")
    }

    @Test func aDeadSignInSaysWhatToDo() async throws {
        try await withWeb { bench in
            let browser = try await bench.signedIn(.administrator)
            try await browser.get(try await bench.signInAtVisma(browser))
            _ = try await bench.confirm(browser)
            bench.sandbox.setFaults([FaultRule(.grantRevoked, path: "token", nth: 1)])
            bench.clock.advance(by: .seconds(3600))
            _ = try? await bench.connections.connect(WebBench.company, .customers)
            let again = try await bench.signedIn(.administrator)
            let page = try await again.get(ConnectionPage.address)
            #expect(page.text.contains("Må kobles til på nytt"))
            #expect(page.text.contains("Det som venter, går av seg selv etterpå."))
            let home = try await again.get("/")
            #expect(home.html.contains("href=\"\(ConnectionPage.address)\""))
            bench.sandbox.setFaults([])
            try await again.get(try await bench.signInAtVisma(again))
            _ = try await bench.confirm(again)
            #expect(try await bench.overview().status?.state == .connected)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func noSecretOfTheWayStandsOnAPageInALogOrInARow(kind: TestDatabaseKind) async throws {
        let book = LogBook()
        try await withWeb(kind, logger: book.logger) { bench in
            let browser = try await bench.signedIn(.administrator)
            var seen: [Browser.Page] = []
            let back = try await bench.signInAtVisma(browser)
            seen.append(try await browser.get(back))
            seen.append(try await browser.get(ConnectionPage.address))
            seen.append(try await bench.confirm(browser))
            for path in [ConnectionPage.address, ConnectionPage.address + "/koble-fra", "/", "/kjorelogg", back] {
                seen.append(try await browser.get(path))
            }
            let tokens = bench.wire.exchanges.flatMap { exchange in
                exchange.received
                    .matches(of: #/"(access|refresh)_token":"([^"]+)"/#).map { String($0.2) }
            }
            #expect(tokens.count >= 2)
            let fields = try #require(Fields(urlEncoded: back.split(separator: "?").last ?? ""))
            let verifiers = bench.wire.exchanges.compactMap { exchange in
                Fields(urlEncoded: exchange.sent)?["code_verifier"]
            }.filter { !$0.isEmpty }
            let secrets = tokens + verifiers + [fields["code"], fields["state"], "S3cret"]
            #expect(verifiers.count == 1 && secrets.allSatisfy { $0.count > 5 })
            let shown = seen.map { "\($0.headers) \($0.html)" } + book.lines + (try await bench.everyText())
            for secret in secrets {
                #expect(shown.allSatisfy { !$0.contains(secret) }, "\(secret.prefix(4))…")
            }
        }
    }
}

extension WebBench {
    /// Every text of the tables that could hold a token.
    fileprivate func everyText() async throws -> [String] {
        try await database.readAcrossCompanies { connection in
            try ["connection", "connection_pending", "setting", "audit", "session"].flatMap { table in
                try connection.query("SELECT * FROM \(raw: table)").map { "\($0)" }
            }
        }
    }
}
