import ArgumentParser
import Foundation
import Storm

/// `ferje-storm run`
struct RunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "Lives through many seeds on all cores and prints what came of them.")

    @Option(help: "How many seeds.") var seeds: UInt64 = 1000
    @Option(help: "The first seed.") var first: UInt64 = 0
    @Option(help: "Stop after so many minutes.") var minutes: Double?
    @Option(help: "Of so many seeds one on PostgreSQL, in whole laps; 0 for none.") var postgresEvery: UInt64 = 200
    @Option(help: "Write the figures into this document, between the marks of `make storm`.") var write: String?
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
        let report = StormReport(tally: tally, seconds: Date().timeIntervalSince(begun), first: first)
        print(report.text)
        if let write {
            try WrittenPart(path: write, name: "make storm").write(
                report.document(command: "make storm SEEDS=\(seeds)", on: begun))
        }
        if !tally.failing.isEmpty { throw ExitCode.failure }
    }
}
