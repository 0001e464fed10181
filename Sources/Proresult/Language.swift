import Persistence

/// What the screen speaks. A person chooses; Norwegian comes first.
public enum Language: String, SQLConvertible, CaseIterable {
    case norwegian = "nb"
    case english = "en"
}

/// A sentence in both languages.
public struct Text: Sendable, Hashable {
    public var norwegian: String
    public var english: String

    public init(_ norwegian: String, _ english: String) {
        self.norwegian = norwegian
        self.english = english
    }

    public func inLanguage(_ language: Language) -> String { language == .norwegian ? norwegian : english }
}
