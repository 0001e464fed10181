import Persistence
import Proresult
import TestSupport
import Testing

@testable import Sync

/// A POST that the ERP queued (202): it may be stored at any time until the queued call is over.
@Suite struct QueuedCallTests {
    @Test(arguments: TestDatabaseKind.allCases)
    func aQueuedDocumentIsFollowedUntilItIsStored(kind: TestDatabaseKind) async throws {
        try await withQueued(kind) { bench, payload in
            for _ in 0..<20 { try await bench.pass(.seconds(600)) }
            #expect(try await bench.documents().map(\.state) == [.unknown], "hours of waiting prove nothing")
            bench.erp.change {
                $0.store(payload, number: "PM7")
                $0.queuedCalls["j1"] = .created(number: "PM7")
            }
            try await bench.pass(.seconds(31))
            #expect(try await bench.documents().map(\.erpNumber) == ["PM7"])
            #expect(try await bench.state("e1") == .transferred)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func aQueuedDocumentThatWasRefusedWaitsForAPerson(kind: TestDatabaseKind) async throws {
        try await withQueued(kind) { bench, _ in
            bench.erp.change { $0.queuedCalls["j1"] = .refused("period is closed") }
            try await bench.pass(.seconds(31))
            #expect(try await bench.documents().map(\.state) == [.rejected])
            let again = try await bench.run()
            #expect(again.held.map(\.blockers) == [[.refusedByERP(explanation: "period is closed")]])
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func aQueuedCallThatFailedIsSentAgainAfterTwoAbsences(kind: TestDatabaseKind) async throws {
        try await withQueued(kind) { bench, _ in
            bench.erp.change { $0.queuedCalls["j1"] = .failed("status 500") }
            try await bench.pass(.seconds(31))
            #expect(bench.lines.isEmpty)
            try await bench.pass(.seconds(401))
            #expect(try await bench.documents().map(\.absentCount) == [1])
            try await bench.pass(.seconds(301))
            #expect(bench.lines.count == 1)
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func aQueuedCallThatVanishedIsWaitedForADay(kind: TestDatabaseKind) async throws {
        try await withQueued(kind) { bench, payload in
            bench.erp.change { $0.queuedCalls["j1"] = nil }
            for _ in 0..<20 { try await bench.pass(.seconds(3600)) }
            #expect(try await bench.documents().map(\.state) == [.unknown])
            #expect(try await bench.documents().map(\.absentCount) == [0])
            bench.erp.change { $0.store(payload, number: "PM7") }
            for _ in 0..<6 { try await bench.pass(.seconds(3600)) }
            #expect(try await bench.documents().map(\.state) == [.confirmed])
            #expect(bench.lines.count == 1)
        }
    }

    private func withQueued(
        _ kind: TestDatabaseKind, _ body: (ExportBench, ProjectTransaction) async throws -> Void
    ) async throws {
        try await withExportBench(kind) { bench in
            bench.erp.change {
                $0.scriptedPosts = [.queued("j1")]
                $0.queuedCalls["j1"] = .pending
            }
            try await bench.approvedHours("e1")
            try await bench.run()
            let document = try #require(try await bench.documents().first)
            #expect(document.state == .unknown)
            try await body(bench, document.transaction())
        }
    }
}
