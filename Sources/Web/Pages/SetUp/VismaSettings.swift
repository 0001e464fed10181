import HTML
import Persistence
import Proresult
import Sync

/// All that the page of the integration shows, read at once. The number of statements does not grow with the lists.
struct VismaSettings: Sendable {
    var connection: ConnectionStatus?
    var modes: [JobName: JobMode]
    var fields: [String: SettingField]
    var readAt: Timestamp?
    var people: CompanyOverview
    var runs: [RunRow]

    init(today: CalendarDate, in transaction: CompanyTransaction) throws {
        let facts = try ERPFacts.stored(in: transaction)
        let values = try CompanySetting.all(in: transaction)
        connection = try ConnectionStatus.read(in: transaction)
        modes = try transaction.jobModes()
        fields = [:]
        for setting in SettingSection.allCases.flatMap(\.settings) {
            let value = values[setting.name] ?? ""
            fields[setting.name] = SettingField(
                setting: setting, value: value,
                choices: try SettingChoices.of(setting, facts: facts, limit: 1_000, in: transaction),
                check: try SettingCheck.check(setting, value, facts: facts, in: transaction))
        }
        readAt = facts?.neededReadAt
        people = try CompanyOverview(today: today, in: transaction)
        runs = try RunLog.page(number: 1, size: 6, in: transaction).runs
    }
}
