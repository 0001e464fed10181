import Logging
import Persistence
import Sync
import VismaNet

// What the company has set up in the ERP: read whole, whenever an export or a page needs it.
extension VismaNetConnector {
    public func locations(ofCustomer number: String) async throws -> [String: ERPAddress] {
        try await inERPErrors {
            var addresses: [String: ERPAddress] = [:]
            do {
                for try await page in client.locationPages(ofCustomer: number, pageSize: pageSize) {
                    for location in page.rows { addresses[String(location.internalID)] = ERPAddress(location.address) }
                }
            } catch let error as VismaNetError {
                // A customer that has gone has no locations.
                guard case .refused(let refusal) = error.failure, refusal.kind == .notFound else { throw error }
            }
            return addresses
        }
    }

    public func employees() async throws -> [ERPEmployee] {
        try await inERPErrors {
            var byID: [Int64: Employee] = [:]
            for try await page in client.employeePages(pageSize: pageSize) {
                tellUnreadable(page)
                for employee in page.rows { byID[employee.employeeID] = employee }
            }
            return byID.values.map(ERPEmployee.init).sorted { $0.number < $1.number }
        }
    }

    public func periods() async throws -> [Sync.FinancialPeriod] {
        try await inERPErrors {
            let page = try await client.financialPeriods()
            tellUnreadable(page)
            return page.rows.compactMap(Sync.FinancialPeriod.init).sorted()
        }
    }

    public func accounts() async throws -> [ERPAccount] {
        try await inERPErrors {
            let page = try await client.accounts()
            tellUnreadable(page)
            return page.rows.map(ERPAccount.init)
        }
    }

    public func subaccounts() async throws -> [ERPSubaccount] {
        try await inERPErrors {
            var byNumber: [String: ERPSubaccount] = [:]
            for try await page in client.subaccountPages(pageSize: pageSize) {
                tellUnreadable(page)
                for subaccount in page.rows.map(ERPSubaccount.init) { byNumber[subaccount.number] = subaccount }
            }
            return byNumber.values.sorted { $0.number < $1.number }
        }
    }

    public func accountGroups() async throws -> [ERPAccountGroup] {
        try await inERPErrors {
            var byNumber: [String: ERPAccountGroup] = [:]
            for try await page in client.projectAccountGroupPages(pageSize: pageSize) {
                tellUnreadable(page)
                for group in page.rows.map(ERPAccountGroup.init) { byNumber[group.number] = group }
            }
            return byNumber.values.sorted { $0.number < $1.number }
        }
    }

    public func organisation() async throws -> String {
        try await inERPErrors { try await client.organisation().description }
    }

    /// What is left out here shows up later as an unknown period, account or employee; the log says why.
    private func tellUnreadable<Row>(_ page: Page<Row>) {
        for row in page.quarantined {
            logger.warning(
                "a row of Visma.net cannot be read",
                metadata: ["key": "\(row.key ?? "?")", "path": "\(row.path)", "reason": "\(row.reason)"])
        }
    }
}

extension ERPEmployee {
    fileprivate init(_ employee: Employee) {
        let number = employee.employeeNumber.trimmed
        self.init(
            number: number, name: employee.name?.trimmed ?? number, email: employee.email?.trimmed,
            isActive: employee.status != .known(.inactive))
    }
}

extension Sync.FinancialPeriod {
    fileprivate init?(_ period: VismaNet.FinancialPeriod) {
        guard let start = CalendarDate(period.startDate.text) else { return nil }
        let closed: Closed? = period.isClosedInGeneralLedger ? .closed : (period.isActive ? nil : .inactive)
        self.init(id: period.id.text, startDate: start, closed: closed)
    }
}

extension ERPAccount {
    fileprivate init(_ account: Account) {
        self.init(
            number: account.number.trimmed, name: account.description?.trimmed ?? "",
            accountGroup: account.accountGroup?.trimmed, isActive: account.isActive ?? true)
    }
}

extension ERPSubaccount {
    fileprivate init(_ subaccount: Subaccount) {
        self.init(
            number: subaccount.number.trimmed, name: subaccount.description?.trimmed ?? "",
            isActive: subaccount.isActive ?? true)
    }
}

extension ERPAccountGroup {
    fileprivate init(_ group: ProjectAccountGroup) {
        self.init(number: group.id.trimmed, name: group.description?.trimmed ?? "", isActive: group.isActive ?? true)
    }
}
