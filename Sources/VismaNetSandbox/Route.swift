/// One operation of the API. Literal segments are matched without regard to case, and before segments in braces.
struct Route: Sendable {
    typealias Action = @Sendable (inout SandboxState, APICall) throws -> SandboxAnswer

    let method: String
    let template: String
    let action: Action
    /// Of its path, in small letters; nil for a key.
    private let parts: [String?]

    init(_ method: String, _ template: String, _ action: @escaping Action) {
        self.method = method
        self.template = template
        self.action = action
        parts = template.split(separator: "/").map { $0.hasPrefix("{") ? nil : $0.lowercased() }
    }

    /// The keys in the path, or nil if the path is another one. `small` are its segments in small letters.
    func match(_ segments: [String], small: [String]) -> [String]? {
        guard parts.count == segments.count else { return nil }
        var keys: [String] = []
        for (part, (segment, small)) in zip(parts, zip(segments, small)) {
            if let part {
                guard part == small else { return nil }
            } else {
                guard let key = APICall.decodeKey(segment) else { return nil }
                keys.append(key)
            }
        }
        return keys
    }

    static let all: [Route] = [
        Route("GET", "/v1/customer") { try $0.listCustomers($1) },
        Route("GET", "/v1/customer/internal/{internalId}") { try $0.customer($1, byInternalID: true) },
        Route("GET", "/v1/customer/{customerCd}") { try $0.customer($1, byInternalID: false) },
        Route("GET", "/v1/project") { try $0.listProjects($1) },
        Route("GET", "/v1/project/tasks") { try $0.listTasks($1) },
        Route("GET", "/v1/project/internal/{internalID}") { try $0.project($1, byInternalID: true) },
        Route("GET", "/v1/project/{projectID}") { try $0.project($1, byInternalID: false) },
        Route("GET", "/v1/projectbasic") { try $0.listBasicProjects($1) },
        Route("GET", "/v1/projecttask") { try $0.listTasks($1) },
        Route("GET", "/v1/projecttask/{internalId}") { try $0.task($1) },
        Route("GET", "/v1/projectaccountgroup") { try $0.listAccountGroups($1) },
        Route("GET", "/v1/projectaccountgroup/{accountGroupId}") { try $0.accountGroup($1) },
        Route("GET", "/v1/inventory") { try $0.listItems($1) },
        Route("GET", "/v1/inventory/itemClass") { try $0.listItemClasses($1) },
        Route("GET", "/v1/inventory/internal/{inventoryId}") { try $0.item($1, byInternalID: true) },
        Route("GET", "/v1/inventory/{inventoryNumber}") { try $0.item($1, byInternalID: false) },
        Route("GET", "/v1/employee") { try $0.listEmployees($1) },
        Route("GET", "/v1/employee/{employeeCd}") { try $0.employee($1) },
        Route("GET", "/v1/account") { try $0.listAccounts($1) },
        Route("GET", "/v1/account/{accountCd}") { try $0.account($1) },
        Route("GET", "/v1/subaccount") { try $0.listSubaccounts($1) },
        Route("GET", "/v1/subaccount/{subAccountNumber}") { try $0.subaccount($1) },
        Route("GET", "/v1/financialPeriod") { try $0.listPeriods($1) },
        Route("GET", "/v1/financialPeriod/{financialPeriodId}") { try $0.period($1) },
        Route("GET", "/v1/branch") { try $0.listBranches($1) },
        Route("GET", "/v1/branch/{branchNumber}") { try $0.branch($1) },
        Route("GET", "/v1/organization") { try $0.listOrganizations($1) },
        Route("GET", "/v1/unitofmeasure") { try $0.listUnits($1) },
        Route("GET", "/v1/earningtype") { try $0.listEarningTypes($1) },
        Route("GET", "/v1/dimension/{dimensionId}") { try $0.dimension($1) },
        Route("GET", "/v1/location/{bAccountId}") { try $0.listLocations($1) },
        Route("GET", "/v1/location/{bAccountId}/{locationId}") { try $0.location($1) },
        Route("GET", "/v1/projecttransaction") { try $0.listDocuments($1) },
        Route("POST", "/v1/projecttransaction") { try $0.createDocument($1) },
        Route("GET", "/v1/projecttransaction/{refNbr}") { try $0.document($1) },
        Route("PUT", "/v1/projecttransaction/{refNbr}") { try $0.changeDocument($1) },
        Route("GET", "/v1/background/{requestId}") { try $0.backgroundState($1) },
        Route("GET", "/v1/background/{requestId}/content") { try $0.backgroundContent($1) },
    ]
}
