import Foundation
import Synchronization

/// A thread for one world after another. A world is one thing after another, and on the threads that all tasks share each
/// of them would go to another one that must be woken first.
final class WorldThread: TaskExecutor {
    private struct Work {
        var jobs: [UnownedJob] = []
        var isOver = false
    }

    private let condition = NSCondition()
    private let work = Mutex(Work())

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        condition.withLock {
            work.withLock { $0.jobs.append(job) }
            condition.signal()
        }
    }

    func start() {
        let thread = Thread { [self] in
            while let jobs = next() {
                for job in jobs { job.runSynchronously(on: asUnownedTaskExecutor()) }
            }
        }
        // A task's calls may nest as deep as on the main thread.
        thread.stackSize = 8 << 20
        thread.start()
    }

    func stop() {
        condition.withLock {
            work.withLock { $0.isOver = true }
            condition.signal()
        }
    }

    /// Waits for jobs; nil at the end.
    private func next() -> [UnownedJob]? {
        condition.withLock {
            while true {
                let (jobs, isOver) = work.withLock { work in
                    defer { work.jobs = [] }
                    return (work.jobs, work.isOver)
                }
                if !jobs.isEmpty { return jobs }
                if isOver { return nil }
                condition.wait()
            }
        }
    }
}
