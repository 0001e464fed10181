/// The customers of the demo company with their addresses and locations.
struct DemoCustomers {
    let times: DemoTimes
    var random: SplitMix64
    private var organisations: OrganisationNumber.Series
    private var addressID = 800
    private var locationID = 3_000

    init(seed: UInt64, times: DemoTimes) {
        self.times = times
        random = SplitMix64(seed: seed, stream: 1)
        organisations = OrganisationNumber.Series(start: random.below(500_000))
    }

    /// Names and numbers that are easy to get wrong; they begin with the eleventh customer.
    static let awkward: [(number: String, name: String)] = [
        ("0010", "Ærlig & Øystein Åsheim"),
        ("10", "Nesten samme nummer AS"),
        ("K/17", "Skråstrek Eiendom AS"),
        ("K#18", "\"Sitat\" Hytteutleie 'ANS'"),
        ("K-<19>", "<b>Fet</b> Reklame & Skilt AS"),
        (
            "00000000000020",
            "Stiftelsen for bevaring og rehabilitering av gamle naust, kvernhus, løer og stabbur i indre og ytre "
                + "Sogn, Sunnfjord og Nordfjord med tilhørende øyer, holmer og skjær samt veger og bruer"
        ),
        ("k 21", "  Mellomrom   foran, midt i og bak  "),
    ]

    mutating func make(count: Int) -> [CustomerRecord] {
        (0..<count).map { index in
            if index >= 10, index < 10 + Self.awkward.count {
                let (number, name) = Self.awkward[index - 10]
                return customer(index, number: number, named: CustomerName(name: name, isOrganisation: true))
            }
            return customer(index, number: String(10_000 + index), named: CustomerName.make(&random))
        }
    }

    private mutating func customer(_ index: Int, number: String, named: CustomerName) -> CustomerRecord {
        let (created, lastModified) = times.createdAndModified(&random)
        let main = address()
        let hasDelivery = random.chance(percent: 15)
        let organisation = named.isOrganisation ? organisations.take() : nil
        return CustomerRecord(
            internalID: 1_000 + index, number: number, name: named.name, status: status(index),
            corporateID: organisation, email: random.chance(percent: 85) ? email(named) : nil,
            phone: random.chance(percent: 90) ? PersonNames.phone(&random) : nil, mainAddress: main,
            deliveryAddress: hasDelivery ? address() : nil,
            locations: locations(main, isOrganisation: named.isOrganisation),
            created: created, lastModified: lastModified)
    }

    private func status(_ index: Int) -> String {
        switch index % 50 {
        case 13: "OnHold"
        case 23: "CreditHold"
        case 33: "Inactive"
        case 43: "OneTime"
        default: "Active"
        }
    }

    private func email(_ named: CustomerName) -> String {
        let mailbox = PersonNames.mailbox(String(named.name.prefix(40)))
        guard named.isOrganisation else { return "\(mailbox)@example.no" }
        return "post@\(mailbox.split(separator: ".").joined(separator: "-")).example.no"
    }

    private mutating func address() -> AddressRecord {
        addressID += 1
        let place = random.pick(Places.places)
        let house = 1 + random.below(140)
        let entrance = random.chance(percent: 12) ? random.pick(["A", "B", "C"]) : ""
        return AddressRecord(
            addressID: addressID, line1: "\(random.pick(Places.streets)) \(house)\(entrance)",
            postalCode: place.postalCode, city: place.city)
    }

    private mutating func locations(_ main: AddressRecord, isOrganisation: Bool) -> [LocationRecord] {
        var locations = [location("MAIN", "Hovedlokasjon", main)]
        guard random.chance(percent: isOrganisation ? 40 : 10) else { return locations }
        for extra in 1...(1 + random.below(3)) {
            let address = address()
            locations.append(location(padded(extra, 2), address.line1, address))
        }
        if locations.count > 2, random.chance(percent: 20) { locations[locations.count - 1].active = false }
        return locations
    }

    private mutating func location(_ id: String, _ name: String, _ address: AddressRecord) -> LocationRecord {
        locationID += 1
        return LocationRecord(
            internalID: locationID, locationID: id, name: name, address: address,
            lastModified: times.lastModified(&random))
    }
}
