import Crypto
import Foundation

/// What an operator's program shows to be let in. Only its digest is kept, so that no log or dump can hold the key, and
/// comparing takes the same time whatever was shown.
public struct OperatorKey: Sendable {
    /// Nobody guesses so many.
    public static let shortest = 32

    private let digest: SHA256.Digest

    /// Nil when it is too short, or has something in it that a header cannot carry.
    public init?(_ text: String) {
        let allowed = UInt8(ascii: "!")...UInt8(ascii: "~")
        guard text.utf8.count >= Self.shortest, text.utf8.allSatisfy(allowed.contains) else { return nil }
        digest = SHA256.hash(data: Data(text.utf8))
    }

    func isShown(in header: String?) -> Bool {
        guard let words = header?.split(separator: " ", maxSplits: 1), words.count == 2,
            words[0].lowercased() == "bearer"
        else { return false }
        // Digests of swift-crypto are compared in constant time.
        return SHA256.hash(data: Data(words[1].utf8)) == digest
    }
}
