import Foundation
import Hummingbird
import Logging
import NIOCore
import Persistence
import Sync
import Testing
import VismaNet
import VismaNetSandbox

@testable import VismaNetConnector

/// The real transport against the sandbox on a loopback port: what only sockets can show.
struct OverHTTPTests {
    private func withConnector(
        _ body: @Sendable @escaping (Firm, VismaNetConnector) async throws -> Void
    ) async throws {
        let firm = try Firm()
        let transport = AsyncHTTPClientTransport()
        let (ports, found) = AsyncStream<Int>.makeStream()
        let server = firm.sandbox.application { channel in
            found.yield(channel.localAddress?.port ?? 0)
        }
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await server.run() }
            var iterator = ports.makeAsyncIterator()
            let port = try #require(await iterator.next())
            let client = try firm.client(
                baseURL: "http://127.0.0.1:\(port)", transport: transport, retry: RetryPolicy(maxAttempts: 1))
            let connector = VismaNetConnector(
                client: client, reconciling: client, pageSize: 500, nonProjectCode: "X", requests: RequestCount(),
                logger: .quiet)
            do {
                try await body(firm, connector)
            } catch {
                Issue.record(error)
            }
            group.cancelAll()
            try? await group.waitForAll()
        }
        try await transport.shutdown()
    }

    private func document() throws -> Sync.ProjectTransaction {
        let day = try #require(CalendarDate("2026-03-12"))
        return Sync.ProjectTransaction(
            description: "PRX over a socket", project: "P-1", period: "202603",
            lines: [
                .init(
                    date: day, employee: "7", item: "TIMER", quantity: 7, billableQuantity: 7, rate: 400, task: "10",
                    accountGroup: "5", debitAccount: "5000", creditAccount: "5990", debitSubaccount: nil,
                    creditSubaccount: nil, description: "Timer")
            ])
    }

    @Test func readsAndWritesOverASocket() async throws {
        try await withConnector { _, connector in
            #expect(try await connector.customers(.everything).rows.count == 3)
            let sent = try self.document()
            guard case .created(let number, _) = await connector.post(sent, .plain) else {
                Issue.record("not created")
                return
            }
            let read = try #require(try await connector.document(number: number))
            #expect(DocumentFingerprint(read) == DocumentFingerprint(sent))
        }
    }

    @Test(arguments: [(FaultKind.resetBeforeCommit, 0), (.resetAfterCommit, 1), (.cutBody, 1), (.wrongLength, 1)])
    func brokenConnectionIsNeverTakenForAnAnswer(fault: FaultKind, documents: Int) async throws {
        try await withConnector { firm, connector in
            _ = try await connector.organisation()
            firm.sandbox.setFaults([FaultRule(fault)])
            let error = await #expect(throws: ERPError.self) { try await connector.customers(.everything) }
            #expect(error?.consequence == .tryLater(after: nil))
            firm.sandbox.setFaults([FaultRule(fault, method: "POST", path: "projecttransaction")])
            switch await connector.post(try self.document(), .plain) {
            case .unknown: break
            // The number is in the head of the answer, which came whole.
            case .created where fault == .wrongLength: break
            case let other: Issue.record("\(other)")
            }
            #expect(firm.sandbox.snapshot().companies[0].documents.count == documents)
        }
    }
}
