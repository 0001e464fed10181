import Foundation
import Persistence
import Sync
import Synchronization

/// An ERP in memory: lists in pages, its own clock, posted documents, and faults that a test arranges.
final class FakeERP: ERPConnector {
    private let world: Mutex<World>

    init(_ arrange: (inout World) -> Void = { _ in }) {
        var start = World()
        arrange(&start)
        world = Mutex(start)
    }

    /// Reads or changes what the ERP holds, as a person there would.
    @discardableResult
    func change<Result: Sendable>(_ body: (inout World) throws -> Result) rethrows -> Result {
        try world.withLock { world in try body(&world) }
    }

    struct World: Sendable {
        var customers: [ERPCustomer] = []
        var projects: [ERPProject] = []
        var tasks: [ERPTask] = []
        var items: [ERPItem] = []
        var employees: [ERPEmployee] = []
        var periods: [FinancialPeriod] = []
        var accounts: [ERPAccount] = []
        var subaccounts: [ERPSubaccount] = []
        var accountGroups: [ERPAccountGroup] = []
        /// What the sign-in has no right to read, or what does not answer: by the call's name.
        var closedLists: [String: ERPError] = [:]
        var organisation = "Prøveselskapet AS (1)"
        var locations: [String: [String: ERPAddress]] = [:]

        /// The ERP's clock in minutes after the start of its time.
        var minute = 0
        /// Rows on a page; the most that the ERP gives.
        var pageSize = 100
        var tellsTotal = true
        var unreadable: [ImportResource: [ERPUnreadableRow]] = [:]
        var faults: [PageFault] = []
        /// Ids of rows that the lists do not show although they exist.
        var hidden: Set<String> = []
        /// Called before a page is read, while the ERP is not locked.
        var onPage: (@Sendable (ImportResource, Int) async throws -> Void)?
        /// Every call so far, such as `customers page 1` or `exists customers 7`.
        var calls: [String] = []

        var stored: [StoredDocument] = []
        /// Numbers of stored documents that are there no more.
        var gone: Set<String> = []
        /// The list shows the documents' heads only.
        var listsWithoutLines = false
        /// Called before documents are listed, while the ERP is not locked.
        var onList: (@Sendable () async -> Void)?
        /// What the next posts come to, first to last; then every post is stored.
        var scriptedPosts: [ScriptedPost] = []
        /// What the ERP has against a document; asked before the script.
        var refuses: (@Sendable (ProjectTransaction) -> String?)?
        /// Whether an empty document is taken, and listed.
        var takesEmpty = true
        var listsEmpty = true
        /// What the next changes come to, first to last; then every one is made.
        var scriptedFills: [ScriptedFill] = []
        /// Called when a filling has arrived and before it is done, while the ERP is not locked.
        var onFill: (@Sendable () async -> Void)?
        /// How queued calls stand.
        var queuedCalls: [String: ERPQueuedCall] = [:]
        /// Called when a document has arrived and before it is answered, while the ERP is not locked.
        var onPost: (@Sendable () async -> Void)?
        /// The day on which documents are stored now.
        var documentDay = "2026-11-16"
        var searchFault: ERPError?

        /// The ERP's time now.
        var now: ERPTime { .minute(minute) }
    }

    /// What goes wrong with a page. A fault is used up after so many pages.
    struct PageFault: Sendable {
        var resource: ImportResource
        var page: Int
        var times = 1
        var effect: Effect

        enum Effect: Sendable {
            /// The page before is given once more.
            case repeatsPageBefore
            case fails(ERPError)
            case total(Int?)
            case empty
            /// Somebody works in the ERP just after the page was read.
            case afterwards(@Sendable (inout World) -> Void)
            /// The list goes on and on.
            case neverLast
        }
    }

    func customers(_ request: ERPPageRequest) async throws -> ERPPage<ERPCustomer> {
        try await page(request, of: .customers, rows: \.customers, id: \.id, modified: \.modifiedAt)
    }
    func projects(_ request: ERPPageRequest) async throws -> ERPPage<ERPProject> {
        try await page(request, of: .projects, rows: \.projects, id: \.id, modified: \.modifiedAt)
    }
    func tasks(_ request: ERPPageRequest) async throws -> ERPPage<ERPTask> {
        try await page(request, of: .tasks, rows: \.tasks, id: \.id, modified: \.modifiedAt)
    }
    func items(_ request: ERPPageRequest) async throws -> ERPPage<ERPItem> {
        try await page(request, of: .items, rows: \.items, id: \.id, modified: \.modifiedAt)
    }

