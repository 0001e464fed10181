import Synchronization

/// A bell for loops that wait for work: it rings when a transaction with `hint()` has committed. Only a hint: it may ring
/// for nothing, and on a bad day not at all, so whoever waits looks by itself after a pause as well.
public final class Hints: Sendable {
    private struct State {
        var count = 0
        var lastWaiter = 0
        var waiting: [Int: CheckedContinuation<Void, Never>] = [:]
    }

    private let state = Mutex(State())

    /// How often it has rung. Ask before you look for work: what comes between the look and the wait is then not lost.
    public var count: Int { state.withLock(\.count) }

    package init() {}

    public func ring() {
        let waiting = state.withLock { state in
            state.count += 1
            defer { state.waiting = [:] }
            return state.waiting
        }
        for continuation in waiting.values { continuation.resume() }
    }

    /// Returns when it has rung more than `seen` times, or when `pause` is over; throws what `pause` throws.
    public func wait(since seen: Int, orFor pause: @escaping @Sendable () async throws -> Void) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await self.ringing(since: seen) }
            group.addTask { try await pause() }
            defer { group.cancelAll() }
            try await group.next()
        }
    }

    private func ringing(since seen: Int) async {
        let waiter = state.withLock { state in
            state.lastWaiter += 1
            return state.lastWaiter
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isOver = state.withLock { state in
                    guard state.count <= seen, !Task.isCancelled else { return true }
                    state.waiting[waiter] = continuation
                    return false
                }
                if isOver { continuation.resume() }
            }
        } onCancel: {
            state.withLock { $0.waiting.removeValue(forKey: waiter) }?.resume()
        }
    }
}
