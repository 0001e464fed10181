import Dispatch
import Foundation
import Synchronization

/// A thread for one world after another. A world is one thing after another, and on the threads that all tasks share each
/// of them would go to another one that must be woken first.
final class WorldThread: TaskExecutor {
    private let jobs = Mutex<[UnownedJob]>([])
    /// Rings for each job, and once more at the end.
    private let bell = DispatchSemaphore(value: 0)

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        jobs.withLock { $0.append(job) }
        bell.signal()
    }

    func start() {
        let thread = Thread { [self] in
            while let job = next() { job.runSynchronously(on: asUnownedTaskExecutor()) }
        }
        // A task's calls may nest as deep as on the main thread.
        thread.stackSize = 8 << 20
        thread.start()
    }

    /// After the last job.
    func stop() { bell.signal() }

    private func next() -> UnownedJob? {
        bell.wait()
        return jobs.withLock { $0.isEmpty ? nil : $0.removeFirst() }
    }
}
