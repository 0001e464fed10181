import Persistence
import Sync

/// An ERP in which nothing happens: every list has an end and no change, and nothing is ever sent to it.
struct QuietERP: ERPConnector {
    func customers(_ request: ERPPageRequest) async throws -> ERPPage<ERPCustomer> { ERPPage(rows: [], isLast: true) }
    func projects(_ request: ERPPageRequest) async throws -> ERPPage<ERPProject> { ERPPage(rows: [], isLast: true) }
    func tasks(_ request: ERPPageRequest) async throws -> ERPPage<ERPTask> { ERPPage(rows: [], isLast: true) }
    func items(_ request: ERPPageRequest) async throws -> ERPPage<ERPItem> { ERPPage(rows: [], isLast: true) }
    func exists(_ resource: ImportResource, id: String, number: String) async throws -> Bool { true }
    func locations(ofCustomer number: String) async throws -> [String: ERPAddress] { [:] }
    func employees() async throws -> [ERPEmployee] { [] }
    func periods() async throws -> [FinancialPeriod] { [] }
    func accounts() async throws -> [ERPAccount] { [] }
    func subaccounts() async throws -> [ERPSubaccount] { [] }
    func accountGroups() async throws -> [ERPAccountGroup] { [] }
    func organisation() async throws -> String { "Fjordbygg" }
    func post(_ document: ProjectTransaction, _ mode: ExportMode) async -> ERPPostOutcome { fatalError(Self.refusal) }
    func fill(_ document: ProjectTransaction, number: String, version: String) async -> ERPFillOutcome {
        fatalError(Self.refusal)
    }
    func describe(_ text: String, number: String, version: String) async -> ERPFillOutcome {
        fatalError(Self.refusal)
    }
    func documents(project: String?, period: String, createdFrom day: CalendarDate?) async throws -> [ERPDocument] {
        []
    }
    func document(number: String) async throws -> ERPDocument? { nil }
    func queuedCall(_ job: String) async throws -> ERPQueuedCall { fatalError(Self.refusal) }
    func requestsMade() async -> Int { 0 }

    private static let refusal = "in an unchanged hour nothing is sent"
}
