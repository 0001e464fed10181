import Crypto
import Foundation
import Testing

@testable import VismaNet

@Suite struct WebhookTests {
    static let body = Array(#"{"event":"customer_changed","data":{"tenant":"t-1","ids":["7",8,null]}}"#.utf8)

    static func signature(of body: [UInt8], by key: String) -> String {
        let code = HMAC<SHA256>.authenticationCode(for: body, using: SymmetricKey(data: Data(key.utf8)))
        return Data(code).base64EncodedString()
    }

    @Test(arguments: ["new", "old"]) func eitherKeySignsWhileOneReplacesTheOther(key: String) {
        let webhook = Webhook(
            body: Self.body, signature: Self.signature(of: Self.body, by: key), keys: [Secret("new"), Secret("old")])
        #expect(webhook?.texts == ["customer_changed", "t-1", "7"])
    }

    @Test func onlyTheVeryBytesThatWereSignedAreOurs() {
        let good = Self.signature(of: Self.body, by: "key")
        var flipped = Self.body
        flipped[3] ^= 1
        let reencoded = Array(#"{"data":{"ids":["7",8,null],"tenant":"t-1"},"event":"customer_changed"}"#.utf8)
        let keys = [Secret("key")]
        #expect(Webhook(body: Self.body, signature: good, keys: keys) != nil)
        #expect(Webhook(body: flipped, signature: good, keys: keys) == nil)
        #expect(Webhook(body: reencoded, signature: good, keys: keys) == nil)
        for wrong in ["", "!", good + good, "\(good), \(good)", String(good.dropLast(4))] {
            #expect(Webhook(body: Self.body, signature: wrong, keys: keys) == nil, "\(wrong)")
        }
        #expect(Webhook(body: Self.body, signature: good, keys: []) == nil)
    }

    @Test func anEmptyKeySignsNothing() {
        #expect(Webhook(body: Self.body, signature: Self.signature(of: Self.body, by: ""), keys: [Secret("")]) == nil)
    }

    @Test func aSignedBodyThatIsNotJSONHoldsNoTexts() {
        let deep = [UInt8](repeating: UInt8(ascii: "["), count: 100_000)
        for body in [deep, Array("<xml/>".utf8), [0xff, 0xfe], []] {
            let webhook = Webhook(body: body, signature: Self.signature(of: body, by: "key"), keys: [Secret("key")])
            #expect(webhook?.texts == [])
        }
    }
}
