import Persistence

/// How many calls there were in the last 60 seconds, and how many of them were marked: failed, or repeated.
struct LastMinute: Sendable {
    private struct Second: Sendable {
        var number: Int64
        var calls = 0
        var marked = 0
    }

    private var seconds: [Second] = []

    mutating func add(calls: Int = 0, marked: Int = 0, at now: Timestamp) {
        forget(now)
        let number = now.milliseconds / 1000
        if seconds.last?.number != number { seconds.append(Second(number: number)) }
        seconds[seconds.count - 1].calls += calls
        seconds[seconds.count - 1].marked += marked
    }

    mutating func calls(at now: Timestamp) -> Int {
        forget(now)
        return seconds.reduce(0) { $0 + $1.calls }
    }

    mutating func marked(at now: Timestamp) -> Int {
        forget(now)
        return seconds.reduce(0) { $0 + $1.marked }
    }

    mutating func clear() { seconds = [] }

    /// What lies in the future was noted before the clock was set back.
    private mutating func forget(_ now: Timestamp) {
        let latest = now.milliseconds / 1000
        seconds.removeAll { $0.number <= latest - 60 || $0.number > latest }
    }
}
