import Persistence
import Proresult

/// What was wrong with settings that were to be saved together, by the name of each. Nothing of them was stored.
public struct SettingsRefused: Error, Sendable, Hashable {
    public var problems: [String: Text]

    public init(problems: [String: Text] = [:]) { self.problems = problems }
}

extension CompanyTransaction {
    /// Saves settings together or not at all, each checked against what Visma last said, and leaves who changed what from
    /// what to what. What stands as it was is left alone. Throws `SettingsRefused` with every problem, not the first.
    /// Returns what a person should know and may have good reasons for.
    @discardableResult
    public func saveSettings(
        _ values: [(setting: KnownSetting, value: String)], facts: ERPFacts?, by person: String
    ) throws -> [Text] {
        let stored = try settingValues()
        let changed = values.filter { $0.value != stored[$0.setting.name] ?? $0.setting.usual ?? "" }
        // The accounts are checked against the account group, so that it goes first.
        let ordered =
            changed.filter { $0.setting.form == .accountGroup } + changed.filter { $0.setting.form != .accountGroup }
        var refused = SettingsRefused()
        for (setting, value) in ordered {
            if let problem = try problem(with: value, of: setting, facts) {
                refused.problems[setting.name] = problem
                continue
            }
            try audit(
                by: person, "setting changed", of: "setting", setting.name, before: stored[setting.name] ?? "",
                after: value)
        }
        guard refused.problems.isEmpty else { throw refused }
        return try ordered.compactMap { try SettingCheck.check($0.setting, $0.value, facts: facts, in: self).warning }
    }

    /// Stores the value when nothing is wrong with it.
    private func problem(with value: String, of setting: KnownSetting, _ facts: ERPFacts?) throws -> Text? {
        if let problem = try SettingCheck.check(setting, value, facts: facts, in: self).problem { return problem }
        do {
            if value.isEmpty {
                try CompanySetting.remove(setting.name, in: self)
            } else {
                try CompanySetting.set(setting.name, value, in: self)
            }
            return nil
        } catch let broken as ProresultError {
            return Text(broken.norwegian, broken.english)
        }
    }
}
