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
    @Option(help: "Only this one; may be given more than once. Nothing is written then.") var only: [String] = []
    @Option(help: "How many at a time.") var cores = ProcessInfo.processInfo.activeProcessorCount

    func run() async throws {
        let bites = try only.map { name in
            guard let bite = Bite(rawValue: name) else {
                throw ValidationError("no variant \(name); there are \(Bite.allCases.map(\.rawValue))")
            }
            return bite
        }
        let haven = try Haven()
        let results = try await haven.find(
            bites.isEmpty ? Bite.allCases : bites, from: first, most: most, cores: cores
        ) { result in
            let found = result.worlds.map { "\($0) worlds, seed \(result.seed), \(result.violation)" }
            let words = "\(result.bite): \(found ?? "NOT FOUND")\n"
            FileHandle.standardError.write(Data(words.utf8))
        }
        await haven.close()
        print(results.table)
        if let write, bites.isEmpty { try WrittenPart(path: write, name: "make storm-bite").write(results.table) }
        if results.contains(where: { $0.worlds == nil }) { throw ExitCode.failure }
    }
}
