import Foundation
import Persistence
import Synchronization
import TestSupport
import Testing
import Tracing

@testable import Operations

/// Traces in a file: each span that ends is a line that OpenTelemetry's Collector reads (`otlpjsonfile`), and the file stays
/// within its limit whatever happens.
@Suite struct TraceTests {
    /// A nanosecond for each look.
    private static func tracer(_ path: String, limit: Int = 1 << 20, log: LogBook = LogBook()) throws -> FileTracer {
        let time = Mutex<UInt64>(1_794_816_000_000_000_000)
        return FileTracer(
            file: try TraceFile(path: path, limit: limit, logger: log.logger),
            now: {
                time.withLock { time in
                    time += 1
                    return time
                }
            }, randomness: .seeded(1))
    }

    private static func lines(_ path: String) throws -> [String] {
        try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").map(String.init)
    }

    private static func span(_ line: String) throws -> [String: Any] {
        let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
        let resource = try #require((object?["resourceSpans"] as? [[String: Any]])?.first)
        let scope = try #require((resource["scopeSpans"] as? [[String: Any]])?.first)
        return try #require((scope["spans"] as? [[String: Any]])?.first)
    }

    private struct Trouble: Error { var words = "Kari Nordmann" }

    @Test func aSpanIsALineOfTheProtocolInJSON() async throws {
        try await withTemporaryFolder { folder in
            let path = folder.appending(path: "traces.json").path
            let tracer = try Self.tracer(path)
            let span = tracer.startSpan("GET /v1/customer/{key}", context: .topLevel, ofKind: .client)
            span.attributes["http.response.status_code"] = 200
            span.attributes["url.template"] = "/v1/customer/{key}"
            span.attributes["ferje.new"] = true
            span.attributes["ferje.part"] = 0.5
            span.setStatus(SpanStatus(code: .error))
            span.end()
            span.end()
            let (trace, id) = try #require(span.context[SpanIdentity.self].map { ($0.trace, $0.span) })
            #expect(trace.wholeMatch(of: /[0-9a-f]{32}/) != nil)
            #expect(id.wholeMatch(of: /[0-9a-f]{16}/) != nil)
            #expect(
                try Self.lines(path) == [
                    #"{"resourceSpans":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"ferje"}}]},"#
                        + #""scopeSpans":[{"scope":{"name":"ferje"},"spans":[{"attributes":["#
                        + #"{"key":"ferje.new","value":{"boolValue":true}},"#
                        + #"{"key":"ferje.part","value":{"doubleValue":0.5}},"#
                        + #"{"key":"http.response.status_code","value":{"intValue":"200"}},"#
                        + #"{"key":"url.template","value":{"stringValue":"/v1/customer/{key}"}}],"#
                        + #""endTimeUnixNano":"1794816000000000002","events":[],"kind":3,"name":"GET /v1/customer/{key}","#
                        + "\"spanId\":\"\(id)\","
                        + #""startTimeUnixNano":"1794816000000000001","status":{"code":2},"#
                        + "\"traceId\":\"\(trace)\"}]}]}]}"
                ])
            let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
            #expect(mode == 0o600)
        }
    }

    @Test func whatBeginsWithinASpanBelongsToItAlsoInOtherTasks() async throws {
        try await withTemporaryFolder { folder in
            let path = folder.appending(path: "traces.json").path
            let tracer = try Self.tracer(path)
            await tracer.withSpan("run", context: .topLevel) { _ in
                await withTaskGroup(of: Void.self) { group in
                    for number in 1...3 { group.addTask { tracer.withSpan("call \(number)") { _ in } } }
                }
            }
            tracer.withSpan("another") { _ in }
            let spans = try Self.lines(path).map { try Self.span($0) }
            let run = try #require(spans.first { $0["name"] as? String == "run" })
            #expect(run["parentSpanId"] == nil)
            let calls = spans.filter { ($0["name"] as? String)?.hasPrefix("call") == true }
            #expect(calls.count == 3)
            #expect(calls.allSatisfy { $0["parentSpanId"] as? String == run["spanId"] as? String })
            #expect(calls.allSatisfy { $0["traceId"] as? String == run["traceId"] as? String })
            let another = try #require(spans.first { $0["name"] as? String == "another" })
            #expect(another["traceId"] as? String != run["traceId"] as? String)
        }
    }

    @Test func ofAnErrorItsKindIsToldAndNotItsWords() async throws {
        try await withTemporaryFolder { folder in
            let path = folder.appending(path: "traces.json").path
            let tracer = try Self.tracer(path)
            #expect(throws: Trouble.self) { try tracer.withSpan("run") { _ in throw Trouble() } }
            let line = try #require(try Self.lines(path).first)
            #expect(!line.contains("Nordmann"))
            let span = try Self.span(line)
            let event = try #require((span["events"] as? [[String: Any]])?.first)
            #expect(event["name"] as? String == "exception")
            #expect((event["timeUnixNano"] as? String)?.count == 19)
            #expect(line.contains(#"{"key":"exception.type","value":{"stringValue":"Trouble"}}"#))
            #expect((span["status"] as? [String: Any])?["code"] as? Int == 2)
        }
    }

    @Test func theFileTurnsAtItsLimitAndHoldsWholeLines() async throws {
        try await withTemporaryFolder { folder in
            let path = folder.appending(path: "traces.json").path
            let tracer = try Self.tracer(path, limit: 4000)
            for number in 1...40 { tracer.withSpan("span \(number)") { _ in } }
            let (new, old) = (try Self.lines(path), try Self.lines(path + ".1"))
            for lines in [new, old] {
                #expect(lines.map { $0.utf8.count + 1 }.reduce(0, +) <= 4000)
                for line in lines { _ = try Self.span(line) }
            }
            let last = try Self.span(try #require(new.last))
            #expect(last["name"] as? String == "span 40")
            let before = try Self.span(try #require(old.last))["name"] as? String
            let after = try Self.span(try #require(new.first))["name"] as? String
            #expect(before != nil && after == before.map { "span \((Int($0.dropFirst(5)) ?? 0) + 1)" })
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).count == 2)
            // Another start goes on where the file ends.
            try Self.tracer(path, limit: 4000).withSpan("later") { _ in }
            #expect(try Self.lines(path).count == new.count + 1 || Self.lines(path).count == 1)
        }
    }

    /// On this device every write finds the disk full.
    @Test func aFullDiskIsToldOnceAndHindersNothing() throws {
        let log = LogBook()
        let tracer = try Self.tracer("/dev/full", log: log)
        var done = 0
        for number in 1...5 { tracer.withSpan("span \(number)") { _ in done += 1 } }
        #expect(done == 5)
        #expect(log.lines.filter { $0.contains("traces cannot be written") }.count == 1)
    }

    @Test func aPlaceThatCannotBeWrittenIsRefusedAtTheStart() {
        #expect(throws: TraceFile.Refused.self) { try Self.tracer("/no/such/folder/traces.json") }
    }
}
