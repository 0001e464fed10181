import Crypto
import Foundation
import Persistence

/// A random text that opens something: handed out once and stored as a digest, so that a stolen table opens nothing.
enum AccessSecret {
    /// 160 random bits.
    static func make(using randomness: Randomness) -> String { Crockford.encode(randomness.bytes(20)).lowercased() }

    /// A plain digest is enough for what nobody can guess.
    static func digest(of secret: String) -> String { hex(SHA256.hash(data: Data(secret.utf8))) }

    static func hex(_ bytes: some Sequence<UInt8>) -> String {
        bytes.map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined()
    }
}
