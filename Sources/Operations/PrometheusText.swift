/// One figure under its labels.
struct Sample: Sendable, Hashable {
    var labels: [String: String] = [:]
    var value: Double
    /// `_bucket`, `_sum` or `_count` of a histogram.
    var ending = ""
}

/// Prometheus' text format, version 0.0.4.
enum PrometheusText {
    static let contentType = "text/plain; version=0.0.4; charset=utf-8"

    static func text(_ metrics: [(Metric, [Sample])]) -> String {
        var lines: [String] = []
        for (metric, samples) in metrics where !samples.isEmpty {
            lines.append("# HELP \(metric.name) \(escaped(metric.help))")
            lines.append("# TYPE \(metric.name) \(metric.kind.rawValue)")
            lines += samples.map { "\(metric.name)\($0.ending)\(labels($0.labels)) \(number($0.value))" }
        }
        return lines.map { $0 + "\n" }.joined()
    }

    /// In the order of their names, so that one state has one text.
    static func labels(_ labels: [String: String]) -> String {
        guard !labels.isEmpty else { return "" }
        let pairs = labels.sorted { $0.key < $1.key }
            .map { "\($0.key)=\"\(escaped($0.value).replacing("\"", with: "\\\""))\"" }
        return "{\(pairs.joined(separator: ","))}"
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("\\", with: "\\\\").replacing("\n", with: "\\n")
    }

    /// Whole numbers without a fraction.
    static func number(_ value: Double) -> String {
        if value == .infinity { return "+Inf" }
        return value == value.rounded() && abs(value) < 1e15 ? String(Int64(value)) : String(value)
    }
}
