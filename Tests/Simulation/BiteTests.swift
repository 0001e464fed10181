import Storm
import Testing

/// A harness that finds nothing in a broken product proves nothing: each guard is taken away in turn.
@Suite struct BiteTests {
    /// Seeds from which a variant is found soon; `ferje-storm bite` tells how many ordinary worlds each takes.
    private static let soon: [Bite: UInt64] = [
        .searchRemoved: 0, .noSettleTime: 0, .rescueResendsAtOnce: 0, .epochNotChecked: 0, .postRepeated: 0,
        .markedBeforeConfirmed: 0, .sentWithoutRecord: 0, .serverErrorMeansNo: 20, .gateIgnored: 60,
    ]

    @Test(arguments: soon.keys.sorted { $0.rawValue < $1.rawValue })
    func aBrokenVariantIsFound(bite: Bite) async throws {
        let haven = try Haven()
        let result = try await haven.find(bite, from: Self.soon[bite] ?? 0, most: 24)
        await haven.close()
        #expect(result.worlds != nil, "\(bite.words)")
    }
}
