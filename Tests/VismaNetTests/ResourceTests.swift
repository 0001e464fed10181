import Foundation
import Testing

@testable import VismaNet

@Suite struct ResourceTests {
    private func answering(_ body: String) -> (VismaNetClient, ScriptedTransport) {
        let api = ScriptedTransport([.status(200, body)])
        return (makeClient(api), api)
    }

    @Test func projectIsRead() async throws {
        let (client, _) = answering(
            """
            [{"internalID":771,"projectID":"P-2026-014 ","customer":{"number":"10000","name":"Ola"},"hold":false,"status":"Active",
              "description":"Nytt bad","startDate":"2026-01-05T00:00:00","endDate":null,"systemTemplate":false,
              "projectManager":{"employeeId":95,"employeeNumber":"7","employeeName":"Kari Moe"},"customerLocation":{"id":3051,"name":"H"},
              "employees":[{"employeeNumber":"7"},{"employeeId":3}],"branch":{},
              "tasks":[{"taskId":"10","description":"Rørlegger","status":"Active"},{"taskId":"20","status":"Canceled"}],
              "lastModifiedDateTime":"2026-10-02T07:00:12.003","timeStamp":"AAAAAAA2k1c=","metadata":{"totalCount":1,"maxPageSize":500}}]
            """)
        let project = try #require(try await client.projects(page: 1).rows.first)
        #expect(project.projectID == "P-2026-014")
        #expect(project.startDate?.text == "2026-01-05" && project.endDate == nil)
        #expect(project.projectManager == NumberedName(number: "7", name: "Kari Moe"))
        #expect(project.customerLocation?.id == 3051)
        #expect(project.employeeNumbers == ["7"])
        #expect(project.branch == nil)
        #expect(project.tasks.map(\.status) == [.known(.active), .known(.canceled)])
    }

    @Test func badTaskInsideAProjectNamesItsPlace() async throws {
        let (client, _) = answering(#"[{"internalID":1,"projectID":"P","tasks":[{"taskId":"1"},{"description":"x"}]}]"#)
        let page = try await client.projects(page: 1)
        #expect(page.quarantined.map(\.path) == ["tasks[1].taskId"])
        #expect(page.quarantined.map(\.key) == ["P"])
    }

    @Test func itemIsReadAndEveryExpansionIsSwitchedOff() async throws {
        let (client, api) = answering(
            """
            [{"inventoryId":5012,"inventoryNumber":"ROR-22","status":"Active","type":"FinishedGoodItem","description":"Kobberrør",
              "itemClass":{"id":"3","description":"Rør"},"defaultPrice":189.0,"currentCost":112.565,"lastCost":0.07,"baseUnit":"M",
              "costPriceStatistics":{"averageCost":1e-7},"stockItem":true,"timestamp":"AAAAAAAxF9E="}]
            """)
        let item = try #require(try await client.inventoryItems(costPriceStatistics: true, page: 2).rows.first)
        #expect(item.currentCost?.jsonText == "112.565" && item.lastCost?.jsonText == "0.07")
        #expect(item.averageCost?.jsonText == "0.0000001")
        #expect(item.itemClass == NumberedName(number: "3", name: "Rør"))
        #expect(item.etag?.text == "AAAAAAAxF9E=")
        #expect(
            api.requests.first?.url == "https://api.finance.visma.net/v1/inventory?addCostPriceStatistics=true"
                + "&expandCrossReference=false&expandAttachment=false&expandAttribute=false&expandWarehouseDetail=false"
                + "&expandAccountInformation=false&expandInventoryUnits=false&expandSupplierDetails=false"
                + "&expandSalesCategories=false&expandNote=false&pageNumber=2&pageSize=500")
    }

