import Foundation
import Persistence
import Sync
import TestSupport
import Testing
import VismaNetSandbox

@testable import VismaNetConnector

/// A sign-in that has moved to another company, seen only when a token is renewed in the middle of a run.
struct MovedSignInTests {
    private func moved(_ kind: TestDatabaseKind, _ body: (Firm, VismaNetConnector) async throws -> Void) async throws {
        try await withFirm(kind) { firm, database in
            let connections = try firm.connections(database)
            _ = try await firm.signIn(connections)
            let connector = try await connections.connector(Firm.company, .hours)
            // The next renewal gives a token for the other company.
            firm.sandbox.setFaults([FaultRule(.otherCompany, text: Firm.otherTenant)])
            firm.clock.advance(by: .seconds(3600))
            try await body(firm, connector)
            #expect(try await connections.state(of: Firm.company)?.state == .reconnectRequired)
            #expect(
                firm.sandbox.requests().filter { $0.tenantID == Firm.otherTenant }.map(\.path) == ["/v1/organization"])
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func nothingIsReadThere(kind: TestDatabaseKind) async throws {
        try await moved(kind) { _, connector in
            let error = await #expect(throws: ERPError.self) {
                _ = try await connector.documents(project: nil, period: "202611", createdFrom: nil)
            }
            #expect(error?.consequence == .reconnect)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func nothingIsSentThere(kind: TestDatabaseKind) async throws {
        try await moved(kind) { firm, connector in
            let document = ProjectTransaction(description: "PRX", project: "P-1", period: "202611", lines: [])
            guard case .notSent(let error) = await connector.post(document, .shell) else {
                Issue.record("it was sent")
                return
            }
            #expect(error.consequence == .reconnect)
            #expect(firm.sandbox.ledger().isEmpty)
        }
    }
}
