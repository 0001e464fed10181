import Foundation
import Synchronization
import VismaNet

/// Looks on as the requests pass: how many of which kind, and for how long at least one was under way.
final class UnderWay: HTTPTransport {
    private struct State {
        var calls: [String: Int] = [:]
        var open = 0
        var since = ContinuousClock.now
        var time = Duration.zero
    }

    private let transport: any HTTPTransport
    private let state = Mutex(State())

    init(_ transport: any HTTPTransport) { self.transport = transport }

    var calls: [String: Int] { state.withLock(\.calls) }
    var seconds: Double { state.withLock { $0.time / .seconds(1) } }

    func send(
        _ request: HTTPTransportRequest, deadline: Duration
    ) async throws(TransportFailure) -> HTTPTransportResponse {
        let kind = Self.kind(request)
        state.withLock { state in
            state.calls[kind, default: 0] += 1
            if state.open == 0 { state.since = .now }
            state.open += 1
        }
        defer {
            state.withLock { state in
                state.open -= 1
                if state.open == 0 { state.time += ContinuousClock.now - state.since }
            }
        }
        return try await transport.send(request, deadline: deadline)
    }

    /// `GET projecttransaction/…`: the method and the list, without the key.
    private static func kind(_ request: HTTPTransportRequest) -> String {
        let path = (URLComponents(string: request.url)?.path ?? "").split(separator: "/").filter { $0 != "v1" }
        return "\(request.method) \(path.first ?? "")\(path.count > 1 ? "/…" : "")"
    }
}
