import Persistence

/// What the ERP says is open and known, read once before lines are collected.
public struct ERPFacts: Sendable {
    private let periods: [FinancialPeriod]
    private let usableAccounts: Set<String>
    private let activeEmployees: Set<String>

    public init(periods: [FinancialPeriod], accounts: [ERPAccount], employees: [ERPEmployee]) {
        self.periods = periods.sorted()
        usableAccounts = Set(accounts.filter(\.isActive).map(\.number))
        activeEmployees = Set(employees.filter(\.isActive).map(\.number))
    }

    public static func read(from connector: any ERPConnector) async throws -> ERPFacts {
        try await ERPFacts(
            periods: connector.periods(), accounts: connector.accounts(), employees: connector.employees())
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
}
