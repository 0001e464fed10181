import Foundation
import Testing

@testable import VismaNetSandbox

struct JSONTests {
    @Test(arguments: [
        #"{"a":[1,-2.50,1e3,true,false,null,"x\u00f8\n\\\"å"]}"#, "0", #""""#, "[]", "{}", " [ 1 , 2 ] ",
        #""\ud83d\ude00""#,
    ])
    func whatIsReadIsWrittenAlike(text: String) throws {
        let value = try JSONReader.read(Array(text.utf8))
        #expect(try JSONReader.read(value.bytes) == value)
    }

    @Test(arguments: [
        "", "{", "[1,]", "{\"a\":1,}", "01", "1.", ".5", "+1", "nul", "NaN", "'a'", "{a:1}", "[1 2]", "1 2",
        "{\"a\":1,\"a\":2}", "\"\u{1}\"", #""\ud83d""#, #""\x""#, "// x",
    ])
    func whatIsNotJSONIsRefused(text: String) {
        #expect(throws: JSONReader.Malformed.self) { try JSONReader.read(Array(text.utf8)) }
    }

    @Test func deepNestingIsRefused() {
        let deep = String(repeating: "[", count: 10_000)
        #expect(throws: JSONReader.Malformed.self) { try JSONReader.read(Array(deep.utf8)) }
    }

    @Test(arguments: [
        ("0.1", "0.1"), ("189", "189.0"), ("90071992547409.93", "90071992547409.93"), ("-0.005", "-0.005"),
    ])
    func decimalsKeepTheirDigits(text: String, written: String) throws {
        let value = try #require(Decimal(string: text))
        #expect(String(decoding: JSON.decimal(value).bytes, as: UTF8.self) == written)
    }
}
