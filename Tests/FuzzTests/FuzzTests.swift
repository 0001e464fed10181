import Foundation
import TestSupport
import Testing

/// S17, G12: no bytes from outside end the program. `make test` tries some thousands on each reader, the same each time;
/// `make fuzz RUNS=N` as many as wanted, from a seed of its own.
@Suite struct FuzzTests {
    static let readers = FuzzedReader.ofVismaNet + FuzzedReader.ofProresult + FuzzedReader.ofWeb

    private static func number(_ name: String) -> Int? { ProcessInfo.processInfo.environment[name].flatMap { Int($0) } }

    @Test(arguments: readers)
    func noBytesEndTheProgramOrAreReadHalf(reader: FuzzedReader) throws {
        let (runs, seed) = (Self.number("FERJE_FUZZ_RUNS") ?? 3000, Self.number("FERJE_FUZZ_SEED") ?? 1)
        // A trap takes the process down, so that the input has to be on disk before it is read.
        let last = ProcessInfo.processInfo.environment["FERJE_FUZZ_LAST"].map {
            URL(fileURLWithPath: $0).appending(path: reader.name)
        }
        let corpus = reader.corpus.map { Array($0.utf8) }
        let mutation = Mutation(.seeded(UInt64(truncatingIfNeeded: seed)))
        var taken = 0
        for run in 0..<runs {
            let bytes = run < corpus.count ? corpus[run] : mutation.of(corpus)
            if let last { try Data(bytes).write(to: last) }
            do {
                let holds = try reader.holds(bytes)
                try #require(holds, "\(reader.name): \(Data(bytes).base64EncodedString())")
                taken += 1
            } catch let error where !(error is ExpectationFailedError) {
                // Refused by name, as it should be.
            }
        }
        #expect(taken > 0, "a reader that refuses everything has not been tried")
    }
}
