import Crypto
import Foundation
import Persistence

/// The mark by which we find our document again in the ERP, which has no field for one: `PRX-`, 16 characters of
/// base 32 from the document's random id, and a check character. It stands first in the document's description.
///
/// It comes from the random id, never from the content: two equal documents are two documents.
public struct DocumentReference: Hashable, Sendable, SQLConvertible, CustomStringConvertible {
    public let text: String

    public init(_ document: ExportDocumentID) {
        let body = Self.digest(document.text, characters: 16)
        text = "PRX-" + body + String(Self.check(body))
    }

    /// The one valid reference in a text, whatever its case; nil where there is none or more than one.
    public init?(in text: String) {
        let found = Set(
            text.uppercased()
                .split(whereSeparator: { !($0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-")) })
                .map(String.init).filter(Self.isValid))
        guard found.count == 1, let only = found.first else { return nil }
        self.text = only
    }

    public var description: String { text }
    public var sqlValue: SQLValue { .text(text) }
    public init(sqlValue: SQLValue) throws {
        text = try String(sqlValue: sqlValue)
    }

    /// Only a whole word with a correct check character counts; a prefix or a shortened one never does.
    static func isValid(_ word: String) -> Bool {
        guard word.hasPrefix("PRX-"), word.utf8.count == 21, let check = word.last else { return false }
        let body = String(word.dropFirst(4).dropLast())
        return body.allSatisfy { alphabet.contains($0) } && check == Self.check(body)
    }

    /// `[XXXXXXXX]`, from the reference and the source: the end of each line's description. All that it is made of
    /// survives the loss of our row, so that a document in the ERP tells which records it carries.
    func lineTag(source: String, part: ExportCandidate.Line.Part) -> String {
        "[" + Self.digest("\(text) \(source) \(part.rawValue)", characters: 8) + "]"
    }

    private static func digest(_ text: String, characters: Int) -> String {
        String(Crockford.encode(Array(SHA256.hash(data: Data(text.utf8)))).prefix(characters))
    }

    private static let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ")

    /// Luhn's rule in base 32: finds every single wrong character and nearly every swap of neighbours.
    private static func check(_ body: String) -> Character {
        var sum = 0
        for (position, character) in body.reversed().enumerated() {
            let value = alphabet.firstIndex(of: character) ?? 0
            let weighted = position.isMultiple(of: 2) ? value * 2 : value
            sum += weighted / 32 + weighted % 32
        }
        return alphabet[(32 - sum % 32) % 32]
    }
}

public enum ExportDocumentKey {}
public typealias ExportDocumentID = Identifier<ExportDocumentKey>
