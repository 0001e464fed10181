import Foundation
import TestSupport
import Testing
import VismaNetSandbox

/// Every answer of the sandbox against the published description.
struct ContractTests {
    private static let contract = Result { try OpenAPIContract.load() }

    private static let paths = [
        "/v1/customer", "/v1/customer/10001", "/v1/customer/internal/401", "/v1/project", "/v1/project/P-2",
        "/v1/project/internal/771", "/v1/project/tasks", "/v1/projectbasic", "/v1/projecttask", "/v1/projecttask/10",
        "/v1/projectaccountgroup", "/v1/projectaccountgroup/5", "/v1/inventory", "/v1/inventory/ROR-22",
        "/v1/inventory/internal/5001", "/v1/inventory/itemClass", "/v1/employee", "/v1/employee/7", "/v1/account",
        "/v1/account/5000", "/v1/subaccount", "/v1/subaccount/100000", "/v1/financialPeriod",
        "/v1/financialPeriod/202603", "/v1/branch", "/v1/branch/1", "/v1/organization", "/v1/unitofmeasure",
        "/v1/earningtype", "/v1/dimension/SUBACCOUNT", "/v1/location/10001", "/v1/location/10001/MAIN",
        "/v1/projecttransaction", "/v1/projecttransaction/PM00000001", "/v1/background/JOB",
        "/v1/background/JOB/content",
    ]

    @Test func everyPublishedPathIsTried() throws {
        let contract = try Self.contract.get()
        let tried = Set(Self.paths.compactMap { contract.template("GET", $0) })
        #expect(tried.sorted() == contract.paths("GET"))
    }

    @Test(arguments: paths)
    func answerKeepsTheContract(path: String) async throws {
        let contract = try Self.contract.get()
        let rig = try await Rig()
        let line = Rig.line(["customerVendor": #"{"value":"10001"}"#, "creditSubaccount": #"{"value":"100000"}"#])
        #expect(
            try await rig.post(Rig.document([line, Rig.line(["inventoryId": #"{"value":"ROR-22"}"#])])).status == 201)
        _ = rig.sandbox.reverse("PM00000001", in: Rig.tenant)
        let queued = try await rig.call(
            "GET", "/v1/branch", headers: [.init("erp-api-background", "none")])
        #expect(contract.violations(response: "GET", path: "/v1/branch", status: 202, body: Data(queued.body)).isEmpty)
        let job = try queued.object()["id"] as? String ?? ""
        let real = path.replacingOccurrences(of: "JOB", with: job)
        let isTransactions = path == "/v1/projecttransaction"
        let answer = try await rig.get(real, isTransactions ? "fromPeriod=202601&toPeriod=202612" : "")
        #expect(answer.status == 200)
        #expect(answer.body.count > 2)
        #expect(contract.violations(response: "GET", path: real, status: 200, body: Data(answer.body)) == [])
    }

    @Test(arguments: ["customer", "project", "projecttask", "inventory", "employee", "account", "financialPeriod"])
    func demoContractorKeepsTheContract(resource: String) async throws {
        let contract = try Self.contract.get()
        var demo = DemoContractor.make(today: DemoDay(year: 2026, month: 3, day: 10), size: .small)
        demo.tenantID = Rig.tenant
        let answer = try await Rig(companies: [demo]).get("/v1/" + resource)
        #expect(answer.body.count > 100)
        let found = contract.violations(response: "GET", path: "/v1/" + resource, status: 200, body: Data(answer.body))
        #expect(found == [])
    }

    @Test func everyPublishedQueryNameIsTaken() async throws {
        let contract = try Self.contract.get()
        let rig = try await Rig()
        for path in Self.paths where !path.contains("JOB") {
            guard let template = contract.template("GET", path) else { continue }
            for name in contract.queryNames("GET", template: template) {
                let message = try await rig.get(path, name + "=").message()
                #expect(!message.contains("unknown"), "\(path) \(name)")
            }
        }
    }

    @Test func documentBodyKeepsTheContract() throws {
        let contract = try Self.contract.get()
        func violations(_ body: String) -> [String] {
            contract.violations(request: "POST", path: "/v1/projecttransaction", query: "", body: Data(body.utf8))
        }
        #expect(violations(Rig.document()) == [])
        #expect(violations(Rig.document([Rig.line(["ukjent": "1"])])).count == 1)
        #expect(violations(Rig.document([Rig.line(["quantity": "7.5"])])).count == 1)
        #expect(violations(Rig.document([Rig.line(["employee": #"{"value":7}"#])])).count == 1)
        #expect(violations(Rig.document([Rig.line(["operation": #""Set""#])])).count == 1)
        #expect(violations("").count == 1)
    }

    @Test func changesKeepTheContract() async throws {
        let contract = try Self.contract.get()
        let rig = try await Rig()
        let created = try await rig.post(Rig.document())
        let post = contract.violations(
            response: "POST", path: "/v1/projecttransaction", status: created.status, body: Data(created.body))
        #expect(post == [])
        let changed = try await rig.call("PUT", "/v1/projecttransaction/PM00000001", body: "{}")
        let put = contract.violations(
            response: "PUT", path: "/v1/projecttransaction/PM00000001", status: changed.status, body: Data(changed.body)
        )
        #expect(put == [])
    }

    @Test(arguments: [
        ("/v1/customer", "pageNumber=1&pageSize=500", 0), ("/v1/customer", "pagesize=500", 1),
        ("/v1/customer", "pageNumber=x", 1), ("/v1/customer", "lastModifiedDateTimeCondition=%3E%3D", 0),
        ("/v1/customer", "lastModifiedDateTimeCondition=gt", 1), ("/v1/inventory", "inventoryTypes=LaborItem", 0),
        ("/v1/inventory", "expandNote=False", 1), ("/v1/kunde", "", 1),
    ])
    func requestsAreJudged(path: String, query: String, count: Int) throws {
        let found = try Self.contract.get().violations(request: "GET", path: path, query: query, body: Data())
        #expect(found.count == count)
    }

    @Test(arguments: [
        (#"{"number":"1"}"#, 0), (#"{"nummer":"1"}"#, 1), (#"{"number":1}"#, 1), (#"{"status":"Aktiv"}"#, 1),
        (#"{"number":null}"#, 0), (#"{"internalId":1.5}"#, 1), (#"{"lastModifiedDateTime":"i går"}"#, 1),
        (#"{"mainAddress":{"country":{"id":"NO","kode":1}}}"#, 1), (#"{"timeStamp":"%%"}"#, 1), ("[]", 1), ("x", 1),
    ])
    func answersAreJudged(body: String, count: Int) throws {
        let found = try Self.contract.get().violations(
            response: "GET", path: "/v1/customer/1", status: 200, body: Data(body.utf8))
        #expect(found.count == count)
    }
}
