import FarShore
import InMemoryTracing
import Persistence
import Sync
import TestSupport
import Testing
import Tracing
import VismaNet
import VismaNetSandbox

@testable import VismaNetConnector

/// A run is a trace: its calls to Visma hang under it, whoever makes them, and none of it tells of anybody.
@Suite struct RunTraceTests {
    private func live(
        _ firm: Firm, _ database: any SQLDatabase, _ tracer: InMemoryTracer, seed: UInt64 = 5
    ) async throws -> FinishedRun? {
        let connections = try firm.connections(database, tracer: tracer)
        if try await connections.state(of: Firm.company) == nil {
            _ = try await connections.activateService(company: Firm.company, tenantID: Firm.tenant, by: "kari")
            firm.clock.advance(by: .seconds(3600))
            tracer.clearAll()
        }
        let engine = SyncEngine(
            database: database, owner: "test", randomness: .seeded(seed), logger: .quiet, pagesAtOnce: 4,
            tracer: tracer, connect: connections.connect)
        try await database.transaction(company: Firm.company) { transaction in
            try transaction.createJobs()
            _ = try transaction.requestRun(of: .customers, by: "kari")
        }
        return try await engine.tick()
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func theCallsOfARunHangUnderItWithAttemptAndStatus(kind: TestDatabaseKind) async throws {
        try await withFirm(kind) { firm, database in
            let tracer = InMemoryTracer()
            firm.sandbox.setFaults([FaultRule(.gatewayError, path: "/v1/customer", nth: 1)])
            let run = try #require(try await live(firm, database, tracer))
            #expect(run.outcome.succeeded, "\(run.outcome.error ?? "")")

            let spans = tracer.finishedSpans
            #expect(tracer.activeSpans.isEmpty)
            let top = try #require(spans.first { $0.operationName == "run customers" })
            #expect(top.parentSpanID == nil)
            #expect(top.attributes.get("ferje.company") == .string("firma"))
            #expect(top.attributes.get("ferje.job") == .string("customers"))
            #expect(top.attributes.get("ferje.run") == .string(run.run.text))
            #expect(top.attributes.get("ferje.outcome") == .string("succeeded"))
            let others = spans.filter { $0.spanID != top.spanID }
            #expect(others.allSatisfy { $0.parentSpanID == top.spanID && $0.traceID == top.traceID })
            #expect(others.count == run.outcome.requests)
            #expect(others.contains { $0.operationName == "POST sign-in" })

            let pages = others.filter { $0.operationName == "GET /v1/customer" }
            #expect(
                pages.prefix(2).map { $0.attributes.get("http.response.status_code") } == [.int64(503), .int64(200)])
            #expect(pages.prefix(2).map { $0.attributes.get("ferje.erp.attempt") } == [.int64(1), .int64(2)])
            #expect(pages.first?.status?.code == .error)
            #expect(pages.allSatisfy { $0.attributes.get("ferje.erp.gate_wait_ms") != nil })
            #expect(pages.allSatisfy { $0.attributes.get("url.template") == .string("/v1/customer") })
        }
    }

    @Test func theWaitAtTheGateIsTold() async throws {
        try await withFirm(.sqlite) { firm, database in
            let tracer = InMemoryTracer()
            _ = try await live(firm, database, tracer)
            tracer.clearAll()
            let soon = firm.clock.now + .milliseconds(1500)
            _ = try await database.transaction(company: Firm.company) { transaction in
                try transaction.execute(
                    "UPDATE erp_gate SET closed_until = \(soon) WHERE company_id = \(transaction.company)")
            }
            _ = try await live(firm, database, tracer, seed: 6)
            let waits = tracer.finishedSpans.compactMap { $0.attributes.get("ferje.erp.gate_wait_ms") }
            #expect(waits.contains(.int64(1500)), "\(waits)")
        }
    }

    @Test func aRunThatFailsSaysWhatKindOfFailure() async throws {
        try await withFirm(.sqlite) { firm, database in
            let tracer = InMemoryTracer()
            _ = try await live(firm, database, tracer)
            tracer.clearAll()
            firm.sandbox.setFaults([FaultRule(.timeoutAfterCommit, path: "/v1/customer", remaining: 100)])
            let run = try #require(try await live(firm, database, tracer, seed: 6))
            #expect(!run.outcome.succeeded)
            let top = try #require(tracer.finishedSpans.first { $0.operationName == "run customers" })
            #expect(top.attributes.get("error.type") == .string("tryLater"))
            #expect(top.status?.code == .error)
            #expect(tracer.finishedSpans.contains { $0.attributes.get("error.type") == .string("noAnswer") })
        }
    }

    /// Ids of records stand in addresses, names in answers, tokens in headers, searches behind the question mark.
    @Test func noSpanTellsOfAnybody() async throws {
        try await withFirm(.sqlite) { firm, database in
            let tracer = InMemoryTracer()
            let records = firm.sandbox.snapshot().companies[0].records
            let connections = try firm.connections(database, tracer: tracer)
            _ = try await firm.signIn(connections)
            firm.clock.advance(by: .seconds(3600))
            let connector = try await connections.connector(Firm.company, .customers)
            let customer = try #require(records.customers.first)
            for _ in 0..<2 {
                _ = try? await connector.customers(.everything)
                _ = try? await connector.document(number: "Merkelapp Nordmann")
                firm.sandbox.setFaults([FaultRule(.serverErrorBeforeCommit, remaining: 100)])
            }
            let spans = tracer.finishedSpans
            #expect(spans.contains { $0.operationName.contains("/{key}") }, "a call with a key in its address")
            #expect(spans.contains { $0.status?.code == .error })
            var told = spans.map(\.operationName)
            for span in spans {
                span.attributes.forEach { told.append("\($0)=\($1)") }
                told += span.events.map { "\($0.name) \($0.attributes)" } + span.errors.map { "\($0.error)" }
            }
            let exchanges = firm.transport.exchanges
            let tokens = exchanges.flatMap(\.request.headers).filter { $0.name == "Authorization" }
                .compactMap { $0.value.split(separator: " ").last.map(String.init) }
            #expect(tokens.count > 3)
            for text in told {
                #expect(!tokens.contains { text.contains($0) }, "\(text)")
                for word in ["Nordmann", "Merkelapp", customer.name, "?", "S3cret", Firm.tenant, "kari"] {
                    #expect(!text.contains(word), "\(text)")
                }
            }
        }
    }
}
