import Dispatch
import Foundation

/// A thread of its own for an actor whose calls block, so that they stay off Swift's small pool of threads.
final class BlockingExecutor: SerialExecutor {
    private let queue: DispatchQueue

    init(label: String) { queue = DispatchQueue(label: label) }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { job.runSynchronously(on: self.asUnownedSerialExecutor()) }
    }

    func asUnownedSerialExecutor() -> UnownedSerialExecutor { .init(ordinary: self) }
}

/// Runs an actor's calls on the thread of whoever calls, one at a time. Changing threads for each of thousands of short
/// transactions costs more than they do; in exchange the small pool is held up for as long as each takes.
final class CallersExecutor: SerialExecutor {
    private let lock = NSRecursiveLock()

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        // The job may let go of the actor, and with it of this executor, which whoever enqueues does not hold.
        let held = Unmanaged.passRetained(self)
        defer { held.release() }
        lock.withLock { job.runSynchronously(on: asUnownedSerialExecutor()) }
    }

    func asUnownedSerialExecutor() -> UnownedSerialExecutor { .init(ordinary: self) }
}

/// Runs one blocking piece of work on a thread of its own.
func offThePool<Answer: Sendable>(_ work: @escaping @Sendable () throws -> Answer) async throws -> Answer {
    try await withCheckedThrowingContinuation { continuation in
        DispatchQueue(label: "blocking").async { continuation.resume(with: Result(catching: work)) }
    }
}
