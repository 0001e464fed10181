/// The workers and the office of the demo company.
struct DemoEmployees {
    let times: DemoTimes
    var random: SplitMix64

    init(seed: UInt64, times: DemoTimes) {
        self.times = times
        random = SplitMix64(seed: seed, stream: 2)
    }

    mutating func make(count: Int) -> [EmployeeRecord] {
        (0..<count).map { index in
            let name = PersonNames.make(&random)
            return EmployeeRecord(
                employeeID: 90 + index, employeeNumber: Self.number(index), firstName: name.first, lastName: name.last,
                email: "\(PersonNames.mailbox("\(name.first) \(name.last)")).\(index + 1)@example.no",
                phone: PersonNames.phone(&random), status: Self.status(index), department: department(index),
                branch: DemoLedger.branchNumber(index), lastModified: times.lastModified(&random))
        }
    }

    /// `1`, `2`, … but the tenth is `0010`: a number is a text, and its zeros count.
    static func number(_ index: Int) -> String {
        index == 9 ? "0010" : String(index + 1)
    }

    private static func status(_ index: Int) -> String {
        switch index % 40 {
        case 17: "Inactive"
        case 26: "OnHold"
        case 35: "HoldPayments"
        default: "Active"
        }
    }

    private mutating func department(_ index: Int) -> String {
        index < 3 ? "ADM" : random.pick(["TØMRER", "RØR", "ELEKTRO", "MALER", "GRUNN", "BETONG"])
    }
}
