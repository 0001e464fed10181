import Foundation
import Persistence
import Sync
import VismaNet

extension VismaNetConnections {
    /// Finds out what the connected Visma honours, keeps it, and so decides how documents are sent there.
    ///
    /// Nothing with money in it is made: at most one project transaction **without lines**, on hold where Visma honours that. It
    /// cannot be deleted through the API and stays there under a text that says so. Throws `ERPError`; then nothing is kept.
    public func probe(_ company: CompanyID, by person: String) async throws -> ERPProbe {
        let connector = try await connector(company, .hours)
        let found = try await Probe(connector: connector, clock: clock, sleep: sleep).run()
        try await database.transaction(company: company) { try $0.store(found, by: person) }
        return found
    }
}

/// One probe of one company.
struct Probe {
    /// What remains readable for people in Visma.
    static func text(_ day: CalendarDate) -> String { "Ferje-prøve \(day): tom, kan slettes" }

    /// A text of so many characters is tried, the longest first.
    static let lengths = [512, 256, 128, 60]
    /// How long to wait between the looks for the new document in the list.
    static let looks = [0, 1, 2, 4, 8, 16]

    let connector: VismaNetConnector
    let clock: WallClock
    let sleep: @Sendable (Duration) async throws -> Void

    func run() async throws -> ERPProbe {
        guard let today = CalendarDate(inNorwayAt: clock.now) else {
            throw ERPError(.bug, "no date for \(clock.now)", request: "probe")
        }
        let pages = try await pageSizes(today)
        let created: CreatedTransaction
        let body = try ProjectTransactionDraft(shell: Self.text(today)).body()
        switch await connector.client.postProjectTransaction(body).outcome {
        case .created(let document): created = document
        case .refused(let refusal):
            var found = ERPProbe(emptyAccepted: false)
            found.refusal = refusal.message ?? "status \(refusal.status)"
            found.pageSizes = pages
            return found
        case .notSent(let error): throw ERPError(error)
        case .notApplied(let refusal): throw ERPError(refusal, request: "POST /v1/projecttransaction")
        case .accepted, .unknown:
            throw ERPError(
                .tryLater(after: nil),
                "Visma.net gave no clear answer: a project transaction without lines, “\(Self.text(today))”, may stand there",
                request: "POST /v1/projecttransaction")
        }
        do {
            var found = try await look(at: created.refNbr, today)
            found.pageSizes = pages
            return found
        } catch let error as ERPError {
            throw ERPError(
                error.consequence, "\(error.message); the empty document \(created.refNbr) stays in Visma.net",
                request: error.request)
        }
    }

    private func look(at number: String, _ today: CalendarDate) async throws -> ERPProbe {
        let began = clock.now
        guard let shell = try await connector.document(number: number) else {
            throw ERPError(.tryLater(after: nil), "\(number) cannot be read", request: "GET /v1/projecttransaction")
        }
        var found = ERPProbe(emptyAccepted: shell.lines.isEmpty)
        found.leftBehind = number
        found.holdHonoured = shell.status == .hold
        found.listedAfter = try await timeUntilListed(number, since: began, today)
        found.versionEnforced = try await isVersionEnforced(shell)
        found.textLength = try await textLength(number)
        // A text that says what it is, whatever was tried with it.
        if let last = try await connector.document(number: number), let version = last.version {
            _ = await connector.describe(Self.text(today), number: number, version: version)
        }
        return found
    }

    /// With a version that was true a moment ago. Nil when not even the right one was taken.
    private func isVersionEnforced(_ shell: ERPDocument) async throws -> Bool? {
        guard let version = shell.version,
            await connector.describe("Ferje-prøve", number: shell.number, version: version) == .done
        else { return nil }
        switch await connector.describe("Ferje-prøve, gammel versjon", number: shell.number, version: version) {
        case .stale: return true
        case .done: return false
        case .notApplied(let error): throw error
        case .refused, .unknown: return nil
        }
    }

    private func textLength(_ number: String) async throws -> Int? {
        for length in Self.lengths {
            guard let version = try await connector.document(number: number)?.version else { return nil }
            let text = String(repeating: "Ferje-prøve ", count: length / 12 + 1).prefix(length - 1) + "."
            guard await connector.describe(String(text), number: number, version: version) == .done else { continue }
            return try await connector.document(number: number)?.description.count
        }
        return nil
    }

    private func timeUntilListed(_ number: String, since began: Timestamp, _ today: CalendarDate) async throws
        -> Duration?
    {
        guard let period = try await connector.periods().last(where: { $0.startDate <= today }) else { return nil }
        for wait in Self.looks {
            if wait > 0 {
                do { try await sleep(.seconds(wait)) } catch {
                    throw ERPError(.tryLater(after: nil), "stopped before the end", request: "probe")
                }
            }
            let listed = try await connector.documents(
                project: nil, period: period.id, createdFrom: today.adding(days: -3))
            if listed.contains(where: { $0.number == number }) { return clock.now - began }
        }
        return nil
    }

    /// One row of each list; its metadata tells the rest.
    private func pageSizes(_ today: CalendarDate) async throws -> [String: Int] {
        try await inERPErrors {
            let client = connector.client
            var sizes: [String: Int] = [:]
            sizes["customers"] = try await client.customers(page: 1, pageSize: 1).maxPageSize
            sizes["projects"] = try await client.projects(page: 1, pageSize: 1).maxPageSize
            sizes["tasks"] = try await client.projectTasks(page: 1, pageSize: 1).maxPageSize
            sizes["items"] = try await client.inventoryItems(page: 1, pageSize: 1).maxPageSize
            return sizes
        }
    }
}
