import Foundation
import Persistence
import TestSupport
import Testing

@testable import Sync

@Suite struct AuditTests {
    @Test(arguments: TestDatabaseKind.allCases)
    func everyStateOfADocumentLeavesWhoWhenAndWhy(kind: TestDatabaseKind) async throws {
        try await withExportBench(kind) { bench in
            bench.erp.change { $0.scriptedPosts = [.lost] }
            try await bench.approvedHours("e1")
            try await bench.run()
            try await bench.pass(.seconds(401))
            try await bench.pass(.seconds(301))
            let trail = try await bench.transaction { transaction in
                try transaction.query(
                    """
                    SELECT actor, before_digest, after_digest, reason FROM audit WHERE subject_kind = 'document'
                    ORDER BY at, id
                    """
                ).map { row in
                    let before: String? = try row.get("before_digest")
                    let reason: String = try row.get("reason")
                    #expect(!reason.isEmpty)
                    return try
                        "\(row.get("actor", as: String.self)): \(before ?? "-") → \(row.get("after_digest", as: String.self))"
                }
            }
            #expect(
                trail == [
                    "test: - → ready", "test: ready → sending", "test: sending → unknown",
                    "schedule: unknown → unknown", "schedule: unknown → ready", "schedule: ready → sending",
                    "schedule: sending → confirmed",
                ])
        }
    }
}
