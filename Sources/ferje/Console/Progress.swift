import Foundation
import Proresult
import Synchronization

/// A line that moves while a person waits: `[████░░░░] 4/8 Timer … 12 forespørsler`. Silent when nobody looks.
final class Progress: Sendable {
    private struct State {
        var done = 0
        var label = ""
        var requests: @Sendable () async -> Int = { 0 }
    }

    private let console: Console
    private let steps: Int
    private let state = Mutex(State())
    private static let width = 24

    init(_ console: Console, steps: Int) {
        self.console = console
        self.steps = max(1, steps)
    }

    /// Does one step, with the line moving beside it.
    func step<Answer: Sendable>(
        _ label: Text, requests: @escaping @Sendable () async -> Int = { 0 },
        _ work: @Sendable () async throws -> Answer
    ) async throws -> Answer {
        state.withLock { state in
            state.label = console.text(label)
            state.requests = requests
        }
        defer { state.withLock { $0.done += 1 } }
        guard console.showsProgress else { return try await work() }
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await self.paint() }
            defer {
                group.cancelAll()
                Console.write("\r\u{1B}[K", to: .standardError)
            }
            return try await work()
        }
    }

    private func paint() async throws {
        while true {
            let (done, label, requests) = state.withLock { ($0.done, $0.label, $0.requests) }
            let count = await requests()
            let filled = min(Self.width, done * Self.width / steps)
            let bar =
                String(repeating: "█", count: filled) + String(repeating: "░", count: Self.width - filled)
            let told = count > 0 ? ", \(console.text(.requestsSoFar(count)))" : ""
            Console.write("\r\u{1B}[K[\(bar)] \(min(done + 1, steps))/\(steps) \(label)\(told)", to: .standardError)
            try await Task.sleep(for: .milliseconds(200))
        }
    }
}
