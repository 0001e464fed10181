import Foundation

/// What this process has used up, as the operating system counts it.
public struct Spent: Sendable {
    /// Seconds.
    public var wall: Double
    /// Seconds of user and system time.
    public var cpu: Double

    public static var now: Spent {
        var usage = rusage()
        getrusage(RUSAGE_SELF.rawValue, &usage)
        let times = [usage.ru_utime, usage.ru_stime].map { Double($0.tv_sec) + Double($0.tv_usec) / 1e6 }
        return Spent(wall: ProcessInfo.processInfo.systemUptime, cpu: times.reduce(0, +))
    }

    public static func - (late: Spent, early: Spent) -> Spent {
        Spent(wall: late.wall - early.wall, cpu: late.cpu - early.cpu)
    }

    /// The most memory that was resident at once. From `/proc`, since `ru_maxrss` counts what a parent had before `exec`.
    public static var peakMegabytes: Int {
        let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
        return (line?.split(separator: " ").compactMap { Int($0) }.first ?? 0) / 1024
    }
}
