import Foundation
import Logging
import Sync
import VismaNet

/// Says Sync's words in Visma.net's words, for one run of one company.
public struct VismaNetConnector: ERPConnector {
    let client: VismaNetClient
    /// The same client; its calls are counted as upkeep.
    let reconciling: VismaNetClient
    /// Rows asked for on a page; the ERP cuts a larger number than it likes (API.md 2.1).
    let pageSize: Int
    /// The project code that stands for "no project" (API.md 3.2).
    let nonProjectCode: String
    let logger: Logger
    private let requests: RequestCount

    init(
        client: VismaNetClient, reconciling: VismaNetClient, pageSize: Int, nonProjectCode: String,
        requests: RequestCount, logger: Logger
    ) {
        self.client = client
        self.reconciling = reconciling
        self.pageSize = pageSize
        self.nonProjectCode = nonProjectCode
        self.requests = requests
        self.logger = logger
    }

    public func customers(_ request: ERPPageRequest) async throws -> ERPPage<ERPCustomer> {
        try await inERPErrors {
            let page = try await client.customers(
                changedSince: try bound(request), page: request.number, pageSize: pageSize)
            return ERPPage(page, ERPCustomer.init)
        }
    }

    public func projects(_ request: ERPPageRequest) async throws -> ERPPage<ERPProject> {
        try await inERPErrors {
            let page = try await client.projects(
                changedSince: try bound(request), page: request.number, pageSize: pageSize)
            return ERPPage(page) { project throws(UnknownValue) in
                try ERPProject(project, nonProjectCode: nonProjectCode)
            }
        }
    }

    public func tasks(_ request: ERPPageRequest) async throws -> ERPPage<ERPTask> {
        try await inERPErrors {
            let page = try await client.projectTasks(
                changedSince: try bound(request), page: request.number, pageSize: pageSize)
            return ERPPage(page, ERPTask.init)
        }
    }

    public func items(_ request: ERPPageRequest) async throws -> ERPPage<ERPItem> {
        try await inERPErrors {
            let page = try await client.inventoryItems(
                changedSince: try bound(request), costPriceStatistics: true, page: request.number, pageSize: pageSize)
            return ERPPage(page, ERPItem.init)
        }
    }

    /// Asks by the internal id, which survives a change of number.
    public func exists(_ resource: ImportResource, id: String, number: String) async throws -> Bool {
        guard let id = Int64(id) else {
            throw ERPError(.bug, "\(id) is not an internal id of Visma.net", request: "GET \(resource.rawValue)")
        }
        return try await inERPErrors {
            switch resource {
            case .customers: try await client.customer(internalID: id) != nil
            case .projects: try await client.project(internalID: id) != nil
            case .tasks: try await client.projectTask(internalID: id) != nil
            case .items: try await client.inventoryItem(internalID: id) != nil
            }
        }
    }

    public func requestsMade() async -> Int { requests.value }

    /// The lower bound of a delta read. Its text came from `VismaDateTime`, so another form is a mistake of ours.
    private func bound(_ request: ERPPageRequest) throws -> VismaDateTime? {
        guard let since = request.changedSince else { return nil }
        guard let time = VismaDateTime(since.text) else {
            throw ERPError(.bug, "'\(since)' is not a time of Visma.net", request: "a delta read")
        }
        return time
    }
}
