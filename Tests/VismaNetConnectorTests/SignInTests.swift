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
        let location = try await PersonAtVisma(sandbox).answer(to: url, tenant: tenant)
        func value(_ name: String) throws -> String {
            try #require(location.queryItems?.first { $0.name == name }?.value)
        }
        return (try value("code"), try value("state"))
    }

    func signIn(_ connections: VismaNetConnections) async throws -> String {
        let signIn = try await connections.beginSignIn(company: Firm.company, by: "kari")
        let (code, state) = try await answer(to: signIn.url)
        return try await connections.finishAndConfirm(code: code, state: state)
    }
}

extension VismaNetConnections {
    /// The answer is taken, and the person says yes to the company that was reached.
    func finishAndConfirm(
        _ company: CompanyID = Firm.company, code: String, state: String, by person: String = "kari"
    ) async throws -> String {
        try await finishSignIn(company: company, answer: [("code", code), ("state", state)], by: person)
        let pending = try await database.read(company: company) { try PendingConnection.read(in: $0) }
        return try await confirm(company: company, id: try #require(pending).id, by: person)
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
                try await other.finishAndConfirm(code: code, state: state)
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

    private func expectRefused(
        _ refusal: ConnectionRefused = .notExpected, _ body: () async throws -> String
    ) async {
        let error = await #expect(throws: ConnectionRefused.self) { _ = try await body() }
        #expect(error == refusal)
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func answerIsGoodForOneUse(kind: TestDatabaseKind) async throws {
        try await withFirm(kind) { firm, database in
            let connections = try firm.connections(database)
            let signIn = try await connections.beginSignIn(company: Firm.company, by: "kari")
            let (code, state) = try await firm.answer(to: signIn.url)
            _ = try await connections.finishAndConfirm(code: code, state: state, by: "kari")
            let calls = firm.tokenCalls.count
            await expectRefused {
                try await connections.finishAndConfirm(code: code, state: state, by: "kari")
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
                try await connections.finishAndConfirm(code: code, state: "guess", by: "kari")
            }
            (code, state) = try await begun()
            await expectRefused {
                try await connections.finishAndConfirm(code: code, state: state, by: "ola")
            }
            (code, state) = try await begun()
            await expectRefused {
                try await connections.finishAndConfirm(other, code: code, state: state)
            }
            (code, state) = try await begun()
            firm.clock.advance(by: .seconds(601))
            await expectRefused(.late) {
                try await connections.finishAndConfirm(code: code, state: state, by: "kari")
            }
            let older = try await begun()
            _ = try await begun()
            await expectRefused {
                try await connections.finishAndConfirm(code: older.code, state: older.state, by: "kari")
            }
            #expect(firm.tokenCalls.isEmpty)
            #expect(try await connections.state(of: Firm.company) == nil)
        }
    }
}
