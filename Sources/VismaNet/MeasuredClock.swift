import Synchronization

/// The ERP's time, measured: our own clock, and what the header `Date` of its answers says against it. A token's life is
/// told by the ERP, so it is counted by the ERP's clock; our own may be wrong, or differ from that of another machine
/// that shares the token.
///
/// The measure is a second coarse, and late by the time that the answer took: far within the two minutes that a token
/// must have left.
public final class MeasuredClock: Sendable {
    /// An answer that is further from our clock than this is not believed: 48 hours.
    public static let believable = Duration.seconds(48 * 3600)

    private let own: @Sendable () -> Int64
    private let offset = Mutex<Int64>(0)

    /// - Parameter own: milliseconds since 1970.
    public init(own: @escaping @Sendable () -> Int64) { self.own = own }

    /// Milliseconds since 1970.
    public var now: Int64 { own() + offset.withLock { $0 } }

    /// Takes the time of an answer that has just come; one out of a cache (`Age`) tells nothing.
    public func learn(from answer: HTTPTransportResponse) {
        guard answer.header("Age") == nil, let date = answer.header("Date").flatMap(HTTPDate.milliseconds) else {
            return
        }
        let difference = date - own()
        guard abs(difference) <= Self.believable.milliseconds else { return }
        offset.withLock { $0 = difference }
    }
}

/// Shows every answer to a clock.
public struct MeasuringTransport: HTTPTransport {
    private let transport: any HTTPTransport
    private let clock: MeasuredClock

    public init(_ transport: any HTTPTransport, clock: MeasuredClock) {
        self.transport = transport
        self.clock = clock
    }

    public func send(
        _ request: HTTPTransportRequest, deadline: Duration
    ) async throws(TransportFailure) -> HTTPTransportResponse {
        let answer = try await transport.send(request, deadline: deadline)
        clock.learn(from: answer)
        return answer
    }
}
