/// Ordinary Norwegian names, and what is made of them.
enum PersonNames {
    static let first = [
        "Kari", "Ola", "Ingrid", "Per", "Anne", "Lars", "Marit", "Knut", "Solveig", "Bjørn", "Liv", "Arne", "Astrid",
        "Jan", "Berit", "Geir", "Hilde", "Terje", "Silje", "Morten", "Nina", "Øyvind", "Ida", "Håkon", "Åse", "Magnus",
        "Sigrid", "Trond", "Wenche", "Eirik", "Tone", "Stian", "Grete", "Vidar", "Synnøve", "Rolf", "Kristin", "Leif",
        "Randi", "Jostein", "Turid", "Oddvar", "Emma", "Jakob", "Nora", "Emil", "Gunn", "Kåre", "Torill", "Sindre",
    ]
    static let last = [
        "Nordmann", "Hansen", "Johansen", "Olsen", "Larsen", "Andersen", "Pedersen", "Nilsen", "Kristiansen", "Jensen",
        "Karlsen", "Johnsen", "Pettersen", "Eriksen", "Berg", "Haugen", "Hagen", "Bakken", "Solberg", "Strand",
        "Lund", "Moen", "Dahl", "Sørensen", "Bøe", "Vik", "Nes", "Sæther", "Aase", "Fjeld", "Myklebust", "Bruland",
        "Hauge", "Fossheim", "Skaar", "Tveit", "Øvrebø", "Lunde", "Eide", "Sandvik", "Kvamme", "Heggheim", "Mo", "Ruud",
    ]

    static func make(_ random: inout SplitMix64) -> (first: String, last: String) {
        (random.pick(first), random.pick(last))
    }

    /// The letters of a name that an e-mail address can have: `Øyvind Sæther` → `oyvind.saether`.
    static func mailbox(_ words: String) -> String {
        var letters = ""
        for character in words.lowercased() {
            switch character {
            case "æ": letters += "ae"
            case "ø": letters += "o"
            case "å": letters += "a"
            case "a"..."z", "0"..."9": letters.append(character)
            case " ", "-", ".": if !letters.hasSuffix(".") && !letters.isEmpty { letters += "." }
            default: break
            }
        }
        return letters.hasSuffix(".") ? String(letters.dropLast()) : letters
    }

    static func phone(_ random: inout SplitMix64) -> String {
        "\(random.chance(percent: 60) ? 9 : 4)\(padded(random.below(10_000_000), 7))"
    }
}
