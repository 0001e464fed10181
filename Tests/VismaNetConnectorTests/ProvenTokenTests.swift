import Sync
import TestSupport
import Testing

@testable import VismaNetConnector

/// Whom a token reaches is asked once, not once in each process.
@Suite struct ProvenTokenTests {
    @Test(arguments: TestDatabaseKind.allCases)
    func processesShareWhatOneHasSeen(kind: TestDatabaseKind) async throws {
        try await withFirm(kind) { firm, database in
            let processes = try [firm.connections(database), firm.connections(database, seed: 2)]
            _ = try await processes[0].activateService(company: Firm.company, tenantID: Firm.tenant, by: "test")
            func asked(_ body: () async throws -> Void) async throws -> Int {
                let before = firm.apiCalls.count
                try await body()
                return firm.apiCalls.count - before
            }
            for _ in 0..<2 {
                let calls = try await asked {
                    for process in processes + processes {
                        _ = try await process.connector(Firm.company, .customers).periods()
                    }
                }
                #expect(calls == 1 + 4)
                firm.clock.advance(by: .seconds(3600))
            }
        }
    }
}
