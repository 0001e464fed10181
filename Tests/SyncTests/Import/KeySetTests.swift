import Testing

@testable import Sync

@Suite struct KeySetTests {
    @Test func keysAreKeptOnceWhateverTheyLookLike() {
        let keys = [
            "1", "63", "64", "65", "007", "7", "0", "", "A-1", "999999999999999999", "1000000000000000000", "-5",
        ]
        var set = KeySet()
        for key in keys + keys { set.insert(key) }
        #expect(set.count == keys.count)
        #expect(keys.allSatisfy(set.contains))
        #expect(!["2", "62", "07", "00", "a-1", "5", " 7", "٧"].contains(where: set.contains))
    }

    @Test func twoSetsAreEqualWhenTheyHoldTheSame() {
        var (one, other) = (KeySet(), KeySet())
        for number in 1...1000 { one.insert("\(number)") }
        for number in (1...1000).reversed() { other.insert("\(number)") }
        #expect(one == other)
        other.insert("x")
        #expect(one != other)
    }
}
