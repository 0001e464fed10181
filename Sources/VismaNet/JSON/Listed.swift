/// A word from one of Visma's lists, or a word that was not on the list when this client was written.
///
/// The API adds words without a new version (API.md 2.6), so an unknown one is data and not an error.
public enum Listed<Word>: Sendable, Hashable
where Word: RawRepresentable<String> & Hashable & Sendable {
    case known(Word)
    case unknown(String)

    public init(_ text: String) {
        self = Word(rawValue: text).map(Self.known) ?? .unknown(text)
    }

    /// The word as the API spells it.
    public var text: String {
        switch self {
        case .known(let word): word.rawValue
        case .unknown(let text): text
        }
    }
}
