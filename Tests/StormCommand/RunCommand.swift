import ArgumentParser
import Foundation
import Storm
import TestSupport

/// `ferje-storm run`
struct RunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "Lives through many seeds on all cores and prints what came of them.")

    @Option(help: "How many seeds.") var seeds: UInt64 = 1000
    @Option(help: "The first seed.") var first: UInt64 = 0
    @Option(help: "Stop after so many minutes.") var minutes: Double?
    @Option(help: "Every so many seeds one on PostgreSQL; 0 for none.") var postgresEvery: UInt64 = 20
    @Option(help: "How many at a time.") var cores = ProcessInfo.processInfo.activeProcessorCount

    func run() async throws {
        let haven = try Haven()
        let storm = Storm(seeds: first..<first + seeds, postgresEvery: postgresEvery, cores: cores)
        let begun = Date()
        let end = minutes.map { begun.addingTimeInterval($0 * 60) }
        var (told, failing) = (begun, 0)
        let tally = try await storm.run(in: haven) {
            end.map { Date() < $0 } ?? true
        } progress: { tally in
            if tally.failing.count > failing, let last = tally.failing.last {
                failing = tally.failing.count
                FileHandle.standardError.write(Data("seed \(last.seed): \(last.violations[0])\n".utf8))
            }
            guard Date().timeIntervalSince(told) > 5 else { return }
            told = Date()
            FileHandle.standardError.write(
                Data("\(tally.count) of \(seeds) worlds, \(tally.failing.count) failing\n".utf8))
        }
        await haven.close()
        let report = StormReport(tally, seconds: Date().timeIntervalSince(begun), first: first)
        print(report.text)
        if !tally.failing.isEmpty { throw ExitCode.failure }
    }
}

/// The figures of a storm in words.
struct StormReport {
    let text: String

    init(_ tally: Tally, seconds: Double, first: UInt64) {
        let perMinute = seconds > 0 ? Int(Double(tally.count) / seconds * 60) : 0
        var lines = [
            "\(tally.count) worlds from seed \(first): "
                + tally.worlds.sorted { $0.key.rawValue < $1.key.rawValue }.map { "\($0.value) on \($0.key.rawValue)" }
                .joined(separator: ", "),
            "\(perMinute) worlds a minute, \(tally.years) years lived, \(tally.calls) calls, \(tally.transactions) transactions, \(tally.documents) commits in the ERP",
            "",
            tally.coverage(),
            "",
        ]
        if tally.failing.isEmpty {
            lines.append("No rule was broken.")
        } else {
            lines.append("\(tally.failing.count) worlds break a rule:")
            for outcome in tally.failing.sorted(by: { $0.seed < $1.seed }) {
                let words = outcome.violations.first.map { "\($0)" } ?? ""
                lines.append("  seed \(outcome.seed) on \(outcome.kind.rawValue): \(words)")
            }
            lines.append("ferje-storm replay SEED tells the history.")
        }
        text = lines.joined(separator: "\n")
    }
}
