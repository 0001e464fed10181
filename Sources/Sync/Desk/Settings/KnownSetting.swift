import Persistence
import Proresult

/// A setting that somebody reads: what it is called, what it does, and what it may be.
public struct KnownSetting: Sendable {
    /// Of what form the value is, and so where its choices come from.
    public enum Form: Sendable, Hashable {
        /// One of a few words of ours.
        case words([String])
        case date
        /// A whole number within bounds.
        case number(ClosedRange<Int>)
        case account, subaccount, accountGroup, item, task
    }

    public let name: String
    /// Nil for the settings of our own shore.
    public let key: SyncSettings.Key?
    public let title: Text
    /// What it does, in a sentence.
    public let explanation: Text
    public let form: Form

    public init(_ key: SyncSettings.Key) {
        self.init(
            key.rawValue, key, Text(key.norwegian, key.english), key.explanation, Self.form(of: key))
    }

    private init(_ name: String, _ key: SyncSettings.Key?, _ title: Text, _ explanation: Text, _ form: Form) {
        self.name = name
        self.key = key
        self.title = title
        self.explanation = explanation
        self.form = form
    }

    public static let all =
        SyncSettings.Key.allCases.map { KnownSetting($0) } + [
            KnownSetting(
                CompanySetting.Rules.approvalStepsKey, nil,
                Text("Antall godkjenningssteg for timer", "Steps of approval for hours"),
                Text(
                    "Ett steg: lederen godkjenner. To steg: en til må godkjenne før timene kan overføres.",
                    "One step: the leader approves. Two: one more must approve before hours can be transferred."),
                .words(["1", "2"])),
            KnownSetting(
                CompanySetting.Rules.maxDaysBackKey, nil,
                Text("Dager tilbake en arbeider kan føre", "Days back that a worker may register"),
                Text(
                    "Eldre dager må lederen føre. Tomt: ingen grense.",
                    "Older days are for the leader. Empty: no limit."), .number(0...3650)),
            KnownSetting(
                CompanySetting.Rules.allowFreeTextKey, nil, Text("Tillat fritekstvarer", "Allow free-text items"),
                Text(
                    "Om et vareuttak kan skrives uten å velge en vare fra registeret.",
                    "Whether a withdrawal may be written without an item of the register."), .words(["yes", "no"])),
            KnownSetting(
                CompanySetting.Rules.userMayChangeTextPriceUnitKey, nil,
                Text("Brukere kan endre varetekst, pris og enhet", "Users may change text, price and unit"),
                Text(
                    "Om arbeideren kan endre tekst, pris og enhet på sin egen linje.",
                    "Whether workers may change text, price and unit of their own lines."), .words(["yes", "no"])),
            KnownSetting(
                CompanySetting.Rules.costPriceInAppKey, nil,
                Text("Endre innpris i app", "Change the cost price in the app"),
                Text(
                    "Om arbeiderne ser innprisen og kan endre den når de tar ut en vare.",
                    "Whether workers see the cost price and may change it when they take out an item."),
                .words(["yes", "no"])),
            KnownSetting(
                CompanySetting.Rules.usersSeeOthersKey, nil,
                Text("Brukere kan se andres vareuttak", "Users can see others' withdrawals"),
                Text(
                    "Om arbeiderne ser alle vareuttak på prosjektet og kan returnere dem. De kan ikke endre eller slette dem.",
                    "Whether workers see all withdrawals of the project and may return them. They cannot edit or delete them."
                ), .words(["yes", "no"])),
            KnownSetting(
                CompanySetting.Rules.extraCostKey, nil,
                Text("Kan ta ut varer som ekstra kostnad", "Items can be taken out as extra cost"),
                Text(
                    "Om en linje kan merkes som ekstra kostnad, med en egen tekst.",
                    "Whether a line may be marked as extra cost, with a text of its own."), .words(["yes", "no"])),
        ]

    /// What holds while nothing is chosen; nil where nothing does.
    public var usual: String? {
        guard case .words(let words) = form else { return nil }
        switch name {
        case SyncSettings.Key.zeroPriceOverwrites.rawValue, CompanySetting.Rules.costPriceInAppKey,
            CompanySetting.Rules.usersSeeOthersKey, CompanySetting.Rules.extraCostKey:
            return "no"
        default: return words.first
        }
    }

    public static func named(_ name: String) -> KnownSetting? { all.first { $0.name == name } }

    /// The account group of hours. Fixed, and shown as such.
    public static let hoursAccountGroup = HoursExport.accountGroup

    /// What is wrong with the form of a value; nil when it may be stored. Empty takes the choice back.
    public func faultOfForm(_ value: String) -> Text? {
        if value.isEmpty { return nil }
        switch form {
        case .words(let words): return words.contains(value) ? nil : Self.mustBe(name, words)
        case .date: return CalendarDate(value) == nil ? Self.mustBe(name, ["yyyy-mm-dd"]) : nil
        case .number(let bounds):
            let isFit = Int(value).map(bounds.contains) ?? false
            return isFit ? nil : Self.mustBe(name, ["\(bounds.lowerBound)–\(bounds.upperBound)"])
        case .account, .subaccount, .accountGroup, .item, .task: return nil
        }
    }

    private static func mustBe(_ name: String, _ choices: [String]) -> Text {
        Text(
            "\(name) kan være: \(choices.joined(separator: ", ")).",
            "\(name) can be: \(choices.joined(separator: ", ")).")
    }

    private static func form(of key: SyncSettings.Key) -> Form {
        switch key {
        case .projectAddressSource: .words(["locationThenDeliveryThenMain", "delivery", "main", "none"])
        case .suspendedProjects: .words(["hold", "close"])
        case .itemSubgroup: .words(["type", "itemClass"])
        case .zeroPriceOverwrites: .words(["yes", "no"])
        case .withdrawalsPrice: .words(["sales", "cost"])
        case .closedPeriod: .words(["hold", "nextOpen"])
        case .hoursStartDate, .withdrawalsStartDate: .date
        case .hoursItemNumber, .withdrawalsItemNumber: .item
        case .hoursDebitAccount, .hoursCreditAccount, .withdrawalsDebitAccount, .withdrawalsCreditAccount: .account
        case .hoursDebitSubaccount, .hoursCreditSubaccount, .withdrawalsDebitSubaccount,
            .withdrawalsCreditSubaccount:
            .subaccount
        case .withdrawalsAccountGroup: .accountGroup
        case .withdrawalsTask: .task
        }
    }
}
