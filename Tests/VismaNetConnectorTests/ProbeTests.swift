import Foundation
import Persistence
import Sync
import TestSupport
import Testing
import VismaNet
import VismaNetSandbox

@testable import VismaNetConnector

/// What a Visma honours is found out by trying, with nothing that has money in it.
struct ProbeTests {
    private func withCompany(
        _ kind: TestDatabaseKind, _ change: (inout SandboxConfiguration) -> Void = { _ in },
        _ body: (Firm, any SQLDatabase, VismaNetConnections) async throws -> Void
    ) async throws {
        try await withFirm(kind, change) { firm, database in
            let connections = try firm.connections(database)
            _ = try await connections.activateService(company: Firm.company, tenantID: Firm.tenant, by: "kari")
            try await body(firm, database, connections)
        }
    }

    private func mode(_ database: any SQLDatabase) async throws -> ExportMode? {
        try await database.transaction(company: Firm.company) { try $0.storedProbe()?.mode }
    }

    /// Whatever was seen: every commit that the ledger knows was without a line.
    private func expectNoMoney(_ firm: Firm) {
        #expect(firm.sandbox.ledger().allSatisfy { $0.document.lines.isEmpty })
        #expect(firm.sandbox.snapshot().companies[0].documents.count <= 1)
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func aVismaThatHonoursAllGetsShells(kind: TestDatabaseKind) async throws {
        try await withCompany(
            kind, { ($0.acceptsEmptyDocuments, $0.listsEmptyDocuments) = (true, true) }
        ) { firm, database, connections in
            let found = try await connections.probe(Firm.company, by: "kari")
            #expect(found.emptyAccepted && found.holdHonoured == true && found.versionEnforced == true)
            #expect(found.textLength == 256)
            #expect(found.listedAfter == .zero)
            #expect(found.pageSizes == ["customers": 500, "projects": 500, "items": 500])
            #expect(found.leftBehind == "PM00000001")
            let mode = try await mode(database)
            #expect(mode == .shell)
            let stored = try await database.transaction(company: Firm.company) { try $0.storedProbe() }
            #expect(stored?.probe == found && stored?.by == "kari")
            expectNoMoney(firm)
            let left = try #require(firm.sandbox.snapshot().companies[0].documents.first)
            #expect(left.status == "Hold" && left.description == "Ferje-prøve 2026-11-16: tom, kan slettes")
        }
    }

    enum Lack: String, CaseIterable { case empty, hold, version }

    @Test(arguments: TestDatabaseKind.allCases, Lack.allCases)
    func aVismaThatLacksOneThingGetsDocumentsThePlainWay(kind: TestDatabaseKind, lack: Lack) async throws {
        try await withCompany(
            kind,
            { configuration in
                configuration.acceptsEmptyDocuments = lack != .empty
                configuration.honoursHold = lack != .hold
                configuration.enforcesIfMatch = lack != .version
            }
        ) { firm, database, connections in
            let found = try await connections.probe(Firm.company, by: "kari")
            #expect(found.emptyAccepted == (lack != .empty))
            if lack == .empty {
                #expect(found.refusal?.isEmpty == false && found.leftBehind == nil)
                #expect(found.holdHonoured == nil && found.versionEnforced == nil)
            } else {
                #expect(found.holdHonoured == (lack != .hold))
                #expect(found.versionEnforced == (lack != .version))
                #expect(found.listedAfter == nil, "an empty document is in no list here")
            }
            #expect(!found.allowsShells)
            let mode = try await mode(database)
            #expect(mode == .plain)
            expectNoMoney(firm)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func aTextThatIsCutIsMeasured(kind: TestDatabaseKind) async throws {
        try await withCompany(
            kind,
            {
                ($0.acceptsEmptyDocuments, $0.documentTextLength) = (true, 60)
                $0.longText = .cut
            }
        ) { _, _, connections in
            let found = try await connections.probe(Firm.company, by: "kari")
            #expect(found.textLength == 60)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases, [FaultKind.serverErrorAfterCommit, .gatewayError, .tooManyRequests])
    func aProbeThatFailsKeepsNothingAndSaysWhatMayStayBehind(kind: TestDatabaseKind, fault: FaultKind) async throws {
        try await withCompany(kind, { $0.acceptsEmptyDocuments = true }) { firm, database, connections in
            firm.sandbox.setFaults([FaultRule(fault, method: "POST", path: "projecttransaction", nth: 1, seconds: 9)])
            let error = await #expect(throws: ERPError.self) {
                _ = try await connections.probe(Firm.company, by: "kari")
            }
            if fault != .tooManyRequests { #expect(error?.message.contains("may stand there") == true) }
            let first = try await mode(database)
            #expect(first == nil)
            firm.clock.advance(by: .seconds(10))
            firm.sandbox.setFaults([FaultRule(.tooManyRequests, method: "PUT", nth: 2, seconds: 9)])
            let later = await #expect(throws: ERPError.self) {
                _ = try await connections.probe(Firm.company, by: "kari")
            }
            #expect(later?.message.contains("stays in Visma.net") == true)
            let second = try await mode(database)
            #expect(second == nil)
            #expect(firm.sandbox.ledger().allSatisfy { $0.document.lines.isEmpty })
        }
    }
}
