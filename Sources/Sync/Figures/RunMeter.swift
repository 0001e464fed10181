import CoreMetrics
import Persistence

/// What an engine counts of its runs, for whoever has been given as the collector of metrics. Labels are few and known:
/// never a company or a person.
struct RunMeter: Sendable {
    let factory: any MetricsFactory
    /// A day in milliseconds: a clock that jumps must not spoil the sum.
    private static let longest: Int64 = 86_400_000

    func finished(_ job: JobName, _ outcome: RunOutcome, after duration: Duration) {
        let job = [("job", job.rawValue)]
        let kind = outcome.kind ?? "none"
        Counter(
            label: "ferje_runs_total", dimensions: job + [("outcome", outcome.word), ("error", kind)], factory: factory
        ).increment()
        Timer(label: "ferje_run_duration_seconds", dimensions: job, factory: factory)
            .recordNanoseconds(min(max(duration.milliseconds, 0), Self.longest) * 1_000_000)
        if outcome.counts.sentLines > 0 {
            Counter(label: "ferje_sent_lines_total", dimensions: job, factory: factory)
                .increment(by: outcome.counts.sentLines)
        }
    }

    func lost(_ job: JobName) {
        Counter(label: "ferje_leases_lost_total", dimensions: [("job", job.rawValue)], factory: factory).increment()
    }
}
