import Persistence
import Sync
import VismaNet

extension VismaNetConnector {
    private static let mostPasses = 3
    private static let request = "GET /v1/projecttransaction"

    /// Whether a document is absent is decided on this list, so it must be whole: a pass in which the list moved is
    /// thrown away and read again.
    public func documents(
        project: String?, period: String, createdFrom day: CalendarDate?
    ) async throws -> [ERPDocument] {
        guard let period = PeriodID(period) else {
            throw ERPError(.bug, "'\(period)' is not a period of Visma.net", request: Self.request)
        }
        let since = try day.map { day in
            guard let since = VismaDateTime(day.description) else {
                throw ERPError(.bug, "'\(day)' is not a day of Visma.net", request: Self.request)
            }
            return since
        }
        let filter = ProjectTransactionFilter(
            fromPeriod: period, toPeriod: period, project: project, createdSince: since)
        var fault: String?
        for _ in 0..<Self.mostPasses {
            let reading = try await inERPErrors { try await pass(filter) }
            fault = reading.fault
            if fault == nil { return reading.documents }
        }
        throw ERPError(
            .tryLater(after: nil), "the list of project transactions did not hold still: \(fault ?? "")",
            request: Self.request)
    }

    private func pass(_ filter: ProjectTransactionFilter) async throws -> DocumentPass {
        var pass = DocumentPass()
        do {
            for try await page in reconciling.projectTransactionPages(filter, pageSize: pageSize) { pass.read(page) }
        } catch {
            guard case .badAnswer(.endless(let page)) = error.failure else { throw error }
            pass.isRepeating(page)
        }
        return pass
    }
}

/// One reading of the list from its first page to its last.
private struct DocumentPass {
    private(set) var documents: [ERPDocument] = []
    private var rowsRead = 0
    private var firstTotal: Int?
    private var lastTotal: Int?
    private var spoilt: String?

    mutating func read(_ page: Page<VismaNet.ProjectTransaction>) {
        rowsRead += page.rowCount
        documents += page.rows.map { ERPDocument($0, version: $0.etag) }
        if let total = page.totalCount {
            firstTotal = firstTotal ?? total
            lastTotal = total
        }
        // It could be the very one that is looked for.
        if let row = page.quarantined.first { spoilt = "\(row.key ?? "a document") has an unreadable \(row.path)" }
    }

    mutating func isRepeating(_ page: Int) { spoilt = "page \(page) repeats the one before" }

    /// Nil for a clean pass.
    var fault: String? {
        if let spoilt { return spoilt }
        if firstTotal != lastTotal { return "it went from \(firstTotal ?? 0) to \(lastTotal ?? 0) documents" }
        if Set(documents.map(\.number)).count != rowsRead { return "a document was seen twice" }
        if let lastTotal, lastTotal != rowsRead { return "\(rowsRead) of \(lastTotal) documents were seen" }
        return nil
    }
}
