import Persistence
import Synchronization
import Tracing

/// Writes each span that ends as a line of OTLP in JSON. The clock is the tracer's own: instants that callers pass are not
/// asked for.
public final class FileTracer: Tracer {
    private let file: TraceFile
    private let now: @Sendable () -> UInt64
    private let randomness: Randomness

    /// - Parameter now: nanoseconds since 1970, UTC.
    public init(file: TraceFile, now: @escaping @Sendable () -> UInt64, randomness: Randomness) {
        (self.file, self.now, self.randomness) = (file, now, randomness)
    }

    public func startSpan<Instant: TracerInstant>(
        _ operationName: String, context: @autoclosure () -> InstrumentationContext, ofKind kind: SpanKind,
        at instant: @autoclosure () -> Instant, function: String, file fileID: String, line: UInt
    ) -> FileSpan {
        var context = context()
        let parent = context[SpanIdentity.self]
        let identity = SpanIdentity(
            trace: parent?.trace ?? Self.hex(randomness.bytes(16)), span: Self.hex(randomness.bytes(8)))
        context[SpanIdentity.self] = identity
        let start = OTLPSpan(
            traceId: identity.trace, spanId: identity.span, parentSpanId: parent?.span, name: operationName,
            kind: OTLPSpan.number(of: kind), startTimeUnixNano: String(now()))
        return FileSpan(context: context, start: start, now: now, file: file)
    }

    public func forceFlush() {}

    /// A trace does not leave the process, and none comes in: whoever asks from outside must not choose its number.
    public func inject<Carrier, Inject: Injector>(
        _ context: InstrumentationContext, into carrier: inout Carrier, using injector: Inject
    ) where Inject.Carrier == Carrier {}

    public func extract<Carrier, Extract: Extractor>(
        _ carrier: Carrier, into context: inout InstrumentationContext, using extractor: Extract
    ) where Extract.Carrier == Carrier {}

    private static func hex(_ bytes: [UInt8]) -> String {
        bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }
}

/// Which span is the one above.
struct SpanIdentity: InstrumentationContextKey, Sendable {
    typealias Value = SpanIdentity

    var trace: String
    var span: String
}

/// A span under way.
public final class FileSpan: Span {
    public let context: InstrumentationContext
    private let now: @Sendable () -> UInt64
    private let file: TraceFile
    /// Nil after its end.
    private let state: Mutex<State?>

    private struct State {
        var span: OTLPSpan
        var attributes: SpanAttributes = [:]
    }

    init(
        context: InstrumentationContext, start: OTLPSpan, now: @escaping @Sendable () -> UInt64, file: TraceFile
    ) {
        (self.context, self.now, self.file) = (context, now, file)
        state = Mutex(State(span: start))
    }

    public var isRecording: Bool { state.withLock { $0 != nil } }

    public var operationName: String {
        get { state.withLock { $0?.span.name } ?? "" }
        set { state.withLock { $0?.span.name = newValue } }
    }

    public var attributes: SpanAttributes {
        get { state.withLock { $0?.attributes } ?? [:] }
        set { state.withLock { $0?.attributes = newValue } }
    }

    public func setStatus(_ status: SpanStatus) {
        state.withLock { $0?.span.status = .init(code: status.code == .error ? 2 : 1, message: status.message) }
    }

    public func addEvent(_ event: SpanEvent) {
        add(OTLPSpan.Event(String(event.nanosecondsSinceEpoch), event.name, event.attributes))
    }

    /// Its kind and not its words: those may quote what somebody wrote.
    public func recordError<Instant: TracerInstant>(
        _ error: any Error, attributes: SpanAttributes, at instant: @autoclosure () -> Instant
    ) {
        var attributes = attributes
        attributes["exception.type"] = "\(type(of: error))"
        add(OTLPSpan.Event(String(now()), "exception", attributes))
    }

    /// Nothing of ours links spans.
    public func addLink(_ link: SpanLink) {}

    public func end<Instant: TracerInstant>(at instant: @autoclosure () -> Instant) {
        let ended = state.withLock { state in
            defer { state = nil }
            return state
        }
        guard let ended else { return }
        var span = ended.span
        span.endTimeUnixNano = String(now())
        span.attributes = OTLPAttribute.list(ended.attributes)
        if let line = OTLPLine.line(span) { file.write(line) }
    }

    private func add(_ event: OTLPSpan.Event) {
        state.withLock { state in
            // A span that goes wrong over and over fills no memory.
            guard let count = state?.span.events.count, count < 32 else { return }
            state?.span.events.append(event)
        }
    }
}
