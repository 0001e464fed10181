import Persistence
import Sync

/// An ERP that answers at once and has nothing: what is left of a run is ours.
struct InstantERP: ERPConnector {
    func customers(_: ERPPageRequest) async -> ERPPage<ERPCustomer> { ERPPage(rows: [], total: 0, isLast: true) }
    func projects(_: ERPPageRequest) async -> ERPPage<ERPProject> { ERPPage(rows: [], total: 0, isLast: true) }
    func tasks(_: ERPPageRequest) async -> ERPPage<ERPTask> { ERPPage(rows: [], total: 0, isLast: true) }
    func items(_: ERPPageRequest) async -> ERPPage<ERPItem> { ERPPage(rows: [], total: 0, isLast: true) }

    func exists(_: ImportResource, id: String, number: String) async -> Bool { true }
    func locations(ofCustomer number: String) async -> [String: ERPAddress] { [:] }
    func employees() async -> [ERPEmployee] { [] }
    func periods() async -> [FinancialPeriod] { [] }
    func accounts() async -> [ERPAccount] { [] }
    func subaccounts() async -> [ERPSubaccount] { [] }
    func accountGroups() async -> [ERPAccountGroup] { [] }
    func organisation() async -> String { "Bench (1)" }

    // No record waits, so nothing is ever sent.
    func post(_: ProjectTransaction, _: ExportMode) async -> ERPPostOutcome { .unknown("nothing is sent here") }
    func fill(_: ProjectTransaction, number: String, version: String) async -> ERPFillOutcome { .stale }
    func describe(_: String, number: String, version: String) async -> ERPFillOutcome { .stale }
    func documents(project: String?, period: String, createdFrom day: CalendarDate?) async -> [ERPDocument] { [] }
    func document(number: String) async -> ERPDocument? { nil }
    func queuedCall(_: String) async -> ERPQueuedCall { .vanished }
    func requestsMade() async -> Int { 0 }
}
