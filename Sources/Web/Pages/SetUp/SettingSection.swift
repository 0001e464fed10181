import Proresult
import Sync

/// A part of the settings that is saved by one button.
enum SettingSection: String, CaseIterable {
    case customers = "kunder"
    case projects = "prosjekt"
    case items = "varer"
    case hours = "timer"
    case withdrawals = "vareuttak"
    case periods = "perioder"
    case hoursAccounts = "timekontoer"
    case withdrawalsAccounts = "vareuttakskontoer"

    static let imports: [SettingSection] = [.customers, .projects, .items]
    static let exports: [SettingSection] = [.hours, .withdrawals, .periods]
    static let accounts: [SettingSection] = [.hoursAccounts, .withdrawalsAccounts]

    /// The job whose start is chosen here.
    var job: JobName? {
        switch self {
        case .customers: .customers
        case .projects: .projects
        case .items: .items
        case .hours: .hours
        case .withdrawals: .withdrawals
        case .periods, .hoursAccounts, .withdrawalsAccounts: nil
        }
    }

    var title: Text {
        switch self {
        case .periods: Text("Når perioden er lukket", "When the period is closed")
        case .hoursAccounts: Text("Kontoer for timer", "Accounts for hours")
        case .withdrawalsAccounts: Text("Kontoer for vareuttak", "Accounts for item withdrawals")
        case .customers: JobName.customers.title
        case .projects: JobName.projects.title
        case .items: JobName.items.title
        case .hours: JobName.hours.title
        case .withdrawals: JobName.withdrawals.title
        }
    }

    var settings: [KnownSetting] { keys.map { KnownSetting($0) } }

    private var keys: [SyncSettings.Key] {
        switch self {
        case .customers: []
        case .projects: [.projectAddressSource, .suspendedProjects]
        case .items: [.itemSubgroup, .zeroPriceOverwrites]
        case .hours: [.hoursStartDate, .hoursItemNumber]
        case .withdrawals: [.withdrawalsStartDate, .withdrawalsItemNumber, .withdrawalsTask, .withdrawalsPrice]
        case .periods: [.closedPeriod]
        case .hoursAccounts: [.hoursDebitAccount, .hoursCreditAccount, .hoursDebitSubaccount, .hoursCreditSubaccount]
        case .withdrawalsAccounts:
            [
                .withdrawalsAccountGroup, .withdrawalsDebitAccount, .withdrawalsCreditAccount,
                .withdrawalsDebitSubaccount, .withdrawalsCreditSubaccount,
            ]
        }
    }

    /// The name of the field that says how the job is started.
    static let mode = "modus"
    var modeID: String { "f-\(rawValue)-\(Self.mode)" }
}
