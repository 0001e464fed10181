import Foundation

extension CompanyRecords {
    /// A company just large enough to try everything on once: two active projects and one of every closed kind, three
    /// employees, four items, the periods of 2026. All stamps are `2026-01-02T08:00:00.000`.
    public static func small(tenantID: String, name: String = "Rør og Tak AS") -> CompanyRecords {
        var company = CompanyRecords(
            tenantID: tenantID, organizationCd: "1", name: name, corporateID: "999888777")
        company.branches = [BranchRecord(branchID: 1, number: "1", name: "Hovedkontor")]
        company.accountGroups = [
            .init(id: "5", description: "Lønn"), .init(id: "4", description: "Varer"),
            .init(id: "9", description: "Utgått", active: false),
        ]
        company.accounts = smallAccounts
        company.subaccounts = [
            .init(subaccountID: 1, number: "100000", description: "Drift", lastModified: stamp),
            .init(subaccountID: 2, number: "200000", description: "Nedlagt", active: false, lastModified: stamp),
        ]
        company.periods = (1...12).map(month)
        company.units = [.init(fromUnit: "BUNT", toUnit: "M", multiply: true, rate: Decimal(25))]
        company.earningTypes = [
            .init(code: "RG", description: "Ordinær", isOvertime: false, overtimeMultiplier: Decimal(1)),
            .init(code: "OT", description: "Overtid", isOvertime: true, overtimeMultiplier: Decimal(2)),
        ]
        company.itemClasses = [
            .init(id: "1", description: "Timer", type: "LaborItem"),
            .init(id: "3", description: "Rør", type: "FinishedGoodItem"),
        ]
        company.customers = (1...3).map(customer)
        company.employees = [
            employee(7, "Kari", "Moe"), employee(8, "Per", "Lie"), employee(9, "Åse", "Bø", status: "Inactive"),
        ]
        company.items = smallItems
        addProjects(to: &company)
        return company
    }

    private static let stamp = "2026-01-02T08:00:00.000"

    private static var smallAccounts: [AccountRecord] {
        func account(_ id: Int, _ number: String, _ type: String, _ group: String?, active: Bool = true)
            -> AccountRecord
        {
            AccountRecord(
                accountID: id, accountCD: number, description: "Konto \(number)", type: type, accountGroup: group,
                active: active, lastModified: stamp)
        }
        return [
            account(1, "4000", "Expense", "4"), account(2, "5000", "Expense", "5"), account(3, "5990", "Expense", nil),
            account(4, "5001", "Expense", "5", active: false), account(5, "1460", "Asset", nil),
        ]
    }

    private static func month(_ number: Int) -> PeriodRecord {
        let two = (number < 10 ? "0" : "") + String(number)
        let days = number == 2 ? 28 : [4, 6, 9, 11].contains(number) ? 30 : 31
        return PeriodRecord(
            period: "2026" + two, year: 2026, startDate: "2026-\(two)-01", endDate: "2026-\(two)-\(days)",
            description: "Periode \(two)-2026")
    }

    private static func customer(_ number: Int) -> CustomerRecord {
        let home = AddressRecord(
            addressID: 800 + number, line1: "Storgata \(number)", postalCode: "6800", city: "Førde")
        let site = AddressRecord(
            addressID: 900 + number, line1: "Angedalsvegen \(number)", postalCode: "6810", city: "Førde")
        return CustomerRecord(
            internalID: 400 + number, number: "1000\(number)", name: "Kunde \(number) AS", status: "Active",
            corporateID: "91122233\(number)", email: "kunde\(number)@example.com", phone: "5780000\(number)",
            mainAddress: home, deliveryAddress: nil,
            locations: [
                .init(
                    internalID: 3000 + number, locationID: "MAIN", name: "Hovedlokasjon", address: home,
                    lastModified: stamp),
                .init(
                    internalID: 3100 + number, locationID: "BYGG", name: "Byggeplass", address: site,
                    lastModified: stamp),
            ], created: stamp, lastModified: stamp)
    }

    private static func employee(_ number: Int, _ first: String, _ last: String, status: String = "Active")
        -> EmployeeRecord
    {
        EmployeeRecord(
            employeeID: 90 + number, employeeNumber: String(number), firstName: first, lastName: last,
            email: "ansatt\(number)@example.com", phone: "9000000\(number)", status: status, department: "DRIFT",
            branch: "1", lastModified: stamp)
    }

    private static var smallItems: [ItemRecord] {
        func item(_ id: Int, _ number: String, _ unit: String, _ price: Decimal, status: String = "Active")
            -> ItemRecord
        {
            let isLabor = number == "TIMER"
            return ItemRecord(
                inventoryID: id, inventoryNumber: number, status: status,
                type: isLabor ? "LaborItem" : "FinishedGoodItem",
                description: "Vare \(number)", itemClassID: isLabor ? "1" : "3", defaultPrice: price,
                currentCost: price / 2, lastCost: price / 2, averageCost: price / 2, baseUnit: unit,
                stockItem: !isLabor,
                created: stamp, lastModified: stamp)
        }
        return [
            item(5001, "TIMER", "TIME", Decimal(850)), item(5002, "ROR-22", "M", Decimal(189)),
            item(5003, "GML", "STK", Decimal(10), status: "Inactive"),
            item(5004, "SLETT/1", "STK", Decimal(10), status: "MarkedForDeletion"),
        ]
    }

    private static func addProjects(to company: inout CompanyRecords) {
        let kinds = [
            ("P-1", "Active"), ("P-2", "Active"), ("P-FERDIG", "Completed"), ("P-AVLYST", "Cancelled"),
            ("P-VENT", "OnHold"), ("P-PLAN", "Planned"),
        ]
        for (index, (code, status)) in kinds.enumerated() {
            var project = ProjectRecord(
                internalID: 771 + index, projectID: code, description: "Prosjekt \(code)", status: status,
                customerNumber: "10001", customerLocationID: 3101, startDate: "2026-01-05", endDate: nil,
                managerEmployeeNumber: "7", branch: "1", created: stamp, lastModified: stamp)
            project.restrictEmployees = code == "P-2"
            project.employeeNumbers = code == "P-2" ? ["7"] : []
            company.projects.append(project)
            company.tasks.append(task(10 * (index + 1), project, "10", "Active"))
        }
        for (offset, status) in ["Completed", "Cancelled", "Canceled", "Planned"].enumerated() {
            company.tasks.append(task(101 + offset, company.projects[0], "2\(offset)", status))
        }
    }

    private static func task(_ id: Int, _ project: ProjectRecord, _ code: String, _ status: String) -> TaskRecord {
        TaskRecord(
            internalID: id, projectInternalID: project.internalID, taskID: code, description: "Oppgave \(code)",
            status: status, created: stamp, lastModified: stamp)
    }
}
