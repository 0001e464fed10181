import Persistence

public typealias ProjectID = Identifier<Project>

public enum ProjectKind: String, SQLConvertible, CaseIterable {
    case ordinary
    /// Holiday, sick leave and the like: registered like hours, never sent on.
    case absence
}

public enum BillingMode: String, SQLConvertible, CaseIterable {
    case fixedPrice, timeAndMaterials, `internal`
}

public enum ProjectState: String, SQLConvertible, CaseIterable {
    case active, closed
}

/// Who closed or reopened a project: people ask when it changes without them.
public enum ClosedBy: String, SQLConvertible, CaseIterable {
    case user, visma
}

/// What the ERP says about a project that it has.
public enum ERPProjectState: String, SQLConvertible, CaseIterable {
    case active, suspended, closed
}

/// A piece of work for a customer, that hours and withdrawals are registered on.
public struct Project: CompanyRecord {
    public var id: ProjectID
    public var number: String
    public var name: String
    public var address: String?
    public var postalCode: String?
    public var city: String?
    public var startDate: CalendarDate?
    public var customerID: CustomerID?
    public var managerWorkerID: WorkerID?
    public var parentProjectID: ProjectID?
    public var kind: ProjectKind
    public var billingMode: BillingMode
    public var state: ProjectState
    public var closedAt: Timestamp?
    public var closedBy: ClosedBy?
    public var closedByName: String?
    public var reopenedAt: Timestamp?
    public var reopenedBy: ClosedBy?
    public var reopenedByName: String?
    public var erpID: String?
    public var erpNumber: String?
    public var erpModifiedAt: String?
    public var erpState: ERPProjectState?
    public var erpCustomerNumber: String?
    public var erpManagerNumber: String?
    public var erpMissingPasses: Int
    public var erpDeletedAt: Timestamp?

    public var isActive: Bool { state == .active }

    public init(
        id: ProjectID, number: String, name: String, address: String? = nil, postalCode: String? = nil,
        city: String? = nil, startDate: CalendarDate? = nil, customerID: CustomerID? = nil,
        managerWorkerID: WorkerID? = nil, parentProjectID: ProjectID? = nil, kind: ProjectKind = .ordinary,
        billingMode: BillingMode = .timeAndMaterials, state: ProjectState = .active, closedAt: Timestamp? = nil,
        closedBy: ClosedBy? = nil, closedByName: String? = nil, reopenedAt: Timestamp? = nil,
        reopenedBy: ClosedBy? = nil, reopenedByName: String? = nil, erpID: String? = nil, erpNumber: String? = nil,
        erpModifiedAt: String? = nil, erpState: ERPProjectState? = nil, erpCustomerNumber: String? = nil,
        erpManagerNumber: String? = nil, erpMissingPasses: Int = 0, erpDeletedAt: Timestamp? = nil
    ) {
        self.id = id
        self.number = number
        self.name = name
        self.address = address
        self.postalCode = postalCode
        self.city = city
        self.startDate = startDate
        self.customerID = customerID
        self.managerWorkerID = managerWorkerID
        self.parentProjectID = parentProjectID
        self.kind = kind
        self.billingMode = billingMode
        self.state = state
        self.closedAt = closedAt
        self.closedBy = closedBy
        self.closedByName = closedByName
        self.reopenedAt = reopenedAt
        self.reopenedBy = reopenedBy
        self.reopenedByName = reopenedByName
        self.erpID = erpID
        self.erpNumber = erpNumber
        self.erpModifiedAt = erpModifiedAt
        self.erpState = erpState
        self.erpCustomerNumber = erpCustomerNumber
        self.erpManagerNumber = erpManagerNumber
        self.erpMissingPasses = erpMissingPasses
        self.erpDeletedAt = erpDeletedAt
    }

    public static let kind = RecordKind.project
    public static let columns = [
        "id", "number", "name", "address", "postal_code", "city", "start_date", "customer_id", "manager_worker_id",
        "parent_project_id", "kind", "billing_mode", "state", "closed_at", "closed_by", "closed_by_name",
        "reopened_at", "reopened_by", "reopened_by_name", "erp_id", "erp_number", "erp_modified_at", "erp_state",
        "erp_customer_number", "erp_manager_number", "erp_missing_passes", "erp_deleted_at",
    ]

    public var values: [SQLValue] {
        [
            id.sqlValue, number.sqlValue, name.sqlValue, address.sqlValue, postalCode.sqlValue, city.sqlValue,
            startDate.sqlValue, customerID.sqlValue, managerWorkerID.sqlValue, parentProjectID.sqlValue,
            kind.sqlValue, billingMode.sqlValue, state.sqlValue, closedAt.sqlValue, closedBy.sqlValue,
            closedByName.sqlValue, reopenedAt.sqlValue, reopenedBy.sqlValue, reopenedByName.sqlValue, erpID.sqlValue,
            erpNumber.sqlValue, erpModifiedAt.sqlValue, erpState.sqlValue, erpCustomerNumber.sqlValue,
            erpManagerNumber.sqlValue, erpMissingPasses.sqlValue, erpDeletedAt.sqlValue,
        ]
    }

    public init(row: SQLRow) throws {
        id = try row.get("id")
        number = try row.get("number")
        name = try row.get("name")
        address = try row.get("address")
        postalCode = try row.get("postal_code")
        city = try row.get("city")
        startDate = try row.get("start_date")
        customerID = try row.get("customer_id")
        managerWorkerID = try row.get("manager_worker_id")
        parentProjectID = try row.get("parent_project_id")
        kind = try row.get("kind")
        billingMode = try row.get("billing_mode")
        state = try row.get("state")
        closedAt = try row.get("closed_at")
        closedBy = try row.get("closed_by")
        closedByName = try row.get("closed_by_name")
        reopenedAt = try row.get("reopened_at")
        reopenedBy = try row.get("reopened_by")
        reopenedByName = try row.get("reopened_by_name")
        erpID = try row.get("erp_id")
        erpNumber = try row.get("erp_number")
        erpModifiedAt = try row.get("erp_modified_at")
        erpState = try row.get("erp_state")
        erpCustomerNumber = try row.get("erp_customer_number")
        erpManagerNumber = try row.get("erp_manager_number")
        erpMissingPasses = try row.get("erp_missing_passes")
        erpDeletedAt = try row.get("erp_deleted_at")
    }
}