    private func page<Row>(
        _ request: ERPPageRequest, of resource: ImportResource, rows: KeyPath<World, [Row]>,
        id: KeyPath<Row, String>, modified: KeyPath<Row, ERPTime?>
    ) async throws -> ERPPage<Row> {
        if let onPage = change(\.onPage) { try await onPage(resource, request.number) }
        return try change { world in
            world.calls.append("\(resource.rawValue) page \(request.number)")
            let effects = world.useFaults(resource, page: request.number)
            var number = request.number
            for case .repeatsPageBefore in effects { number -= 1 }
            for case .fails(let error) in effects { throw error }
            let all = world[keyPath: rows].filter { row in
                guard !world.hidden.contains(row[keyPath: id]) else { return false }
                guard let since = request.changedSince else { return true }
                return row[keyPath: modified].map { $0 >= since } ?? true
            }
            let unreadable = world.unreadable[resource] ?? []
            let rest = all.dropFirst(max(0, number - 1) * world.pageSize)
            var page = ERPPage(
                rows: Array(rest.prefix(world.pageSize)), unreadable: number == 1 ? unreadable : [],
                total: world.tellsTotal ? all.count + unreadable.count : nil, isLast: rest.count < world.pageSize)
            if page.rows.isEmpty && page.unreadable.isEmpty { page.total = nil }
            for effect in effects {
                switch effect {
                case .total(let lie): page.total = lie
                case .empty: page = ERPPage(rows: [], isLast: true)
                case .neverLast: page.isLast = false
                case .afterwards(let work): work(&world)
                case .repeatsPageBefore, .fails: break
                }
            }
            return page
        }
    }

    func exists(_ resource: ImportResource, id: String, number: String) async throws -> Bool {
        change { world in
            world.calls.append("exists \(resource.rawValue) \(number)")
            return switch resource {
            case .customers: world.customers.contains { $0.id == id }
            case .projects: world.projects.contains { $0.id == id }
            case .tasks: world.tasks.contains { $0.id == id }
            case .items: world.items.contains { $0.id == id }
            }
        }
    }

    func locations(ofCustomer number: String) async throws -> [String: ERPAddress] {
        change { world in
            world.calls.append("locations \(number)")
            return world.locations[number] ?? [:]
        }
    }

    func employees() async throws -> [ERPEmployee] { try counted("employees", \.employees) }
    func periods() async throws -> [FinancialPeriod] { try counted("periods", \.periods) }
    func accounts() async throws -> [ERPAccount] { try counted("accounts", \.accounts) }
    func subaccounts() async throws -> [ERPSubaccount] { try counted("subaccounts", \.subaccounts) }
    func accountGroups() async throws -> [ERPAccountGroup] { try counted("accountGroups", \.accountGroups) }
    func organisation() async throws -> String { try counted("organisation", \.organisation) }
    func requestsMade() async -> Int { change(\.calls.count) }

    private func counted<Answer: Sendable>(_ call: String, _ answer: KeyPath<World, Answer>) throws -> Answer {
        try change { world in
            world.calls.append(call)
            if let error = world.closedLists[call] { throw error }
            return world[keyPath: answer]
        }
    }
}

extension FakeERP.World {
    fileprivate mutating func useFaults(_ resource: ImportResource, page: Int) -> [FakeERP.PageFault.Effect] {
        var effects: [FakeERP.PageFault.Effect] = []
        for index in faults.indices where faults[index].resource == resource && faults[index].page == page {
            effects.append(faults[index].effect)
            faults[index].times -= 1
        }
        faults.removeAll { $0.times <= 0 }
        return effects
    }
}

extension ERPTime {
    /// So many minutes after 2026-11-02T08:00.
    static func minute(_ number: Int) -> ERPTime {
        let minutes = 8 * 60 + number
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : String(number) }
        let day = CalendarDate(year: 2026, month: 11, day: 2)?.adding(days: minutes / 1440)
        return ERPTime(
            "\(day?.description ?? "")T\(two(minutes % 1440 / 60)):\(two(minutes % 60)):00.0000000")
    }
}
