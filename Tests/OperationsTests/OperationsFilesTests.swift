import Foundation
import Testing

@testable import Operations

/// The files that an operator takes along speak of what the program shows, and of nothing else.
@Suite struct OperationsFilesTests {
    @Test(arguments: ["operations/alerts.yaml", "operations/grafana-dashboard.json", "docs/operations.md"])
    func everyMetricThatAFileNamesIsShown(file: String) throws {
        let text = try Self.text(file)
        let named = Set(text.matches(of: /ferje_[a-z_]+[a-z]/).map { String($0.0) }).map { name in
            // The parts of a histogram.
            ["_bucket", "_sum", "_count"].first { name.hasSuffix($0) && Metric.byName[name] == nil }
                .map { String(name.dropLast($0.count)) } ?? name
        }
        #expect(named.count > 10)
        for name in named { #expect(Metric.byName[name] != nil, "\(file): \(name)") }
    }

    @Test func everyMetricStandsInTheDocumentAndOnTheDashboard() throws {
        for file in ["docs/operations.md", "operations/grafana-dashboard.json"] {
            let text = try Self.text(file)
            for metric in Metric.all { #expect(text.contains(metric.name), "\(file): \(metric.name)") }
        }
    }

    @Test func everyAlertStandsInTheDocument() throws {
        let document = try Self.text("docs/operations.md")
        let alerts = try Self.text("operations/alerts.yaml").matches(of: /- alert: ([A-Za-z]+)/).map { String($0.1) }
        #expect(alerts.count > 10)
        for alert in alerts { #expect(document.contains("`\(alert)`"), "\(alert)") }
    }

    @Test func theDashboardIsJSONWithAQueryInEachPanel() throws {
        let dashboard = try JSONSerialization.jsonObject(
            with: Data(Self.text("operations/grafana-dashboard.json").utf8))
        let panels = try #require((dashboard as? [String: Any])?["panels"] as? [[String: Any]])
        #expect(panels.count > 15)
        for panel in panels {
            let targets = try #require(panel["targets"] as? [[String: Any]])
            #expect(targets.allSatisfy { ($0["expr"] as? String)?.contains("ferje_") == true })
        }
        let ids = panels.compactMap { $0["id"] as? Int }
        #expect(Set(ids).count == panels.count)
    }

    private static func text(_ path: String) throws -> String {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        return try String(contentsOf: root.appending(path: path), encoding: .utf8)
    }
}
