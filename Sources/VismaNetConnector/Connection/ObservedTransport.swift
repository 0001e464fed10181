import CoreMetrics
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
    let metrics: any MetricsFactory
    let apiBaseURL: Origin

    func send(
        _ request: HTTPTransportRequest, deadline: Duration
    ) async throws(TransportFailure) -> HTTPTransportResponse {
        requests.add()
        if isAPI(request) { retries.called(at: clock.now) }
        do {
            let answer = try await transport.send(request, deadline: deadline)
            count(request, answer.status == 429 ? "429" : "\(answer.status / 100)xx")
            if isAPI(request) { await gate.answered(status: answer.status) }
            return answer
        } catch {
            count(request, "none")
            // A call that we broke off ourselves says nothing about the other side.
            if isAPI(request), !Task.isCancelled { await gate.failed() }
            throw error
        }
    }

    private func count(_ request: HTTPTransportRequest, _ answer: String) {
        let labels = [
            ("server", isAPI(request) ? "api" : "signIn"), ("method", request.method), ("answer", answer),
        ]
        Counter(label: "ferje_erp_calls_total", dimensions: labels, factory: metrics).increment()
    }

    /// The sign-in server has troubles of its own.
    private func isAPI(_ request: HTTPTransportRequest) -> Bool { request.url.hasPrefix(apiBaseURL.text + "/") }
}
