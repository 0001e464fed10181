import Foundation
import Persistence

/// What Sync asks of an ERP, in Sync's words. One value serves one run of one company.
///
/// Reads may be repeated by the connector; `post` is never repeated by it. Every call that fails throws `ERPError`.
public protocol ERPConnector: Sendable {
    func customers(_ request: ERPPageRequest) async throws -> ERPPage<ERPCustomer>
    func projects(_ request: ERPPageRequest) async throws -> ERPPage<ERPProject>
    func tasks(_ request: ERPPageRequest) async throws -> ERPPage<ERPTask>
    func items(_ request: ERPPageRequest) async throws -> ERPPage<ERPItem>

    /// Reads one record directly; false only when the ERP says that it does not exist. The second witness before a
    /// tombstone.
    func exists(_ resource: ImportResource, id: String, number: String) async throws -> Bool

    /// The addresses of a customer's locations, by the location's id.
    func locations(ofCustomer number: String) async throws -> [String: ERPAddress]

    func employees() async throws -> [ERPEmployee]
    func periods() async throws -> [FinancialPeriod]
    func accounts() async throws -> [ERPAccount]
    func subaccounts() async throws -> [ERPSubaccount]
    func accountGroups() async throws -> [ERPAccountGroup]
    /// The name and number of the company that this connection reaches.
    func organisation() async throws -> String

    /// Sends one document once: with everything, or as its empty shell on hold.
    func post(_ document: ProjectTransaction, _ mode: ExportMode) async -> ERPPostOutcome
    /// Puts the lines into a shell and takes it off hold, once and only if it still has that version.
    func fill(_ document: ProjectTransaction, number: String, version: String) async -> ERPFillOutcome
    /// Gives an unreleased document another text, once and only if it still has that version.
    func describe(_ text: String, number: String, version: String) async -> ERPFillOutcome
    /// Every document of a period, from a clean pass over all pages: of one project or of all, created on or after a
    /// day or whenever.
    func documents(project: String?, period: String, createdFrom day: CalendarDate?) async throws -> [ERPDocument]
    /// One document by its number; nil when the ERP says that it does not exist.
    func document(number: String) async throws -> ERPDocument?

    /// How a call that the ERP queued stands.
    func queuedCall(_ job: String) async throws -> ERPQueuedCall

    /// How many requests this value has made so far.
    func requestsMade() async -> Int
}

/// The lists that are imported, each with a cursor of its own.
public enum ImportResource: String, SQLConvertible, CaseIterable {
    case customers, projects, tasks, items

    /// The job that reads it.
    public var job: JobName {
        switch self {
        case .customers: .customers
        case .projects, .tasks: .projects
        case .items: .items
        }
    }
}

/// Which page of a list: `changedSince` nil reads everything.
public struct ERPPageRequest: Sendable, Hashable {
    public var changedSince: ERPTime?
    /// From 1.
    public var number: Int
    public init(changedSince: ERPTime?, number: Int) {
        self.changedSince = changedSince
        self.number = number
    }
}

/// A time of the ERP's own clock and zone, in a fixed-width text (`yyyy-MM-ddTHH:mm:ss.fffffff`): compared only with
/// others of its kind, never with our clock.
public struct ERPTime: SQLConvertible, Hashable, Comparable, CustomStringConvertible {
    public let text: String
    public init(_ text: String) { self.text = text }
    public var description: String { text }
    public var sqlValue: SQLValue { .text(text) }
    public init(sqlValue: SQLValue) throws { text = try String(sqlValue: sqlValue) }
    public static func < (one: Self, other: Self) -> Bool { one.text < other.text }
}

public struct ERPPage<Row: Sendable>: Sendable {
    public var rows: [Row]
    /// Rows that could not be read: they are put aside, the others go on.
    public var unreadable: [ERPUnreadableRow]
    /// How many rows the whole list has, where the ERP tells.
    public var total: Int?
    /// True when the rule of the list says that no page follows.
    public var isLast: Bool

