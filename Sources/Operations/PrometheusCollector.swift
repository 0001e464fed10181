import CoreMetrics
import Synchronization

/// Collects what the program counts through swift-metrics, for Prometheus to fetch. Keeps only what is in `Metric.all`:
/// a library that counts something of its own does not decide what an operator sees.
public final class PrometheusCollector: Sendable {
    /// The limits of the buckets of a histogram, in seconds. Runs take from a blink to minutes.
    static let buckets: [Double] = [0.1, 0.5, 1, 5, 15, 60, 300, 1800]
    /// Series of one metric. Beyond it all count under `other`: no label may grow with the companies.
    static let mostSeries = 200

    private struct Series: Hashable {
        var name: String
        var labels: [String: String]
    }

    private struct Histogram {
        var counts = [Int](repeating: 0, count: buckets.count)
        var count = 0
        var sum = 0.0
    }

    private struct State {
        var counters: [Series: Int64] = [:]
        var gauges: [Series: Double] = [:]
        var histograms: [Series: Histogram] = [:]
        var seriesOf: [String: Int] = [:]
    }

    private let state = Mutex(State())

    public init() {}

    /// By metric, each with its series in a fixed order.
    func samples() -> [String: [Sample]] {
        state.withLock { state in
            var samples: [String: [Sample]] = [:]
            for (series, value) in state.counters {
                samples[series.name, default: []].append(Sample(labels: series.labels, value: Double(value)))
            }
            for (series, value) in state.gauges {
                samples[series.name, default: []].append(Sample(labels: series.labels, value: value))
            }
            for name in samples.keys {
                samples[name]?.sort { PrometheusText.labels($0.labels) < PrometheusText.labels($1.labels) }
            }
            let histograms = state.histograms.sorted {
                PrometheusText.labels($0.key.labels) < PrometheusText.labels($1.key.labels)
            }
            for (series, histogram) in histograms {
                samples[series.name, default: []] += Self.samples(of: histogram, labels: series.labels)
            }
            return samples
        }
    }

    /// Buckets hold all that is not larger, so that each is a part of the next.
    private static func samples(of histogram: Histogram, labels: [String: String]) -> [Sample] {
        let limits = zip(buckets, histogram.counts).map { (PrometheusText.number($0), Double($1)) }
        let all = limits + [("+Inf", Double(histogram.count))]
        return all.map { limit, count in
            Sample(labels: labels.merging(["le": limit]) { $1 }, value: count, ending: "_bucket")
        } + [
            Sample(labels: labels, value: histogram.sum, ending: "_sum"),
            Sample(labels: labels, value: Double(histogram.count), ending: "_count"),
        ]
    }

    private func change(
        _ name: String, _ labels: [String: String], _ body: (inout State, Series) -> Void
    ) {
        guard Metric.byName[name] != nil else { return }
        state.withLock { state in
            var series = Series(name: name, labels: labels)
            let isKnown =
                state.counters[series] != nil || state.gauges[series] != nil || state.histograms[series] != nil
            if !isKnown {
                if state.seriesOf[name, default: 0] >= Self.mostSeries {
                    series.labels = labels.mapValues { _ in "other" }
                } else {
                    state.seriesOf[name, default: 0] += 1
                }
            }
            body(&state, series)
        }
    }
}

extension PrometheusCollector: MetricsFactory {
    private final class Handler: CounterHandler, RecorderHandler, TimerHandler {
        let collector: PrometheusCollector
        let name: String
        let labels: [String: String]

        init(_ collector: PrometheusCollector, _ name: String, _ dimensions: [(String, String)]) {
            self.collector = collector
            self.name = name
            labels = Dictionary(dimensions, uniquingKeysWith: { $1 })
        }

        func increment(by amount: Int64) {
            collector.change(name, labels) { state, series in
                let (sum, overflow) = state.counters[series, default: 0].addingReportingOverflow(amount)
                state.counters[series] = overflow ? .max : sum
            }
        }

        func reset() { collector.change(name, labels) { $0.counters[$1] = 0 } }

        func record(_ value: Int64) { record(Double(value)) }

        func record(_ value: Double) { collector.change(name, labels) { $0.gauges[$1] = value } }

        func recordNanoseconds(_ duration: Int64) {
            let seconds = Double(duration) / 1e9
            collector.change(name, labels) { state, series in
                var histogram = state.histograms[series] ?? Histogram()
                for (index, limit) in PrometheusCollector.buckets.enumerated() where seconds <= limit {
                    histogram.counts[index] += 1
                }
                histogram.count += 1
                histogram.sum += seconds
                state.histograms[series] = histogram
            }
        }
    }

    public func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
        Handler(self, label, dimensions)
    }

    public func makeRecorder(label: String, dimensions: [(String, String)], aggregate: Bool) -> any RecorderHandler {
        Handler(self, label, dimensions)
    }

    public func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
        Handler(self, label, dimensions)
    }

    /// What was counted stays: a counter that goes back would look like a new start of the process.
    public func destroyCounter(_ handler: any CounterHandler) {}
    public func destroyRecorder(_ handler: any RecorderHandler) {}
    public func destroyTimer(_ handler: any TimerHandler) {}
}
