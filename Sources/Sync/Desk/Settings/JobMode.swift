import Persistence
import Proresult

/// How a job is started: by the clock, by hand alone, or not at all.
public enum JobMode: String, Sendable, CaseIterable {
    case automatic, manual, off

    public var text: Text {
        switch self {
        case .automatic: Text("Automatisk, hver time", "Automatic, every hour")
        case .manual: Text("Manuell", "Manual")
        case .off: Text("Slått av", "Switched off")
        }
    }
}

extension CompanyTransaction {
    public func jobModes() throws -> [JobName: JobMode] {
        let rows = try query(
            "SELECT name, enabled_at, automatic_at FROM job WHERE company_id = \(company) ORDER BY name")
        return try rows.reduce(into: [:]) { modes, row in
            let isOn = try row.get("enabled_at", as: Timestamp?.self) != nil
            let isAutomatic = try row.get("automatic_at", as: Timestamp?.self) != nil
            modes[try row.get("name", as: JobName.self)] = isOn ? (isAutomatic ? .automatic : .manual) : .off
        }
    }

    /// Sets how a job is started, and leaves it alone when it stands so: setting it anew would move its next run. An
    /// export that starts by itself needs a start date, or its first run would send years of old lines.
    public func setMode(_ mode: JobMode, of job: JobName, by person: String) throws {
        guard let before = try jobModes()[job], before != mode else { return }
        if mode == .automatic, let key = job.startDate, SyncSettings(values: try settingValues())[key] == nil {
            throw SettingsRefused(problems: [
                key.rawValue: Text(
                    "Velg en startdato før overføringen settes til automatisk. Uten den blir alle gamle linjer sendt.",
                    "Choose a start date before the transfer is made automatic. Without it all old lines would be sent."
                )
            ])
        }
        try setJob(job, enabled: mode != .off, automatic: mode == .automatic)
        try audit(by: person, "job mode", of: "job", job.rawValue, before: before.rawValue, after: mode.rawValue)
    }
}

extension JobName {
    /// The setting that says from which day its lines go.
    public var startDate: SyncSettings.Key? {
        switch self {
        case .hours: .hoursStartDate
        case .withdrawals: .withdrawalsStartDate
        case .customers, .projects, .items: nil
        }
    }
}
