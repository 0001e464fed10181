import Persistence
import Proresult

/// What a setting can be, so that nobody has to type Visma's numbers.
public struct SettingChoice: Sendable, Hashable {
    public var value: String
    public var label: Text
    /// False for what would be refused when saved, such as an account of another group.
    public var fits: Bool
}

public enum SettingChoices {
    /// The choices of a setting, those that fit first. Items and tasks can be many: `search` narrows them by number or
    /// name, and no more than `limit` are given. Empty for dates and numbers, and for lists that Visma has not given.
    public static func of(
        _ setting: KnownSetting, facts: ERPFacts?, search: String = "", limit: Int = 200,
        in transaction: CompanyTransaction
    ) throws -> [SettingChoice] {
        let choices: [SettingChoice] =
            switch setting.form {
            case .words(let words):
                words.map { SettingChoice(value: $0, label: setting.words(of: $0), fits: true) }
            case .date, .number: []
            case .account: try accounts(setting.key, facts, in: transaction)
            case .subaccount:
                (facts?.subaccounts ?? []).filter(\.isActive).map { choice($0.number, $0.name) }
            case .accountGroup:
                (facts?.accountGroups ?? []).filter(\.isActive).map { choice($0.number, $0.name) }
            case .item: try items(search, limit, in: transaction)
            case .task: try tasks(in: transaction)
            }
        let needle = search.lowercased()
        let found = choices.filter { choice in
            needle.isEmpty || choice.label.norwegian.lowercased().contains(needle)
                || choice.value.lowercased().contains(needle)
        }
        return Array((found.filter(\.fits) + found.filter { !$0.fits }).prefix(max(limit, 0)))
    }

    private static func choice(_ number: String, _ name: String, fits: Bool = true) -> SettingChoice {
        let label = name.isEmpty || name == number ? number : "\(number) \(name)"
        return SettingChoice(value: number, label: Text(label, label), fits: fits)
    }

    private static func accounts(
        _ key: SyncSettings.Key?, _ facts: ERPFacts?, in transaction: CompanyTransaction
    ) throws -> [SettingChoice] {
        let group: String? =
            switch key {
            case .hoursDebitAccount: KnownSetting.hoursAccountGroup
            case .withdrawalsDebitAccount:
                SyncSettings(values: try transaction.settingValues())[.withdrawalsAccountGroup]
            default: nil
            }
        return (facts?.accounts ?? []).filter(\.isActive).sorted { $0.number < $1.number }.map { account in
            choice(account.number, account.name, fits: group == nil || account.accountGroup == group)
        }
    }

    private static func items(
        _ search: String, _ limit: Int, in transaction: CompanyTransaction
    ) throws -> [SettingChoice] {
        let escaped = search.map { #"%_\"#.contains($0) ? "\\\($0)" : "\($0)" }.joined()
        return try transaction.query(
            #"""
            SELECT erp_number, name FROM item
            WHERE company_id = \#(transaction.company) AND erp_number IS NOT NULL AND inactive_at IS NULL
                AND (lower(erp_number) LIKE lower(CAST(\#("%\(escaped)%") AS TEXT)) ESCAPE '\'
                    OR lower(name) LIKE lower(CAST(\#("%\(escaped)%") AS TEXT)) ESCAPE '\')
            ORDER BY erp_number LIMIT \#(max(limit, 0))
            """#
        ).map { choice(try $0.get("erp_number"), try $0.get("name")) }
    }

    /// The tasks that most projects have come first: one that few have would stop most withdrawals.
    private static func tasks(in transaction: CompanyTransaction) throws -> [SettingChoice] {
        try transaction.query(
            """
            SELECT visma_task_id AS task, min(name) AS name, count(*) AS projects FROM project_work_type
            WHERE company_id = \(transaction.company) AND visma_task_id IS NOT NULL AND closed_at IS NULL
            GROUP BY visma_task_id ORDER BY projects DESC, task LIMIT 500
            """
        ).map { row in
            let (task, name, projects): (String, String, Int) = try (
                row.get("task"), row.get("name"), row.get("projects")
            )
            return SettingChoice(
                value: task,
                label: Text("\(task) \(name) (\(projects) prosjekt)", "\(task) \(name) (\(projects) projects)"),
                fits: true)
        }
    }
}
