import Foundation

/// Which passwords are good enough: long ones that nobody would try first. No rule of composition, since those make
/// people write `Sommer2026!`, which is refused here.
public enum PasswordRule {
    public static let leastCharacters = 12
    public static let mostCharacters = 128

    /// Refuses a password that is too short, too long, or made of words that are tried first: the listed ones, and
    /// those of the person and the company (`context`: name, user name, company). Characters are Unicode's code points,
    /// and none is changed or cut.
    public static func check(_ password: String, context: [String]) throws {
        let length = password.unicodeScalars.count
        guard length >= leastCharacters else { throw ProresultError.passwordTooShort(least: leastCharacters) }
        guard length <= mostCharacters else { throw ProresultError.passwordTooLong(most: mostCharacters) }
        guard !isEasilyGuessed(password, context: context) else { throw ProresultError.passwordEasilyGuessed }
    }

    /// Whether hardly anything is left once the known words are taken away. Digits and signs around a known word do
    /// not count: they are what people add to it.
    private static func isEasilyGuessed(_ password: String, context: [String]) -> Bool {
        guard Set(password.unicodeScalars).count >= leastDistinct else { return true }
        let words = (context.flatMap(words(of:)) + EverydayPasswords.words).map(Array.init)
        let typed = Array(password.lowercased())
        return [typed, typed.map { masks[$0] ?? $0 }].contains { read in
            var isKnown = Array(repeating: false, count: read.count)
            var tells = false
            for word in words {
                for start in places(of: word, in: read) {
                    for place in start..<start + word.count { isKnown[place] = true }
                    tells = tells || word.count >= leastTelling
                }
            }
            return tells && zip(typed, isKnown).count { $0.isLetter && !$1 } < leastOfOnesOwn
        }
    }

    private static func places(of word: [Character], in text: [Character]) -> [Int] {
        guard !word.isEmpty, word.count <= text.count else { return [] }
        return (0...text.count - word.count).filter { text[$0..<$0 + word.count].elementsEqual(word) }
    }

    /// `P@55w0rd` reads as `password`.
    private static let masks: [Character: Character] = [
        "0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "7": "t", "@": "a", "$": "s", "!": "i",
    ]

    /// A name counts as a whole and by its parts.
    private static func words(of context: String) -> [String] {
        let parts = context.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
        return (parts + [parts.joined()]).filter { $0.count >= 3 }
    }

    private static let leastDistinct = 5
    private static let leastOfOnesOwn = 4
    /// Shorter words stand by chance in any text; they count only beside a longer one.
    private static let leastTelling = 4
}
