import FarShore
import Foundation
import TestSupport
import Testing
import VismaNet
import VismaNetSandbox

/// Every request that the client can make, judged by the published description of the API.
struct ClientContractTests {
    @Test func everyRequestIsAsPublished() async throws {
        let firm = try Firm()
        let client = try firm.client()
        try await read(client)
        try await write(client, firm)
        let contract = try OpenAPIContract.load()
        let calls = firm.transport.exchanges.filter { !$0.request.url.contains("/connect/") }
        for call in calls {
            let url = try #require(URLComponents(string: call.request.url))
            let violations = contract.violations(
                request: call.request.method, path: url.percentEncodedPath, query: url.percentEncodedQuery ?? "",
                body: Data(call.request.body))
            #expect(violations.isEmpty, "\(call.request.method) \(call.request.url)")
        }
        let templates = Set(
            calls.compactMap { call in
                URLComponents(string: call.request.url).flatMap {
                    contract.template(call.request.method, $0.percentEncodedPath)
                }
            })
        // A method that is forgotten here fails the count, not a customer.
        #expect(templates.count == 30, "\(templates.sorted())")
    }

    @Test func misspeltRequestIsCaught() throws {
        let contract = try OpenAPIContract.load()
        #expect(
            !contract.violations(
                request: "GET", path: "/v1/customer", query: "lastModifedDateTime=2026-01-01", body: Data()
            ).isEmpty)
        #expect(
            !contract.violations(
                request: "POST", path: "/v1/projecttransaction", query: "",
                body: Data(#"{"lines":[{"operation":"Insert","quantity":7}]}"#.utf8)
            ).isEmpty)
    }

    private func read(_ client: VismaNetClient) async throws {
        let since = VismaDateTime("2026-01-01T00:00:00")
        _ = try await client.customers(changedSince: since, page: 1)
        _ = try await client.customer(number: "10001")
        _ = try await client.customer(internalID: 401)
        _ = try await client.projects(changedSince: since, page: 1)
        _ = try await client.project(projectID: "P-1")
        _ = try await client.project(internalID: 771)
        _ = try await client.projectTasks(changedSince: since, page: 1)
        _ = try await client.projectTask(internalID: 10)
        _ = try await client.inventoryItems(changedSince: since, costPriceStatistics: true, page: 1)
        _ = try await client.inventoryItem(number: "SLETT/1")
        _ = try await client.inventoryItem(internalID: 5001)
        _ = try await client.itemClasses(page: 1)
        _ = try await client.employees(changedSince: since, page: 1)
        _ = try await client.employee(number: "7")
        _ = try await client.locations(ofCustomer: "10001", page: 1)
        _ = try await client.accounts(changedSince: since)
        _ = try await client.account(number: "5000")
        _ = try await client.subaccounts(changedSince: since, page: 1)
        _ = try await client.subaccount(number: "100000")
        _ = try await client.projectAccountGroups(changedSince: since, page: 1)
        _ = try await client.projectAccountGroup(id: "5")
        _ = try await client.financialPeriods(fromYear: 2026)
        _ = try await client.financialPeriod(try #require(PeriodID("202603")))
        _ = try await client.branches(changedSince: since)
        _ = try await client.organizations(changedSince: since)
        _ = try await client.unitsOfMeasure()
    }

    /// Every field that a draft has, so that each is judged.
    private func fullDraft() throws -> ProjectTransactionDraft {
        let date = try #require(VismaDate("2026-03-12"))
        var line = ProjectTransactionDraft.Line()
        line.date = .value(date)
        line.employee = .value("7")
        line.item = .value("TIMER")
        line.unit = .value("TIME")
        line.quantity = .value(2)
        line.billableQuantity = .value(1)
        line.unitRate = .value(400)
        line.amount = .value(800)
        line.billable = .value(true)
        line.useBillableQuantity = .value(false)
        line.financialPeriod = .value("202603")
        line.project = .value("P-1")
        line.projectTask = .value("10")
        line.accountGroup = .value("5")
        line.debitAccount = .value("5000")
        line.debitSubaccount = .value("100000")
        line.creditAccount = .value("5990")
        line.creditSubaccount = .value("100000")
        line.branch = .value("1")
        line.description = .value("Timer")
        line.note = .null
        var draft = ProjectTransactionDraft()
        draft.description = .value("PRX")
        draft.status = .value(.balanced)
        draft.note = .value("")
        draft.lines = [line]
        return draft
    }

    private func write(_ client: VismaNetClient, _ firm: Firm) async throws {
        var draft = try fullDraft()
        let number = try await client.createProjectTransaction(draft).refNbr
        let period = try #require(PeriodID("202603"))
        let found = try #require(try await client.projectTransaction(refNbr: number))
        let since = VismaDateTime("2026-01-01")
        _ = try await client.projectTransactions(
            .init(
                fromPeriod: period, toPeriod: period, project: "P-1", createdSince: since, changedSince: since,
                expandNote: true), page: 1)
        draft.lines[0].operation = .update
        draft.lines[0].tranID = (found.record.lines.first?.tranID).map(Written.value) ?? .leaveOut
        _ = try await client.updateProjectTransaction(
            refNbr: number, draft, ifMatch: try #require(found.etag ?? found.record.etag))
        let queued = await client.postProjectTransaction(try fullDraft().body(), background: true)
        guard case .accepted(let job) = queued.outcome else {
            Issue.record("\(queued.outcome)")
            return
        }
        _ = try await client.backgroundJob(job)
        _ = try? await client.backgroundJobMessage(job)
    }
}
