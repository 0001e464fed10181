import Persistence

/// What the ERP says is open and known: read before lines are collected, and stored, so that pages need not ask.
public struct ERPFacts: Sendable {
    /// The lists, each read by itself.
    public enum Kind: String, SQLConvertible, CaseIterable {
        case periods, accounts, employees, subaccounts, accountGroups

        /// Without these no line can be judged.
        static let needed: [Kind] = [.periods, .accounts, .employees]
    }

    /// By start date.
    public let periods: [FinancialPeriod]
    public let accounts: [ERPAccount]
    public let employees: [ERPEmployee]
    public let subaccounts: [ERPSubaccount]
    public let accountGroups: [ERPAccountGroup]
    /// When each list was read from the ERP, of stored facts.
    public let readAt: [Kind: Timestamp]
    private let usableAccounts: Set<String>
    private let activeEmployees: Set<String>

    public init(
        periods: [FinancialPeriod], accounts: [ERPAccount], employees: [ERPEmployee],
        subaccounts: [ERPSubaccount] = [], accountGroups: [ERPAccountGroup] = [], readAt: [Kind: Timestamp] = [:]
    ) {
        self.periods = periods.sorted()
        self.accounts = accounts
        self.employees = employees
        self.subaccounts = subaccounts
        self.accountGroups = accountGroups
        self.readAt = readAt
        usableAccounts = Set(accounts.filter(\.isActive).map(\.number))
        activeEmployees = Set(employees.filter(\.isActive).map(\.number))
    }

    /// What an export must know, and no more: a right that only a page misses must not stop the lines.
    public static func read(from connector: any ERPConnector) async throws -> ERPFacts {
        try await ERPFacts(
            periods: connector.periods(), accounts: connector.accounts(), employees: connector.employees())
    }

    /// The oldest reading among what lines are judged by.
    public var neededReadAt: Timestamp? {
        let times = Kind.needed.compactMap { readAt[$0] }
        return times.count == Kind.needed.count ? times.min() : nil
    }

    /// The period that the date falls in: the latest that starts on or before it, because a period need not be a
    /// month and its end date may be exclusive (API.md 3.7).
    public func period(of date: CalendarDate) -> FinancialPeriod? {
        periods.last { $0.startDate <= date }
    }

    public func period(id: String) -> FinancialPeriod? { periods.first { $0.id == id } }

    public func nextOpenPeriod(after period: FinancialPeriod) -> FinancialPeriod? {
        periods.first { $0.startDate > period.startDate && $0.isOpen }
    }

    public func isActive(employee: String) -> Bool { activeEmployees.contains(employee) }

    public func isUsable(account: String) -> Bool { usableAccounts.contains(account) }

    /// A period that a person chose must exist and be open.
    public func demandOpen(_ period: String) throws {
        guard let chosen = self.period(id: period) else { throw PeriodRefused.unknown(period) }
        guard chosen.isOpen else { throw PeriodRefused.closed(period) }
    }
}
