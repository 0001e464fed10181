/// The example company: one contractor with everything that an integration reads, made from a number.
public enum DemoContractor {
    /// The task that withdrawals of goods use: Active on nearly every active project, absent or completed on a few.
    public static let materialsTaskID = "90"
    /// The item that hours are posted with.
    public static let hoursItemNumber = "TIMER"
    /// The item that goods without an item number of their own are posted with.
    public static let goodsItemNumber = "VARE"

    /// The same seed, day and size give the same records, byte for byte, on every machine.
    ///
    /// - Parameters:
    ///   - today: decides which periods are open, and that nothing was changed on the day before it or later.
    ///   - size: numbers of records; any size works, in linear time.
    public static func make(seed: UInt64 = 1, today: DemoDay, size: DemoSize = .demo) -> CompanyRecords {
        let times = DemoTimes(today: today)
        var random = SplitMix64(seed: seed, stream: 0)
        var company = CompanyRecords(
            tenantID: tenantID(&random), organizationCd: "1", name: "Fjordbygg Entreprenør AS", corporateID: "")
        var organisations = OrganisationNumber.Series(start: 900_000 + random.below(50_000))
        company.corporateID = organisations.take()
        company.branches = DemoLedger.branches()
        company.accountGroups = DemoLedger.accountGroups()
        company.accounts = DemoLedger.accounts(times: times, random: &random)
        company.subaccounts = DemoLedger.subaccounts(times: times, random: &random)
        company.units = DemoLedger.units()
        company.periods = DemoPeriods.make(today: today)

        var customers = DemoCustomers(seed: seed, times: times)
        company.customers = customers.make(count: size.customers)
        var employees = DemoEmployees(seed: seed, times: times)
        company.employees = employees.make(count: size.employees)
        var projects = DemoProjects(
            seed: seed, times: times, customers: company.customers, employees: company.employees)
        company.projects = projects.make(count: size.projects)
        var tasks = DemoTasks(seed: seed, times: times)
        company.tasks = tasks.make(count: size.tasks, projects: company.projects)
        company.itemClasses = ItemCatalogue.classes
        var items = DemoItems(seed: seed, times: times)
        company.items = items.make(count: size.items)
        return company
    }

    /// Looks like the UUIDs of real tenants.
    private static func tenantID(_ random: inout SplitMix64) -> String {
        let digits = (0..<2).map { _ in
            let hex = String(random.next(), radix: 16)
            return String(repeating: "0", count: 16 - hex.count) + hex
        }.joined()
        var rest = Substring(digits)
        return [8, 4, 4, 4, 12].map { length in
            defer { rest = rest.dropFirst(length) }
            return String(rest.prefix(length))
        }.joined(separator: "-")
    }
}
