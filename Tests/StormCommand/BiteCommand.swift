import ArgumentParser
import Foundation
import Storm

/// `ferje-storm bite`
struct BiteCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bite",
        abstract: "Breaks the product on purpose, guard by guard, and tells when the storm finds out.")

    @Option(help: "The most worlds for each variant.") var most = 3000
    @Option(help: "The first seed.") var first: UInt64 = 0
    @Option(help: "Write the table into this document, between the marks of `make storm-bite`.") var write: String?
    @Option(help: "How many at a time.") var cores = ProcessInfo.processInfo.activeProcessorCount

    func run() async throws {
        let haven = try Haven()
        let results = try await haven.findAll(from: first, most: most, cores: cores) { result in
            let words = "\(result.bite): \(result.worlds.map { "\($0) worlds, \(result.violation)" } ?? "NOT FOUND")\n"
            FileHandle.standardError.write(Data(words.utf8))
        }
        await haven.close()
        print(results.table)
        if let write { try WrittenPart(path: write, name: "make storm-bite").write(results.table) }
        if results.contains(where: { $0.worlds == nil }) { throw ExitCode.failure }
    }
}
