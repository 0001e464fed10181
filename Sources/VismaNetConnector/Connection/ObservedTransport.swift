import Persistence
import Synchronization
import VismaNet

/// How many requests one run has made, token calls and retries included.
final class RequestCount: Sendable {
    private let count = Atomic<Int>(0)

    var value: Int { count.load(ordering: .relaxed) }

    func add() { count.wrappingAdd(1, ordering: .relaxed) }
}

/// Counts every request, and tells the gate and the budget of retries how the API fared.
struct ObservedTransport: HTTPTransport {
    let transport: any HTTPTransport
    let requests: RequestCount
    let gate: RateGate
    let retries: RetryBudget
    let clock: WallClock
    let apiBaseURL: Origin

    func send(
        _ request: HTTPTransportRequest, deadline: Duration
    ) async throws(TransportFailure) -> HTTPTransportResponse {
        requests.add()
        if isAPI(request) { retries.called(at: clock.now) }
        do {
            let answer = try await transport.send(request, deadline: deadline)
            if isAPI(request) { await gate.answered(status: answer.status) }
            return answer
        } catch {
            // A call that we broke off ourselves says nothing about the other side.
            if isAPI(request), !Task.isCancelled { await gate.failed() }
            throw error
        }
    }

    /// The sign-in server has troubles of its own.
    private func isAPI(_ request: HTTPTransportRequest) -> Bool { request.url.hasPrefix(apiBaseURL.text + "/") }
}
