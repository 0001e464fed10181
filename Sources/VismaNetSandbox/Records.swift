import Foundation

/// What the sandbox knows about one company, in its own words and with no type of the client's.
///
/// Numbers are the texts that people know (`customerCd`, `projectID`, `inventoryNumber` …); internal ids are the
/// integers that only the API shows. Times are wall-clock texts of the server's own zone, without offset,
/// `yyyy-MM-ddTHH:mm:ss.fff` (API.md 2.2); dates are `yyyy-MM-dd`.
public struct CompanyRecords: Sendable, Codable {
    /// The company tenant id that a token is issued for.
    public var tenantID: String
    public var organizationCd: String
    public var name: String
    public var corporateID: String
    public var branches: [BranchRecord] = []
    public var customers: [CustomerRecord] = []
    public var projects: [ProjectRecord] = []
    public var tasks: [TaskRecord] = []
    public var items: [ItemRecord] = []
    public var itemClasses: [ItemClassRecord] = []
    public var employees: [EmployeeRecord] = []
    public var accounts: [AccountRecord] = []
    public var subaccounts: [SubaccountRecord] = []
    public var accountGroups: [AccountGroupRecord] = []
    public var periods: [PeriodRecord] = []
    public var units: [UnitRecord] = []
    public var earningTypes: [EarningTypeRecord] = []

    public init(tenantID: String, organizationCd: String, name: String, corporateID: String) {
        self.tenantID = tenantID
        self.organizationCd = organizationCd
        self.name = name
        self.corporateID = corporateID
    }
}

public struct BranchRecord: Sendable, Codable {
    public var branchID: Int
    public var number: String
    public var name: String
    public var lastModified: String = "2020-01-01T00:00:00.000"
}

public struct AddressRecord: Sendable, Codable, Hashable {
    public var addressID: Int
    public var line1: String
    public var postalCode: String
    public var city: String
    public var country: String = "NO"
}

public struct LocationRecord: Sendable, Codable {
    public var internalID: Int
    public var locationID: String
    public var name: String
    public var address: AddressRecord
    public var active: Bool = true
    public var lastModified: String
}

public struct CustomerRecord: Sendable, Codable {
    public var internalID: Int
    public var number: String
    public var name: String
    /// `Active` `OnHold` `CreditHold` `Inactive` `OneTime`
    public var status: String
    public var corporateID: String?
    public var email: String?
    public var phone: String?
    public var mainAddress: AddressRecord
    public var deliveryAddress: AddressRecord?
    /// The first one is the main location.
    public var locations: [LocationRecord]
    public var created: String
    public var lastModified: String
}

public struct ProjectRecord: Sendable, Codable {
    public var internalID: Int
    public var projectID: String
    public var description: String
    /// `Planned` `Active` `Completed` `Cancelled` `OnHold` `PendingApproval`
    public var status: String
    public var customerNumber: String?
    /// `internalID` of one of the customer's locations.
    public var customerLocationID: Int?
    public var startDate: String?
    public var endDate: String?
    public var managerEmployeeNumber: String?
    public var restrictEmployees: Bool = false
    public var employeeNumbers: [String] = []
    public var isTemplate: Bool = false
    /// The company's non-project code, `X` by default.
    public var isNonProject: Bool = false
    /// False hides the project from the projects workspace (`visibility`).
    public var visibleInProjects: Bool = true
    public var branch: String
    public var created: String
    public var lastModified: String
}

public struct TaskRecord: Sendable, Codable {
    public var internalID: Int
    public var projectInternalID: Int
    /// The code, unique inside its project only.
    public var taskID: String
    public var description: String
    /// `Planned` `Active` `Cancelled` `Canceled` `Completed`
    public var status: String
    public var visibleInProjects: Bool = true
    public var created: String
    public var lastModified: String
}

public struct ItemClassRecord: Sendable, Codable {
    public var id: String
    public var description: String
    public var type: String
}

public struct ItemRecord: Sendable, Codable {
    public var inventoryID: Int
    public var inventoryNumber: String
    /// `Active` `NoSales` `NoPurchases` `NoRequest` `Inactive` `MarkedForDeletion`
    public var status: String
    public var type: String
    public var description: String
    public var itemClassID: String
    public var defaultPrice: Decimal
    public var currentCost: Decimal
    public var lastCost: Decimal
    public var averageCost: Decimal
    public var baseUnit: String
    public var stockItem: Bool
    public var created: String
    public var lastModified: String
}

public struct EmployeeRecord: Sendable, Codable {
    public var employeeID: Int
    public var employeeNumber: String
    public var firstName: String
    public var lastName: String
    public var email: String
    public var phone: String
    /// `Active` `OnHold` `HoldPayments` `Inactive` `OneTime`
    public var status: String
    public var department: String
    public var branch: String
    public var lastModified: String
}

public struct AccountRecord: Sendable, Codable {
    public var accountID: Int
    public var accountCD: String
    public var description: String
    /// `Asset` `Liability` `Income` `Expense`
    public var type: String
    /// The account group that the account is mapped to, if any.
    public var accountGroup: String?
    public var active: Bool = true
    public var lastModified: String
}

public struct SubaccountRecord: Sendable, Codable {
    public var subaccountID: Int
    public var number: String
    public var description: String
    public var active: Bool = true
    public var lastModified: String
}

public struct AccountGroupRecord: Sendable, Codable {
    public var id: String
    public var description: String
    public var active: Bool = true
    /// Only filtered by; the API does not show it.
    public var lastModified: String = "2020-01-01T00:00:00.000"
}

public struct PeriodRecord: Sendable, Codable {
    /// `YYYYPP`
    public var period: String
    public var year: Int
    public var startDate: String
    /// Inclusive here; what the API shows is a switch of the sandbox (API.md 3.7).
    public var endDate: String
    public var description: String
    public var active: Bool = true
    public var closedInGeneralLedger: Bool = false
}

public struct UnitRecord: Sendable, Codable {
    public var fromUnit: String
    public var toUnit: String
    public var multiply: Bool
    public var rate: Decimal
}

public struct EarningTypeRecord: Sendable, Codable {
    public var code: String
    public var description: String
    public var isOvertime: Bool
    public var isBillable: Bool = true
    public var overtimeMultiplier: Decimal
    public var lastModified: String = "2020-01-01T00:00:00.000"
}
