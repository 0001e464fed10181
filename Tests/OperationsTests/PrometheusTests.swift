import CoreMetrics
import Testing

@testable import Operations

@Suite struct PrometheusTests {
    @Test func aSeriesIsALineUnderItsMeaning() throws {
        let metric = try #require(Metric.byName["ferje_runs_total"])
        let text = PrometheusText.text([(metric, [Sample(labels: ["outcome": "failed", "job": "hours"], value: 3)])])
        #expect(
            text == """
                # HELP ferje_runs_total \(metric.help)
                # TYPE ferje_runs_total counter
                ferje_runs_total{job="hours",outcome="failed"} 3

                """)
    }

    @Test func whatCouldEndALabelIsEscaped() throws {
        let metric = try #require(Metric.byName["ferje_runs_total"])
        let text = PrometheusText.text([(metric, [Sample(labels: ["job": "a\"b\\c\nd"], value: 0.5)])])
        #expect(text.hasSuffix(#"ferje_runs_total{job="a\"b\\c\nd"} 0.5"# + "\n"))
    }

    @Test func aMetricWithoutFiguresIsNotShown() throws {
        let metric = try #require(Metric.byName["ferje_runs_total"])
        #expect(PrometheusText.text([(metric, [])]) == "")
    }

    @Test func countsOfOneSeriesAddUp() throws {
        let collector = PrometheusCollector()
        for _ in 0..<3 {
            Counter(label: "ferje_sent_lines_total", dimensions: [("job", "hours")], factory: collector)
                .increment(by: 4)
        }
        Counter(label: "ferje_sent_lines_total", dimensions: [("job", "withdrawals")], factory: collector).increment()
        let samples = try #require(collector.samples()["ferje_sent_lines_total"])
        #expect(samples.map(\.value) == [12, 1])
        #expect(samples.map(\.labels) == [["job": "hours"], ["job": "withdrawals"]])
    }

    @Test func eachBucketHoldsThoseBelowIt() throws {
        let collector = PrometheusCollector()
        for seconds in [0.05, 3, 3, 4000] {
            Timer(label: "ferje_run_duration_seconds", dimensions: [("job", "items")], factory: collector)
                .recordNanoseconds(Int64(seconds * 1e9))
        }
        let samples = try #require(collector.samples()["ferje_run_duration_seconds"])
        let counts = samples.filter { $0.ending == "_bucket" }.map { "\($0.labels["le"] ?? "") \(Int($0.value))" }
        #expect(counts == ["0.1 1", "0.5 1", "1 1", "5 3", "15 3", "60 3", "300 3", "1800 3", "+Inf 4"])
        #expect(samples.first { $0.ending == "_count" }?.value == 4)
        #expect(samples.first { $0.ending == "_sum" }.map { ($0.value * 100).rounded() } == 400_605)
    }

    @Test func whatIsNotInTheListIsNotShown() {
        let collector = PrometheusCollector()
        Counter(label: "somebody_elses_total", factory: collector).increment()
        #expect(collector.samples().isEmpty)
    }

    @Test func aLabelThatGrowsWithTheCompaniesEndsInOneSeries() throws {
        let collector = PrometheusCollector()
        for number in 0..<1000 {
            Counter(label: "ferje_runs_total", dimensions: [("job", "company \(number)")], factory: collector)
                .increment()
        }
        let samples = try #require(collector.samples()["ferje_runs_total"])
        #expect(samples.count == PrometheusCollector.mostSeries + 1)
        #expect(samples.first { $0.labels["job"] == "other" }?.value == 800)
    }
}