    public init(rows: [Row], unreadable: [ERPUnreadableRow] = [], total: Int? = nil, isLast: Bool) {
        self.rows = rows
        self.unreadable = unreadable
        self.total = total
        self.isLast = isLast
    }
}

/// A row of the ERP that is missing a mandatory field or holds an impossible value.
public struct ERPUnreadableRow: Sendable, Hashable {
    /// The ERP's key of the row, where even that could be read.
    public var key: String?
    /// Where in the row, such as `startDate`.
    public var path: String
    public var reason: String
    /// A digest of the value, so that the same fault is recognised without keeping the value.
    public var digest: String
    public init(key: String?, path: String, reason: String, digest: String) {
        self.key = key
        self.path = path
        self.reason = reason
        self.digest = digest
    }
}

public struct ERPAddress: Sendable, Hashable {
    public var street: String?
    public var postalCode: String?
    public var city: String?
    public init(street: String?, postalCode: String?, city: String?) {
        self.street = street
        self.postalCode = postalCode
        self.city = city
    }
}

public struct ERPCustomer: Sendable, Hashable {
    public var id: String
    public var number: String
    public var name: String
    public var address: ERPAddress?
    public var deliveryAddress: ERPAddress?
    public var isActive: Bool
    public var modifiedAt: ERPTime?
    public init(
        id: String, number: String, name: String, address: ERPAddress?, deliveryAddress: ERPAddress?, isActive: Bool,
        modifiedAt: ERPTime?
    ) {
        self.id = id
        self.number = number
        self.name = name
        self.address = address
        self.deliveryAddress = deliveryAddress
        self.isActive = isActive
        self.modifiedAt = modifiedAt
    }
}

public struct ERPProject: Sendable, Hashable {
    public enum State: Sendable, Hashable {
        case active, suspended, closed
        /// Not to be imported: a template, the non-project code, still in planning.
        case notImported
    }
    public var id: String
    public var number: String
    public var name: String
    public var state: State
    public var startDate: CalendarDate?
    public var customerNumber: String?
    public var customerLocationID: String?
    public var managerNumber: String?
    public var modifiedAt: ERPTime?
    public init(
        id: String, number: String, name: String, state: State, startDate: CalendarDate?, customerNumber: String?,
        customerLocationID: String?, managerNumber: String?, modifiedAt: ERPTime?
    ) {
        self.id = id
        self.number = number
        self.name = name
        self.state = state
        self.startDate = startDate
        self.customerNumber = customerNumber
        self.customerLocationID = customerLocationID
        self.managerNumber = managerNumber
        self.modifiedAt = modifiedAt
    }
}

public struct ERPTask: Sendable, Hashable {
    public var id: String
    /// The project's id, not its number.
    public var projectID: String
    public var taskID: String
    public var name: String
    /// Only an open task takes new lines.
    public var isOpen: Bool
    public var modifiedAt: ERPTime?
    public init(id: String, projectID: String, taskID: String, name: String, isOpen: Bool, modifiedAt: ERPTime?) {
        self.id = id
        self.projectID = projectID
        self.taskID = taskID
        self.name = name
        self.isOpen = isOpen
        self.modifiedAt = modifiedAt
    }
}

public struct ERPItem: Sendable, Hashable {
    public var id: String
    public var number: String
    public var name: String
    public var salesPrice: Decimal
    public var costPrice: Decimal
    public var unit: String
    /// The ERP's item type, such as `NonStockItem`.
    public var type: String
    public var itemClass: String?
    public var isActive: Bool
    public var modifiedAt: ERPTime?
    public init(
        id: String, number: String, name: String, salesPrice: Decimal, costPrice: Decimal, unit: String, type: String,
        itemClass: String?, isActive: Bool, modifiedAt: ERPTime?
    ) {
        self.id = id
        self.number = number
        self.name = name
        self.salesPrice = salesPrice
        self.costPrice = costPrice
        self.unit = unit
        self.type = type
        self.itemClass = itemClass
        self.isActive = isActive
        self.modifiedAt = modifiedAt
    }
}
