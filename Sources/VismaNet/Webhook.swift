import Crypto
import Foundation

/// A webhook of Visma.net whose signature was right (API.md 2.10). It is a hint that something may have changed, never
/// data: read the record through the API.
///
/// The layout of the body is not documented, so nothing is read from it but the texts that it holds: look for the
/// tenant's id and the words of an event among them.
public struct Webhook: Sendable, Hashable {
    /// SHA-256 of the body in lower-case hexadecimal: the same delivery, however often it is made, has the same one.
    public let digest: String
    /// Every text value of the body, at any depth. Empty for a body that is not JSON.
    public let texts: Set<String>

    /// Nil unless one of the subscription's keys has signed exactly these bytes. Give two keys while one replaces the
    /// other.
    ///
    /// - Parameters:
    ///   - body: the raw bytes as they came; at most as many as the caller wants to hold.
    ///   - signature: HMAC-SHA-256 of the bytes in base64, from the header. Which header is not documented.
    ///   - keys: the subscription's keys as text; an empty one signs nothing.
    public init?(body: some Collection<UInt8>, signature: String, keys: [Secret]) {
        let bytes = Array(body)
        guard let signature = Data(base64Encoded: signature) else { return nil }
        let isSigned = keys.contains { key in
            !key.revealed.isEmpty
                && HMAC<SHA256>.isValidAuthenticationCode(
                    signature, authenticating: bytes, using: SymmetricKey(data: Data(key.revealed.utf8)))
        }
        guard isSigned else { return nil }
        digest = Digest.sha256(bytes)
        texts = (try? JSONParser.value(bytes)).map { $0.texts } ?? []
    }
}

extension JSONValue {
    /// Every text in it. The parser bounds the depth.
    fileprivate var texts: Set<String> {
        switch self {
        case .null, .bool, .number: []
        case .string(let text): [text]
        case .array(let values): values.reduce(into: []) { $0.formUnion($1.texts) }
        case .object(let members): members.reduce(into: []) { $0.formUnion($1.value.texts) }
        }
    }
}
