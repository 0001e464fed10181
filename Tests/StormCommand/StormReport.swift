import Foundation
import Storm
import TestSupport

/// The figures of a storm in words.
struct StormReport {
    let tally: Tally
    let seconds: Double
    let first: UInt64

    private var perMinute: Int { seconds > 0 ? Int(Double(tally.count) / seconds * 60) : 0 }

    private var figures: String {
        let kinds = tally.worlds.sorted { $0.key.rawValue < $1.key.rawValue }
            .map { "\($0.value) on \($0.key == .sqlite ? "SQLite, \(tally.onFiles) of them on a file" : "PostgreSQL")" }
            .joined(separator: ", ")
        let rest = tally.longestRest.components.seconds / 60
        return """
            \(tally.count) worlds from seed \(first) (\(kinds)), \(tally.failing.count) of them broke a rule. \
            \(perMinute) worlds a minute; \(tally.years) years lived, \(tally.calls) calls, \(tally.transactions) transactions, \
            \(tally.documents) commits in the ERP. Everything had come to its end at most \(rest) minutes after a storm. \
            Fault × crash point: on SQLite \(tally.reach(on: .sqlite)); on PostgreSQL \(tally.reach(on: .postgres)).
            """
    }

    /// For the terminal.
    var text: String {
        var lines = [figures, "", tally.coverage(), ""]
        if !tally.failing.isEmpty {
            for outcome in tally.failing.sorted(by: { $0.seed < $1.seed }) {
                let words = outcome.violations.first.map { "\($0)" } ?? ""
                lines.append("seed \(outcome.seed) on \(outcome.kind.rawValue): \(words)")
            }
            lines.append("`ferje-storm replay SEED` tells the history.")
        }
        return lines.joined(separator: "\n")
    }

    /// For the document, with the date and the command.
    func document(command: String, on date: Date) -> String {
        let day = date.formatted(.iso8601.year().month().day())
        return
            "`\(command)`, \(day): \(figures)\n\nIn how many worlds a fault and a crash point both happened, on SQLite / on PostgreSQL:\n\n\(tally.coverage())"
    }
}

/// A part of a document between two marks, which a command writes.
struct WrittenPart {
    var path: String
    var name: String

    struct MarksMissing: Error, CustomStringConvertible {
        var description: String
    }

    func write(_ text: String) throws {
        let file = URL(fileURLWithPath: path)
        let document = try String(contentsOf: file, encoding: .utf8)
        guard let from = document.range(of: "<!-- \(name) writes from here -->\n"),
            let to = document.range(of: "<!-- \(name) writes to here -->", range: from.upperBound..<document.endIndex)
        else { throw MarksMissing(description: "\(path) has no marks of \(name)") }
        let fresh = document.replacingCharacters(in: from.upperBound..<to.lowerBound, with: text + "\n")
        try fresh.write(to: file, atomically: true, encoding: .utf8)
    }
}
