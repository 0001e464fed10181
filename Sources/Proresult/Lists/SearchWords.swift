import Persistence

/// What a person typed to search for: a record matches that has every word somewhere in its number or name.
struct SearchWords {
    let words: [String]

    /// More than six words find nothing more.
    init(_ text: String) {
        words = text.folded.split(whereSeparator: \.isWhitespace).prefix(6).map(String.init)
    }

    /// One condition for each word, on the `search_text` of a table.
    func conditions(on alias: String) -> [SQL] {
        words.map { "\(raw: alias).search_text LIKE \(Self.pattern($0)) ESCAPE '\\'" }
    }

    private static func pattern(_ word: String) -> String {
        let literal = word.replacing("\\", with: "\\\\").replacing("%", with: "\\%").replacing("_", with: "\\_")
        return "%\(literal)%"
    }
}
