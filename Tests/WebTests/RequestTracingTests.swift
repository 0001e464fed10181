import InMemoryTracing
import Proresult
import Testing
import Tracing

@testable import Web

/// A request's span tells which route and how it went; never what stood in the address.
@Suite struct RequestTracingTests {
    @Test func aSpanNamesTheRouteAndNothingOfTheAddress() async throws {
        let tracer = InMemoryTracer()
        try await withWeb(tracer: tracer) { bench in
            let leader = try await bench.signedIn(.leader)
            tracer.clearAll()
            try await leader.get("/inn?bedrift=skjult-firma")
            try await leader.get("/oppstart/en-skjult")
            try await leader.get("/api/v1/workers/skjult-id", headers: ["Authorization": "Bearer skjult"])
            try await leader.get(
                "/finnes/skjult-ikke",
                headers: ["traceparent": "00-0123456789abcdef0123456789abcdef-0123456789abcdef-01"])
            let spans = tracer.finishedSpans
            #expect(
                spans.map(\.operationName) == [
                    "GET /inn", "GET /oppstart/{hemmelighet}", "GET /api/v1/workers/{id}", "GET (no route)",
                ])
            #expect(spans.allSatisfy { $0.kind == .server && $0.parentSpanID == nil })
            #expect(
                spans.map { $0.attributes.get("http.response.status_code") }.suffix(2) == [.int64(401), .int64(404)])
            #expect(spans.first?.attributes.get("http.route") == .string("/inn"))
            #expect(tracer.performedContextExtractions.isEmpty, "nobody outside chooses our numbers")
            for span in spans {
                span.attributes.forEach { #expect(!"\($0)=\($1)".contains("skjult")) }
                #expect(!span.operationName.contains("skjult"))
            }
        }
    }
}
