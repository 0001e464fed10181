/// Names of the five kinds of customers that a contractor has.
struct CustomerName {
    let name: String
    /// A firm or public body, which has an organisation number.
    let isOrganisation: Bool

    private static let trades = [
        "Eiendom", "Bygg", "Hytter", "Utleie", "Landbruk", "Transport", "Maskin", "Bil", "Fiskeri", "Hotell",
        "Handel", "Bakeri", "Regnskap", "Dagligvare", "Sjømat", "Treningssenter",
    ]
    private static let places = [
        "Fjord", "Sogn", "Sunnfjord", "Nordfjord", "Hardanger", "Voss", "Bergen", "Vestland", "Fjell", "Jølster",
        "Førde", "Kyst", "Breim", "Stord", "Askøy", "Åsane", "Østfold", "Oslo", "Bærum", "Øygarden",
    ]
    private static let municipalities = [
        "Sunnfjord", "Bergen", "Sogndal", "Kinn", "Gloppen", "Stad", "Stryn", "Voss", "Askøy", "Øygarden", "Alver",
        "Bjørnafjorden", "Årdal", "Luster", "Høyanger", "Lærdal", "Fjaler", "Askvoll", "Ullensvang", "Kvam", "Bærum",
    ]
    private static let departments = ["", ", Eiendom", ", Teknisk drift", ", Skule og barnehage", ", Bustad", ", VA"]
    private static let housing = [
        "Solbakken", "Fjordglytt", "Bjørkehaugen", "Sentrum", "Åsen", "Havneparken", "Elvebredden", "Lia", "Øvre Torg",
        "Myra", "Tunet", "Granlia", "Utsikten", "Nøstet", "Sandviken", "Rosenhagen",
    ]

    static func make(_ random: inout SplitMix64) -> CustomerName {
        switch random.below(100) {
        case ..<52:
            let person = PersonNames.make(&random)
            return CustomerName(name: "\(person.first) \(person.last)", isOrganisation: false)
        case ..<70:
            return organisation("\(random.pick(places)) \(random.pick(trades)) AS")
        case ..<80:
            return organisation("\(random.pick(PersonNames.last)) \(random.pick(trades)) AS")
        case ..<84:
            let person = PersonNames.make(&random)
            return organisation("Byggmester \(person.first) \(person.last)")
        case ..<91:
            return organisation("Borettslaget \(random.pick(housing)) \(1 + random.below(9))")
        case ..<96:
            return organisation("Sameiet \(random.pick(Places.streets)) \(1 + random.below(60))")
        default:
            return organisation("\(random.pick(municipalities)) kommune\(random.pick(departments))")
        }
    }

    private static func organisation(_ name: String) -> CustomerName {
        CustomerName(name: name, isOrganisation: true)
    }
}
