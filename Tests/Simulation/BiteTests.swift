import Storm
import Testing

/// A harness that finds nothing in a broken product proves nothing: each guard is taken away in turn.
@Suite struct BiteTests {
    @Test(arguments: Bite.allCases)
    func aBrokenVariantIsFound(bite: Bite) async throws {
        let haven = try Haven()
        let result = try await haven.find(bite, from: bite.shortcut, most: 1)
        await haven.close()
        #expect(result.worlds != nil, "\(bite.words)")
    }
}
