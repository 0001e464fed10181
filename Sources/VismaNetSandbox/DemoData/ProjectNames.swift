/// What a contractor's projects are called.
enum ProjectNames {
    private static let jobs = [
        "Nytt bad", "Tilbygg", "Drenering", "Ny garasje", "Omlegging av tak", "Nytt kjøkken", "Enebolig",
        "Ny VA-ledning",
        "Etterisolering og ny kledning", "Terrasse og rekkverk", "Naust", "Grunnarbeid", "Varmepumpe og elbillader",
        "Våtromsrehabilitering", "Støttemur i naturstein", "Rehabilitering av fasade", "Utskifting av vinduer",
        "Kjellerleilighet", "Påbygg 2. etasje", "Rørfornying", "Lekeplass", "Brannsikring av trapperom",
    ]
    private static let internalJobs = ["Verksted og lager", "Garantiarbeid", "Kurs og HMS", "Ferie og fravær", "Anbud"]
    private static let templates = ["Mal: bad", "Mal: tilbygg", "Mal: serviceoppdrag"]

    /// Numbers and names that are easy to get wrong; they begin with the eleventh project.
    static let awkward: [(number: String, name: String)] = [
        ("0010", "Ærfuglvegen 10: påbygg, «åpen» løsning & øvrig"),
        ("T/17", "Skråstrek i nummeret"),
        ("P#18 Å", "Nytt \"kaldt\" loft <b>haster</b>"),
        ("P-01", "Null foran & 'apostrof'"),
        (
            "LANG-1",
            "Totalrehabilitering av tre fleretasjes bygninger med felles garasjekjeller, utomhusanlegg, ny vann- og "
                + "avløpsledning, rømningsveier, heis og universell utforming etter pålegg fra brann- og bygningstilsynet"
        ),
    ]

    static func make(at address: String?, _ random: inout SplitMix64) -> String {
        guard let address else { return random.pick(internalJobs) }
        return "\(random.pick(jobs)), \(address)"
    }

    static func template(_ index: Int) -> String {
        templates[index % templates.count]
    }
}
