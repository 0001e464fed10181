import FarShore
import Foundation
import Persistence
import Sync
import TestSupport
import Testing
import VismaNet
import VismaNetSandbox

@testable import VismaNetConnector

extension Firm {
    /// What a person does in the browser: opens the page, picks the company, accepts. Returns code and state.
    func answer(to url: String, tenant: String = Firm.tenant) async throws -> (code: String, state: String) {
        let browser = SandboxTransport(sandbox: sandbox)
        let page = try await browser.send(.init(method: "GET", url: url), deadline: .seconds(5))
        #expect(page.status == 200)
        let html = String(decoding: page.body, as: UTF8.self)
        var form = [("email", "kari@example.com"), ("tenant_id", tenant), ("decision", "allow")]
        for match in html.matches(of: /<input type="hidden" name="([^"]*)" value="([^"]*)">/) {
            form.append((String(match.1), String(match.2)))
        }
        let body = form.map { "\($0.0)=\($0.1.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "")" }
        let answer = try await browser.send(
            .init(
                method: "POST", url: "http://localhost/connect/authorize",
                headers: [HTTPField("Content-Type", "application/x-www-form-urlencoded")],
                body: Array(body.joined(separator: "&").utf8)), deadline: .seconds(5))
        #expect(answer.status == 302)
        let location = try #require(answer.header("Location").flatMap { URLComponents(string: $0) })
        func value(_ name: String) throws -> String {
            try #require(location.queryItems?.first { $0.name == name }?.value)
        }
        return (try value("code"), try value("state"))
    }

    func signIn(_ connections: VismaNetConnections) async throws -> String {
        let signIn = try await connections.beginSignIn(company: Firm.company, by: "kari")
        let (code, state) = try await answer(to: signIn.url)
        return try await connections.finishSignIn(company: Firm.company, code: code, state: state, by: "kari")
    }
}

struct SignInTests {
    @Test(arguments: TestDatabaseKind.allCases)
    func personSignsInAndTheJobsLiveOnTheRefreshToken(kind: TestDatabaseKind) async throws {
        try await withFirm(kind) { firm, database in
            let connections = try firm.connections(database)
            let signIn = try await connections.beginSignIn(company: Firm.company, by: "kari")
            #expect(signIn.url.contains("code_challenge_method=S256"))
            #expect(!"\(signIn)".contains(signIn.state))
            let (code, state) = try await firm.answer(to: signIn.url)
            #expect(state == signIn.state)
            // Another process takes the answer.
            let other = try firm.connections(database, seed: 2)
            #expect(
                try await other.finishSignIn(company: Firm.company, code: code, state: state, by: "kari")
                    == "Rør og Tak AS (999888777)")
            for _ in 0..<3 {
                firm.clock.advance(by: .seconds(3600))
                let connector = try await connections.connect(Firm.company, .customers)
                #expect(try await connector.customers(.everything).rows.count == 3)
            }
            #expect(try await connections.state(of: Firm.company)?.kind == .interactive)
            #expect(firm.tokenCalls.count == 4)
        }
    }

    private func expectRefused(_ body: () async throws -> String) async {
        let error = await #expect(throws: ERPError.self) { _ = try await body() }
        #expect(error?.consequence == .askPerson)
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func answerIsGoodForOneUse(kind: TestDatabaseKind) async throws {
        try await withFirm(kind) { firm, database in
            let connections = try firm.connections(database)
            let signIn = try await connections.beginSignIn(company: Firm.company, by: "kari")
            let (code, state) = try await firm.answer(to: signIn.url)
            _ = try await connections.finishSignIn(company: Firm.company, code: code, state: state, by: "kari")
            let calls = firm.tokenCalls.count
            await expectRefused {
                try await connections.finishSignIn(company: Firm.company, code: code, state: state, by: "kari")
            }
            #expect(firm.tokenCalls.count == calls)
            // The replay did not cost the grant.
            _ = try await connections.connect(Firm.company, .customers)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func foreignLateAndStrangeAnswersAreRefused(kind: TestDatabaseKind) async throws {
        try await withFirm(kind) { firm, database in
            let other = CompanyID("annen")
            try await database.makeCompany(other)
            let connections = try firm.connections(database)
            func begun() async throws -> (code: String, state: String) {
                try await firm.answer(
                    to: try await connections.beginSignIn(company: Firm.company, by: "kari").url)
            }
            var (code, state) = try await begun()
            await expectRefused {
                try await connections.finishSignIn(company: Firm.company, code: code, state: "guess", by: "kari")
            }
            (code, state) = try await begun()
            await expectRefused {
                try await connections.finishSignIn(company: Firm.company, code: code, state: state, by: "ola")
            }
            (code, state) = try await begun()
            await expectRefused {
                try await connections.finishSignIn(company: other, code: code, state: state, by: "kari")
            }
            (code, state) = try await begun()
            firm.clock.advance(by: .seconds(601))
            await expectRefused {
                try await connections.finishSignIn(company: Firm.company, code: code, state: state, by: "kari")
            }
            let older = try await begun()
            _ = try await begun()
            await expectRefused {
                try await connections.finishSignIn(
                    company: Firm.company, code: older.code, state: older.state, by: "kari")
            }
            #expect(firm.tokenCalls.isEmpty)
            #expect(try await connections.state(of: Firm.company) == nil)
        }
    }
}
