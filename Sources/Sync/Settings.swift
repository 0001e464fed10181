import Persistence
import Proresult

/// The company's choices for the link, read once at the start of a run. Stored as text under the names of `Key`.
public struct SyncSettings: Sendable, Hashable {
    public enum Key: String, CaseIterable, Sendable {
        case projectAddressSource = "projects.addressSource"
        case suspendedProjects = "projects.suspended"
        case itemSubgroup = "items.subgroup"
        case zeroPriceOverwrites = "items.zeroPriceOverwrites"
        case hoursStartDate = "hours.startDate"
        case hoursItemNumber = "hours.itemNumber"
        case hoursDebitAccount = "hours.debitAccount"
        case hoursCreditAccount = "hours.creditAccount"
        case hoursDebitSubaccount = "hours.debitSubaccount"
        case hoursCreditSubaccount = "hours.creditSubaccount"
        case withdrawalsStartDate = "withdrawals.startDate"
        case withdrawalsItemNumber = "withdrawals.itemNumber"
        case withdrawalsDebitAccount = "withdrawals.debitAccount"
        case withdrawalsCreditAccount = "withdrawals.creditAccount"
        case withdrawalsDebitSubaccount = "withdrawals.debitSubaccount"
        case withdrawalsCreditSubaccount = "withdrawals.creditSubaccount"
        case withdrawalsAccountGroup = "withdrawals.accountGroup"
        case withdrawalsTask = "withdrawals.task"
        case withdrawalsPrice = "withdrawals.price"
        case closedPeriod = "exports.closedPeriod"
    }

    public enum AddressSource: String, Sendable { case locationThenDeliveryThenMain, delivery, main, none }
    public enum SuspendedProjects: String, Sendable { case close, hold }
    public enum ItemSubgroup: String, Sendable { case type, itemClass }
    public enum Price: String, Sendable { case sales, cost }
    public enum ClosedPeriod: String, Sendable { case hold, nextOpen }

    public let values: [String: String]

    public init(values: [String: String]) { self.values = values }

    /// An empty text is the same as no choice.
    public subscript(key: Key) -> String? {
        guard let value = values[key.rawValue], !value.isEmpty else { return nil }
        return value
    }

    public var projectAddressSource: AddressSource { choice(.projectAddressSource, .locationThenDeliveryThenMain) }
    public var suspendedProjects: SuspendedProjects { choice(.suspendedProjects, .hold) }
    public var itemSubgroup: ItemSubgroup { choice(.itemSubgroup, .type) }
    public var zeroPriceOverwrites: Bool { self[.zeroPriceOverwrites] == "yes" }
    public var withdrawalsPrice: Price { choice(.withdrawalsPrice, .sales) }
    public var closedPeriod: ClosedPeriod { choice(.closedPeriod, .hold) }

    private func choice<Choice: RawRepresentable>(_ key: Key, _ usual: Choice) -> Choice
    where Choice.RawValue == String {
        self[key].flatMap(Choice.init(rawValue:)) ?? usual
    }
}
