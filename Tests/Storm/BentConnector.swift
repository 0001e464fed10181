import Persistence
import Sync
import Synchronization

/// The broken variants that lie in what is asked of the ERP and how its word is taken.
extension Bite {
    var bendsTheConnector: Bool {
        [.searchRemoved, .prefixMatch, .serverErrorMeansNo, .fingerprintIgnored, .cursorMovedEarly].contains(self)
    }
}

struct BentConnector: ERPConnector {
    let honest: any ERPConnector
    let bite: Bite
    let node: Node
    let world: World

    func customers(_ request: ERPPageRequest) async throws -> ERPPage<ERPCustomer> {
        let page = try await honest.customers(request)
        seen(page.rows.compactMap(\.modifiedAt), of: .customers)
        return page
    }

    func projects(_ request: ERPPageRequest) async throws -> ERPPage<ERPProject> {
        let page = try await honest.projects(request)
        seen(page.rows.compactMap(\.modifiedAt), of: .projects)
        return page
    }

    func tasks(_ request: ERPPageRequest) async throws -> ERPPage<ERPTask> { try await honest.tasks(request) }

    func items(_ request: ERPPageRequest) async throws -> ERPPage<ERPItem> {
        let page = try await honest.items(request)
        seen(page.rows.compactMap(\.modifiedAt), of: .items)
        return page
    }

    private func seen(_ times: [ERPTime], of resource: ImportResource) {
        guard bite == .cursorMovedEarly, let latest = times.max() else { return }
        node.saw(resource.rawValue, upTo: latest.text)
    }

    func exists(_ resource: ImportResource, id: String, number: String) async throws -> Bool {
        try await honest.exists(resource, id: id, number: number)
    }
    func locations(ofCustomer number: String) async throws -> [String: ERPAddress] {
        try await honest.locations(ofCustomer: number)
    }
    func employees() async throws -> [ERPEmployee] { try await honest.employees() }
    func periods() async throws -> [FinancialPeriod] { try await honest.periods() }
    func accounts() async throws -> [ERPAccount] { try await honest.accounts() }
    func subaccounts() async throws -> [ERPSubaccount] { try await honest.subaccounts() }
    func accountGroups() async throws -> [ERPAccountGroup] { try await honest.accountGroups() }
    func organisation() async throws -> String { try await honest.organisation() }

    func post(_ document: ProjectTransaction, _ mode: ExportMode) async -> ERPPostOutcome {
        world.remember(document)
        let outcome = await honest.post(document, mode)
        guard bite == .serverErrorMeansNo, case .unknown(let why) = outcome, why.contains("500") else { return outcome }
        return .notApplied(ERPError(.tryLater(after: nil), why, request: "POST"))
    }

    func fill(_ document: ProjectTransaction, number: String, version: String) async -> ERPFillOutcome {
        await honest.fill(document, number: number, version: version)
    }
    func describe(_ text: String, number: String, version: String) async -> ERPFillOutcome {
        await honest.describe(text, number: number, version: version)
    }

    func documents(project: String?, period: String, createdFrom day: CalendarDate?) async throws -> [ERPDocument] {
        let found = try await honest.documents(project: project, period: period, createdFrom: day)
        return bite == .searchRemoved ? [] : found.map(bent)
    }

    func document(number: String) async throws -> ERPDocument? {
        try await honest.document(number: number).map(bent)
    }

    func queuedCall(_ job: String) async throws -> ERPQueuedCall { try await honest.queuedCall(job) }
    func requestsMade() async -> Int { await honest.requestsMade() }

    private func bent(_ document: ERPDocument) -> ERPDocument {
        var document = document
        let sent = world.remembered
        if bite == .prefixMatch, DocumentReference(in: document.description) == nil {
            let piece = document.description.prefix(10)
            if let known = sent.keys.sorted().first(where: { piece.count == 10 && $0.hasPrefix(piece) }) {
                document.description = known
            }
        }
        if bite == .fingerprintIgnored, !document.lines.isEmpty,
            let reference = DocumentReference(in: document.description)?.text, let frozen = sent[reference]
        {
            document.lines = frozen.lines.map { ERPDocument.Line($0, of: frozen) }
        }
        return document
    }
}

extension ERPDocument.Line {
    fileprivate init(_ line: ProjectTransaction.Line, of document: ProjectTransaction) {
        self.init(
            date: line.date, employee: line.employee, project: document.project, task: line.task, item: line.item,
            quantity: line.quantity.value, rate: line.rate.value, amount: line.amount, debitAccount: line.debitAccount,
            creditAccount: line.creditAccount, description: line.description)
    }
}

extension World {
    /// What was sent under which reference, for the variants that do not look.
    func remember(_ document: ProjectTransaction) {
        guard let reference = DocumentReference(in: document.description)?.text else { return }
        state.withLock { $0.watch.sent[reference] = document }
    }
    var remembered: [String: ProjectTransaction] { state.withLock { $0.watch.sent } }
}
