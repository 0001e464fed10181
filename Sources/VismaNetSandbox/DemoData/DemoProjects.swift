/// The projects of the demo company, the oldest first.
struct DemoProjects {
    let times: DemoTimes
    let customers: [CustomerRecord]
    let employees: [EmployeeRecord]
    var random: SplitMix64
    /// How many numbers each year's series has given out.
    private var numbersOfYear: [Int: Int] = [:]
    private var serviceNumber = 10_020

    init(seed: UInt64, times: DemoTimes, customers: [CustomerRecord], employees: [EmployeeRecord]) {
        self.times = times
        self.customers = customers
        self.employees = employees
        random = SplitMix64(seed: seed, stream: 3)
    }

    mutating func make(count: Int) -> [ProjectRecord] {
        (0..<count).map { index in
            if index == 0 { return nonProject() }
            if index % 50 == 20 { return template(index) }
            return project(index, of: count)
        }
    }

    private mutating func project(_ index: Int, of count: Int) -> ProjectRecord {
        let status = Self.status(index)
        let customer = customers.isEmpty || index % 12 == 5 ? nil : random.pick(customers)
        let location = customer.flatMap { chosenLocation(of: $0) }
        let site = location?.address.line1 ?? customer?.mainAddress.line1
        let start = startDay(index, of: count, status: status)
        let isAwkward = index >= 10 && index < 10 + ProjectNames.awkward.count
        var record = blank(
            index, number: isAwkward ? ProjectNames.awkward[index - 10].number : number(startedIn: start.year),
            description: isAwkward ? ProjectNames.awkward[index - 10].name : ProjectNames.make(at: site, &random),
            status: status)
        record.customerNumber = customer?.number
        record.customerLocationID = location?.internalID
        record.startDate = start.text
        if status == "Completed" || random.chance(percent: 20) {
            record.endDate = start.adding(days: 20 + random.below(200)).text
        }
        record.visibleInProjects = index % 40 != 26
        guard !employees.isEmpty else { return record }
        // Managers are the first ones hired: few people lead many projects.
        if random.chance(percent: 60) { record.managerEmployeeNumber = random.pick(employees.prefix(6)).employeeNumber }
        if index % 25 == 16 {
            record.restrictEmployees = true
            record.employeeNumbers = employees.prefix(3).map(\.employeeNumber)
        }
        return record
    }

    /// Every twenty projects have all statuses, so that small companies have them too.
    private static func status(_ index: Int) -> String {
        switch index % 20 {
        case 4, 12, 19: "Completed"
        case 7: "Planned"
        case 9: "OnHold"
        case 15: "PendingApproval"
        case 17: "Cancelled"
        default: "Active"
        }
    }

    private mutating func chosenLocation(of customer: CustomerRecord) -> LocationRecord? {
        if customer.locations.count > 1, random.chance(percent: 65) {
            return random.pick(customer.locations.dropFirst())
        }
        return random.chance(percent: 20) ? customer.locations.first : nil
    }

    /// Spread over the last two and a half years, planned ones over the next two months.
    private mutating func startDay(_ index: Int, of count: Int, status: String) -> DemoDay {
        if status == "Planned" { return times.today.adding(days: 7 + random.below(60)) }
        return times.today.adding(days: -(count - index) * 900 / count - random.below(15))
    }

    /// `P-2026-014`, and `S-10021` for one in six: two series side by side.
    private mutating func number(startedIn year: Int) -> String {
        if random.chance(percent: 16) {
            serviceNumber += 1
            return "S-\(serviceNumber)"
        }
        let used = numbersOfYear[year, default: 0] + 1
        numbersOfYear[year] = used
        return "P-\(year)-\(padded(used, 3))"
    }

    private mutating func nonProject() -> ProjectRecord {
        var record = blank(0, number: "X", description: "Ikke prosjekt", status: "Active")
        record.isNonProject = true
        return record
    }

    private mutating func template(_ index: Int) -> ProjectRecord {
        var record = blank(
            index, number: "MAL-\(padded(index / 50 + 1, 2))", description: ProjectNames.template(index / 50),
            status: "Active")
        record.isTemplate = true
        return record
    }

    private mutating func blank(_ index: Int, number: String, description: String, status: String) -> ProjectRecord {
        let (created, lastModified) = times.createdAndModified(&random)
        return ProjectRecord(
            internalID: 700 + index, projectID: number, description: description, status: status,
            branch: DemoLedger.branchNumber(index), created: created, lastModified: lastModified)
    }
}
