import Foundation
import Testing

@testable import VismaNet

@Suite struct JSONTests {
    @Test(arguments: [
        ("0.07", "0.07"), ("1234.565", "1234.565"), ("1e-7", "0.0000001"), ("1E+3", "1000"), ("-0", "0"),
        ("0.10", "0.1"),
        ("-7.5", "-7.5"), ("0.1000000000000000055511151231257827", "0.1000000000000000055511151231257827"),
        ("99999999999999999999999999999999999999", "99999999999999999999999999999999999999"),
        ("12345678901234567890", "12345678901234567890"), ("0e999", "0"), ("420.00", "420"),
    ]) func decimalIsExactBothWays(number: String, plain: String) throws {
        let value = try #require(Decimal(exactly: number))
        #expect(value.jsonText == plain)
        #expect(Decimal(exactly: plain) == value)
    }

    @Test(arguments: ["1e200", "1e-200", "123456789012345678901234567890123456789", "1e99999999999999999999"])
    func decimalThatDoesNotFitIsRefusedNotRounded(number: String) {
        #expect(Decimal(exactly: number) == nil)
    }

    @Test func decimalSumsAreExact() throws {
        let seven = try #require(Decimal(exactly: "0.07"))
        #expect((0..<100).reduce(Decimal.zero) { sum, _ in sum + seven } == Decimal(7))
    }

    @Test(arguments: [
        "", "{", "[1,]", "{\"a\":1,}", "[1 2]", "01", "1.", ".5", "+1", "1e", "nul", "\"a", "\"\\x\"", "\"\\u12\"",
        "{\"a\" 1}",
        "[1][1]", "{\"a\":1}x", "\"\u{01}\"", "NaN", "{a:1}", "-",
    ]) func malformedJSONIsRefused(text: String) {
        #expect(throws: JSONParser.Problem.self) { try JSONParser.value(Array(text.utf8)) }
    }

    @Test func wrongEncodingIsRefused() {
        #expect(throws: JSONParser.Problem.self) { try JSONParser.value([0x22, 0xE6, 0x22]) }
        #expect(throws: JSONParser.Problem.self) { try JSONParser.value([0x22, 0xE6, 0x5C, 0x6E, 0x22]) }
    }

    @Test func everyPrefixOfADocumentIsRefusedWithoutTrap() {
        let whole = Array(#"[{"a":"\ud83d\ude00 æ","b":[1.5e-3,true,null],"c":{"d":""}}]"#.utf8)
        for length in 0..<whole.count {
            #expect(throws: JSONParser.Problem.self) { try JSONParser.value(Array(whole.prefix(length))) }
        }
        #expect(throws: Never.self) { try JSONParser.value(whole) }
    }

    @Test func stringsAreUnescaped() throws {
        let text = #""\"\\\/\b\f\n\r\t\u00e6\ud83d\ude00 \ud83d x""#
        let expected = "\"\\/\u{8}\u{c}\n\r\tæ😀 \u{FFFD} x"
        #expect(try JSONParser.value(Array(text.utf8)) == .string(expected))
    }

    @Test func depthBombIsRefused() {
        let bomb = Array(String(repeating: "[", count: 100_000).utf8)
        #expect(throws: JSONParser.Problem.tooDeep) { try JSONParser.value(bomb) }
        let deepest = String(repeating: "[", count: 64) + String(repeating: "]", count: 64)
        #expect(throws: Never.self) { try JSONParser.value(Array(deepest.utf8)) }
        let deeper = "[" + deepest + "]"
        #expect(throws: JSONParser.Problem.tooDeep) { try JSONParser.value(Array(deeper.utf8)) }
    }

    @Test func writtenTextIsReadBackEqual() throws {
        let value = JSONValue.object([
            .init("text", .string("æ \"\\\n\u{1}😀")), .init("n", .number("0.07")),
            .init("list", .array([.null, .bool(false)])),
        ])
        #expect(try JSONParser.value(value.utf8) == value)
    }

    @Test(arguments: [
        ("10000", "10000"), (" 0010 ", "0010"), ("Rør 22", "R%C3%B8r%2022"), ("A/B", "b64(QS9C)"), ("..", "b64(Li4)"),
        (":/#?[]@&*+;", "b64(Oi8jP1tdQCYqKzs)"), ("a%2Fb", "b64(YSUyRmI)"),
    ]) func keyInPathIsEncoded(key: String, part: String) {
        #expect(PathKey.encoded(key) == part)
        #expect(PathKey.decoded(part) == key.trimmingCharacters(in: .whitespaces))
    }

    @Test func secretsAreNotPrinted() {
        let grant = StoredGrant(accessToken: Secret("topsecret"), refreshToken: Secret("topsecret"))
        var dumped = ""
        dump(grant, to: &dumped)
        #expect(!"\(grant) \(String(reflecting: grant)) \(dumped) \(application)".contains("topsecret"))
        #expect(!"\(application)".contains("S3"))
    }
}
