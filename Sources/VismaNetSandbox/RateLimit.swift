/// A fixed window of one clock hour for each company and client (API.md 2.8).
struct RateWindow: Sendable {
    var hour: Int64
    var calls: Int
}

extension SandboxState {
    private static let hour: Int64 = 3_600_000

    private func secondsToReset() -> Int64 {
        let rest = SandboxState.hour - (clockNow() % SandboxState.hour)
        return (rest + 999) / 1000
    }

    private func window(_ key: String) -> RateWindow {
        let hour = clockNow() / SandboxState.hour
        guard let window = windows[key], window.hour == hour else { return RateWindow(hour: hour, calls: 0) }
        return window
    }

    mutating func countAgainstQuota(_ access: Access) throws {
        let key = access.tenantID + " " + access.clientID
        var window = window(key)
        guard window.calls < configuration.hourlyQuota else {
            let seconds = secondsToReset()
            var answer = SandboxAnswer.gateway("Rate limit is exceeded. Try again in \(seconds) seconds.", status: 429)
            answer.replaceHeader("Retry-After", String(seconds))
            throw Refusal(answer)
        }
        window.calls += 1
        windows[key] = window
    }

    func addRateHeaders(_ answer: inout SandboxAnswer, tenantID: String?, clientID: String?) {
        let used = tenantID.flatMap { tenant in clientID.map { window(tenant + " " + $0).calls } } ?? 0
        answer.replaceHeader("X-RateLimit-Limit", String(configuration.hourlyQuota))
        answer.replaceHeader("X-RateLimit-Remaining", String(max(0, configuration.hourlyQuota - used)))
        answer.replaceHeader("X-RateLimit-Reset", String(secondsToReset()))
        answer.replaceHeader("X-RateLimit-Policy", "4-fixed-window")
    }
}
