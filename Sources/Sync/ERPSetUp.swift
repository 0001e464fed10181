import Persistence

// What a company has set up in the ERP and lines refer to.

public struct ERPEmployee: Sendable, Hashable {
    public var number: String
    public var name: String
    public var email: String?
    public var isActive: Bool
    public init(number: String, name: String, email: String?, isActive: Bool) {
        self.number = number
        self.name = name
        self.email = email
        self.isActive = isActive
    }
}

public struct ERPAccount: Sendable, Hashable {
    public var number: String
    public var name: String
    /// The project account group that it is mapped to; without one it cannot be used on projects.
    public var accountGroup: String?
    public var isActive: Bool
    public init(number: String, name: String = "", accountGroup: String?, isActive: Bool) {
        self.number = number
        self.name = name
        self.accountGroup = accountGroup
        self.isActive = isActive
    }
}

public struct ERPSubaccount: Sendable, Hashable {
    public var number: String
    public var name: String
    public var isActive: Bool
    public init(number: String, name: String, isActive: Bool) {
        self.number = number
        self.name = name
        self.isActive = isActive
    }
}

public struct ERPAccountGroup: Sendable, Hashable {
    /// A short code such as `5`.
    public var number: String
    public var name: String
    public var isActive: Bool
    public init(number: String, name: String, isActive: Bool) {
        self.number = number
        self.name = name
        self.isActive = isActive
    }
}

/// A month of the ERP's own calendar, which need not be a month of ours.
public struct FinancialPeriod: Sendable, Hashable, Comparable {
    /// Why a period takes no lines.
    public enum Closed: String, Sendable {
        /// Not taken into use there, or not any more.
        case inactive
        /// Closed in the general ledger.
        case closed
    }

    /// `YYYYPP`
    public var id: String
    public var startDate: CalendarDate
    /// Nil while it is open.
    public var closed: Closed?
    public var isOpen: Bool { closed == nil }

    public init(id: String, startDate: CalendarDate, closed: Closed? = nil) {
        self.id = id
        self.startDate = startDate
        self.closed = closed
    }
    public static func < (one: Self, other: Self) -> Bool { (one.startDate, one.id) < (other.startDate, other.id) }
}