    @Test func tasksAccountsEmployeesAndTheRestAreRead() async throws {
        #expect(
            try await answering(
                #"[{"internalId":9,"projectInternalId":771,"taskId":"10","visibility":{"visibleInTa":false}}]"#
            ).0
                .projectTasks(page: 1).rows.first?.visibleInTa == false)
        #expect(
            try await answering(
                #"[{"accountID":1,"accountCD":"5000","accountGroupCD":"5","type":"Expense","active":true}]"#
            ).0
                .accounts().rows.first?.accountGroup == "5")
        #expect(
            try await answering(
                #"[{"employeeId":95,"employeeNumber":"7","employeeName":"Kari","contact":{"email":"k@x.no"}}]"#
            ).0
                .employees(page: 1).rows.first?.email == "k@x.no")
        #expect(
            try await answering(#"[{"subaccountNumber":"100000","subaccountId":1}]"#).0.subaccounts(page: 1).rows.count
                == 1)
        #expect(try await answering(#"[{"accountGroupId":"5"}]"#).0.projectAccountGroups(page: 1).rows.first?.id == "5")
        #expect(try await answering(#"[{"branchId":1,"number":"1"}]"#).0.branches().isLast)
        #expect(
            try await answering(#"[{"organizationCd":"1","name":"Firma"}]"#).0.organizations().rows.first?.name
                == "Firma")
        #expect(
            try await answering(#"[{"fromUnit":"BUNT","toUnit":"M","unitMultDiv":"Multiply","unitRate":2.5}]"#).0
                .unitsOfMeasure().rows.first?.operation == .known(.multiply))
        #expect(
            try await answering(#"[{"id":"3","type":"LaborItem"}]"#).0.itemClasses(page: 1).rows.first?.type
                == .known(.laborItem))
        let (client, api) = answering(#"[{"internalId":3051,"locationId":"MAIN","address":{"city":"Førde"}}]"#)
        #expect(try await client.locations(ofCustomer: "10 000", page: 1).rows.first?.address?.city == "Førde")
        #expect(api.requests.first?.url.hasSuffix("/v1/location/10%20000?pageNumber=1&pageSize=500") == true)
    }

    @Test func periodIsOpenOnlyIfActiveAndNotClosed() async throws {
        let (client, api) = answering(
            """
            [{"year":2026,"period":"012026","startDate":"2026-01-01T00:00:00","endDate":"2026-02-01T00:00:00","active":true,"closedInGeneralLedger":false},
             {"year":2026,"period":"02-2026","startDate":"2026-02-01T00:00:00","active":true,"closedInGeneralLedger":true},
             {"year":2026,"period":"202603","startDate":"2026-03-01T00:00:00","active":false},
             {"year":2026,"period":"Q4","startDate":"2026-03-01T00:00:00"}]
            """)
        let page = try await client.financialPeriods(fromYear: 2026)
        #expect(page.rows.map(\.id.text) == ["202601", "202602", "202603"])
        #expect(page.rows.map(\.isOpen) == [true, false, false])
        #expect(page.quarantined.map(\.key) == ["Q4"])
        #expect(api.requests.first?.url.hasSuffix("/v1/financialPeriod?greaterThanValue=2025") == true)
    }

    @Test func transactionsAreListedWithBothPeriodsAndReadWithTheirVersion() async throws {
        let document = """
            {"refNbr":"PM00000042","description":"PRX-1","status":"Balanced","module":"ModulePM","timeStamp":"AAA=",
             "lines":[{"tranId":1234,"date":"2026-01-12T00:00:00","inventoryId":{"number":"TIMER"},"quantity":7.5,"unitRate":420.00,
              "project":{"id":"P-1"},"projectTask":{"id":"10"},"employee":{"employeeNumber":"7"},"debitAccount":{"number":"5000"},
              "debitSubaccount":{"id":"100000"},"creditAccount":null,"accountGroup":{"number":"5"},"financialPeriod":"202601"}]}
            """
        let api = ScriptedTransport { request, _ in
            request.url.contains("?")
                ? .status(200, "[\(document)]") : .status(200, document, [HTTPField("ETag", "\"V1\"")])
        }
        let client = makeClient(api)
        let period = try #require(PeriodID("202601"))
        let page = try await client.projectTransactions(
            .init(fromPeriod: period, toPeriod: period, project: "P-1", createdSince: VismaDateTime("2026-01-11")),
            page: 1)
        let line = try #require(page.rows.first?.lines.first)
        #expect(
            line.item == "TIMER" && line.employee == "7" && line.debitSubaccount == "100000"
                && line.creditAccount == nil)
        #expect(line.quantity?.jsonText == "7.5" && line.date?.text == "2026-01-12")
        #expect(
            api.requests.first?.url
                == "https://api.finance.visma.net/v1/projecttransaction?fromPeriod=202601&toPeriod=202601"
                + "&project=P-1&createdDateTime=2026-01-11T00%3A00%3A00.000&createdDateTimeCondition=%3E%3D&pageNumber=1&pageSize=500"
        )
        let one = try #require(try await client.projectTransaction(refNbr: "PM00000042"))
        #expect(one.etag?.text == "V1" && one.record.etag?.text == "AAA=")
        #expect(one.record.lines.count == 1)
    }

    @Test(arguments: [
        (#"{"id":"j","status":"Started","statusCode":0}"#, PostOutcome?.none),
        (
            #"{"id":"j","status":"Finished","statusCode":201,"responseHeaders":{"Location":"https://x/v1/projecttransaction/PM1","ETag":"\"e\""}}"#,
            .created(CreatedTransaction(refNbr: "PM1", etag: ETag("e")))
        ),
        (
            #"{"id":"j","status":"Finished","statusCode":400,"errorMessage":"closed"}"#,
            .refused(Refusal(status: 400, kind: .validation, message: "closed"))
        ),
        (#"{"id":"j","status":"Finished","statusCode":201}"#, .unknown(reason: "job 201 without Location")),
        (#"{"id":"j","status":"Finished","statusCode":500}"#, .unknown(reason: "job status 500")),
        (#"{"id":"j","status":"Failed","statusCode":0,"errorMessage":"x"}"#, .unknown(reason: "job failed: x")),
    ]) func backgroundJobIsJudgedByItsStatusCode(body: String, outcome: PostOutcome?) async throws {
        let state = try await answering(body).0.backgroundJob("j")
        guard case .job(let job) = state else {
            Issue.record("\(state)")
            return
        }
        #expect(job.outcome == outcome)
    }

    @Test func backgroundJobCanBeMissingOrExpired() async throws {
        #expect(try await makeClient(ScriptedTransport([.status(404)])).backgroundJob("j") == .missing)
        #expect(try await makeClient(ScriptedTransport([.status(410)])).backgroundJob("j") == .expired)
        #expect(try await answering(#"{"message":"closed"}"#).0.backgroundJobMessage("j") == "closed")
    }
}
