import Persistence
import Proresult

/// Whether a setting can work, by what Visma last said and what was imported from it: told when it is saved, not when
/// the lines are stopped.
public struct SettingCheck: Sendable, Hashable {
    /// Why it must not be stored; nil when it may.
    public var problem: Text?
    /// What a person should know and may have good reasons for.
    public var warning: Text?

    static let fine = SettingCheck()
    static func refused(_ norwegian: String, _ english: String) -> SettingCheck {
        SettingCheck(problem: Text(norwegian, english))
    }
    static func warned(_ norwegian: String, _ english: String) -> SettingCheck {
        SettingCheck(warning: Text(norwegian, english))
    }

    /// `facts` nil means that Visma has not been read: then only form and imported records are judged.
    public static func check(
        _ setting: KnownSetting, _ value: String, facts: ERPFacts?, in transaction: CompanyTransaction
    ) throws -> SettingCheck {
        if let fault = setting.faultOfForm(value) { return SettingCheck(problem: fault) }
        guard !value.isEmpty else { return .fine }
        switch setting.form {
        case .words, .date, .number: return .fine
        case .account: return try account(value, setting.key, facts, in: transaction)
        case .subaccount:
            guard let facts, facts.readAt[.subaccounts] != nil else { return .notRead }
            let found = facts.subaccounts.first { $0.number == value }
            return judge(
                found?.isActive, Text("Subkonto \(value)", "Sub-account \(value)"))
        case .accountGroup:
            guard let facts, facts.readAt[.accountGroups] != nil else { return .notRead }
            let found = facts.accountGroups.first { $0.number == value }
            let check = judge(found?.isActive, Text("Kontogruppe \(value)", "Account group \(value)"))
            return try check == .fine ? debitAccountFits(group: value, facts, in: transaction) : check
        case .item: return try item(value, in: transaction)
        case .task: return try task(value, in: transaction)
        }
    }

    private static let notRead = warned(
        "Visma er ikke lest, så valget er ikke kontrollert.", "Visma has not been read, so the choice is not checked.")

    private static func judge(_ isActive: Bool?, _ name: Text) -> SettingCheck {
        switch isActive {
        case true?: .fine
        case false?: refused("\(name.norwegian) er ikke aktiv i Visma.", "\(name.english) is not active in Visma.")
        case nil: refused("\(name.norwegian) finnes ikke i Visma.", "\(name.english) does not exist in Visma.")
        }
    }

    private static func account(
        _ number: String, _ key: SyncSettings.Key?, _ facts: ERPFacts?, in transaction: CompanyTransaction
    ) throws -> SettingCheck {
        guard let facts else { return .notRead }
        let found = facts.accounts.first { $0.number == number }
        let check = judge(found?.isActive, Text("Konto \(number)", "Account \(number)"))
        guard check == .fine, let found else { return check }
        let group: String? =
            switch key {
            case .hoursDebitAccount: KnownSetting.hoursAccountGroup
            case .withdrawalsDebitAccount:
                SyncSettings(values: try transaction.settingValues())[.withdrawalsAccountGroup]
            default: nil
            }
        // The group is that of the debit side (API.md 4.2); Visma refuses a line whose account belongs to another.
        guard let group, found.accountGroup != group else { return .fine }
        let (belongs, to): (String, String) =
            found.accountGroup.map { ("hører til kontogruppe \($0)", "belongs to account group \($0)") }
            ?? ("har ingen kontogruppe", "has no account group")
        return refused(
            "Konto \(number) \(belongs) i Visma, og må høre til \(group).",
            "Account \(number) \(to) in Visma, and must belong to \(group).")
    }

    private static func debitAccountFits(
        group: String, _ facts: ERPFacts, in transaction: CompanyTransaction
    ) throws -> SettingCheck {
        let settings = SyncSettings(values: try transaction.settingValues())
        guard let number = settings[.withdrawalsDebitAccount],
            let account = facts.accounts.first(where: { $0.number == number }), account.accountGroup != group
        else { return .fine }
        return warned(
            "Debit-konto \(number) hører ikke til kontogruppe \(group). Velg en annen konto også.",
            "Debit account \(number) does not belong to account group \(group). Choose another account too.")
    }

    private static func item(_ number: String, in transaction: CompanyTransaction) throws -> SettingCheck {
        let found = try transaction.first(
            """
            SELECT inactive_at FROM item WHERE company_id = \(transaction.company) AND erp_number = \(number)
            """)
        if let found {
            let isActive = try found.get("inactive_at", as: Timestamp?.self) == nil
            return judge(isActive, Text("Vare \(number)", "Item \(number)"))
        }
        let hasItems = try transaction.first(
            "SELECT id FROM item WHERE company_id = \(transaction.company) AND erp_number IS NOT NULL LIMIT 1")
        guard hasItems != nil else {
            return warned(
                "Varene er ikke hentet fra Visma ennå, så valget er ikke kontrollert.",
                "No items have been imported from Visma yet, so the choice is not checked.")
        }
        return refused(
            "Vare \(number) finnes ikke blant varene fra Visma.", "Item \(number) is not among the items from Visma.")
    }

    private static func task(_ task: String, in transaction: CompanyTransaction) throws -> SettingCheck {
        let row = try transaction.first(
            """
            SELECT count(*) AS projects, count(work_type.id) AS with_task FROM project
            LEFT JOIN project_work_type work_type ON work_type.company_id = project.company_id
                AND work_type.project_id = project.id AND work_type.visma_task_id = \(task)
                AND work_type.closed_at IS NULL
            WHERE project.company_id = \(transaction.company) AND project.erp_number IS NOT NULL
                AND project.erp_deleted_at IS NULL AND project.state = 'active'
            """)
        let projects: Int = try row?.get("projects") ?? 0
        let missing = try projects - (row?.get("with_task", as: Int.self) ?? 0)
        if projects == 0 {
            return warned(
                "Prosjektene er ikke hentet fra Visma ennå, så valget er ikke kontrollert.",
                "No projects have been imported from Visma yet, so the choice is not checked.")
        }
        if missing == projects {
            return refused(
                "Ingen prosjekt fra Visma har en åpen oppgave \(task).",
                "No project from Visma has an open task \(task).")
        }
        guard missing > 0 else { return .fine }
        return warned(
            "\(missing) av \(projects) prosjekt mangler oppgave \(task). Vareuttak på dem blir stoppet.",
            "\(missing) of \(projects) projects lack task \(task). Withdrawals on them will be stopped.")
    }
}
