import Persistence
import Proresult
import Sync

/// A setting that somebody reads, and what it may be.
struct KnownSetting {
    let name: String
    let text: Text
    /// Nil: any text, for Visma's own numbers and codes.
    let choices: [String]?
    let isDate: Bool

    init(_ key: SyncSettings.Key) {
        name = key.rawValue
        text = Text(key.norwegian, key.english)
        isDate = key == .hoursStartDate || key == .withdrawalsStartDate
        choices =
            switch key {
            case .projectAddressSource: ["locationThenDeliveryThenMain", "delivery", "main", "none"]
            case .suspendedProjects: ["hold", "close"]
            case .itemSubgroup: ["type", "itemClass"]
            case .zeroPriceOverwrites: ["yes", "no"]
            case .withdrawalsPrice: ["sales", "cost"]
            case .closedPeriod: ["hold", "nextOpen"]
            default: nil
            }
    }

    private init(_ name: String, _ text: Text) {
        (self.name, self.text, choices, isDate) = (name, text, nil, false)
    }

    static let all =
        SyncSettings.Key.allCases.map { KnownSetting($0) } + [
            KnownSetting(CompanySetting.Rules.approvalStepsKey, .approvalSteps),
            KnownSetting(CompanySetting.Rules.maxDaysBackKey, .maxDaysBack),
            KnownSetting(CompanySetting.Rules.allowFreeTextKey, .allowFreeText),
            KnownSetting(CompanySetting.Rules.userMayChangeTextPriceUnitKey, .mayChangeTextPriceUnit),
        ]

    /// Proresult's own settings are checked where they are stored.
    func check(_ value: String) throws {
        if value.isEmpty { return }
        if let choices, !choices.contains(value) {
            throw Failure(.needsPerson, "badSetting", .settingChoices(name, choices))
        }
        if isDate, CalendarDate(value) == nil {
            throw Failure(.needsPerson, "badSetting", .settingChoices(name, ["yyyy-mm-dd"]))
        }
    }
}
