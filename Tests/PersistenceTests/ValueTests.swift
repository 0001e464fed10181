import Foundation
import Persistence
import Testing
import TestSupport

/// The forms in which values are kept.
@Suite struct ValueTests {
    @Test(arguments: [
        ("0", "0"), ("-0", "0"), ("007.50", "7.5"), ("+1", "1"), ("-12.50", "-12.5"), ("0.10", "0.1"), ("100", "100"),
        ("0.00000000000000000001", "0.00000000000000000001"),
        ("12345678901234567890123456789012345678", "12345678901234567890123456789012345678"),
        ("0.33333333333333333333333333333333333333", "0.33333333333333333333333333333333333333"),
    ])
    func decimalsAreReadExactly(text: String, kept: String) throws {
        let decimal = try #require(Decimal(exact: text))
        #expect(decimal.sqlValue == .text(kept))
        #expect(try Decimal(sqlValue: decimal.sqlValue) == decimal)
    }

    @Test(arguments: [
        "", "-", "+", ".", "1.", ".5", "1e5", "12abc", "1,5", " 1", "1 ", "--1", "NaN", "1.2.3", "٣", "0x10",
        "1234567890123456789012345678901234567890.5", "0.1234567890123456789012345678901234567890123",
    ])
    func whatIsNoExactDecimalIsRefused(text: String) {
        #expect(Decimal(exact: text) == nil)
    }

    @Test func aThirdSurvivesBeingStored() throws {
        let third = try #require(Decimal(exact: "1")) / 3
        #expect(try Decimal(sqlValue: third.sqlValue) == third)
    }

    @Test func instantsMoveByMilliseconds() {
        let time = Timestamp(milliseconds: 1_000)
        #expect(time + .milliseconds(250) == Timestamp(milliseconds: 1_250))
        #expect(time - .seconds(2) == Timestamp(milliseconds: -1_000))
        #expect(Timestamp(milliseconds: 5_500) - time == .milliseconds(4_500))
        #expect(Timestamp(milliseconds: 1_125).date == Date(timeIntervalSince1970: 1.125))
        #expect(Duration.nanoseconds(1_999_999).milliseconds == 1)
    }

    @Test func instantsStopAtTheEndOfNumbers() {
        let (first, last) = (Timestamp(milliseconds: .min), Timestamp(milliseconds: .max))
        #expect(last + .seconds(1) == last)
        #expect(first - .seconds(1) == first)
        #expect(first + .seconds(-1) == first)
        #expect(last - first == .milliseconds(Int64.max))
        #expect(Duration.seconds(Int64.max).milliseconds == .max)
        #expect(Duration.seconds(Int64.min).milliseconds == .min)
    }

    @Test func keysAreTwentySixLettersThatPeopleCanRead() {
        let randomness = Randomness.seeded(7)
        let keys = (0..<100).map { _ in CompanyID(using: randomness) }
        #expect(Set(keys).count == 100)
        let allowed = Set("0123456789abcdefghjkmnpqrstvwxyz")
        #expect(keys.allSatisfy { $0.text.count == 26 && $0.text.allSatisfy(allowed.contains) })
        #expect(CompanyID(using: .seeded(7)) == keys[0])
        #expect(CompanyID(using: .seeded(8)) != keys[0])
    }

    @Test func crockfordKeepsEveryBit() {
        #expect(Crockford.encode([]) == "")
        #expect(Crockford.encode([0xFF]) == "ZW")
        #expect(Crockford.encode([0, 0, 0, 0, 0]) == "00000000")
        #expect(Crockford.encode([0x08, 0x86, 0x42, 0x98, 0xE8]) == "1234567" + "8")
    }

    @Test func aKindOfValueIsNotTakenForAnother() {
        #expect(throws: SQLError.unreadable("integer expected, found a text")) { try Int64(sqlValue: .text("1")) }
        #expect(throws: SQLError.unreadable("text expected, found an integer")) { try String(sqlValue: .integer(1)) }
        #expect(throws: SQLError.unreadable("text expected, found NULL")) { try String(sqlValue: .null) }
    }

    @Test func ascendingKeysGoUpAndOnlyTheEndsDiffer() {
        let ascending = Randomness { [UInt8](repeating: 0xA5, count: $0) }.ascending()
        let keys = (0..<300).map { _ in Identifier<Self>(using: ascending) }
        #expect(keys == keys.sorted() && Set(keys).count == keys.count)
        #expect(Set(keys.map { $0.text.prefix(12) }).count == 1)
        #expect(ascending.bytes(3) == [0xA5, 0xA5, 0xA5], "what is no key is as random as before")
    }

    @Test func interpolationNumbersItsBindings() {
        let sql: SQL = "SELECT \(raw: "a") WHERE b = \("x") AND c IN (\(list: [1, 2])) AND d = \(Int?.none)"
        #expect(sql.text == "SELECT a WHERE b = $1 AND c IN ($2, $3) AND d = $4")
        #expect(sql.bindings == [.text("x"), .integer(1), .integer(2), .null])
    }

    @Test func aPartOfAStatementGetsTheNumbersThatFollow() {
        let part = SQL("$2 = a AND $12$1 AND b = '$' || $1", bindings: [.text("x"), .integer(2)])
        let sql: SQL = "c = \("y") AND \(sql: part) AND d = \(3) AND \(sql: "$")"
        #expect(sql.text == "c = $1 AND $3 = a AND $13$2 AND b = '$' || $2 AND d = $4 AND $")
        #expect(sql.bindings == [.text("y"), .text("x"), .integer(2), .integer(3)])
    }
}
