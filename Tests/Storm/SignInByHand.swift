import FarShore
import Foundation
import Persistence
import Sync
import Synchronization
import VismaNet
import VismaNetConnector

extension World {
    /// What a person does in the browser, or the tenant id for a connection without one.
    func signIn(_ company: Int, _ connections: VismaNetConnections) async throws {
        guard weather.isInteractive else {
            _ = try await connections.activateService(
                company: Haven.companies[company], tenantID: Haven.tenants[company], by: "kontoret")
            return
        }
        let signIn = try await connections.beginSignIn(company: Haven.companies[company], by: "kari")
        noteBrowser(2)
        let back = try await PersonAtVisma(sandbox).answer(to: signIn.url, tenant: Haven.tenants[company])
        let items = back.queryItems ?? []
        try await connections.finishSignIn(
            company: Haven.companies[company], answer: items.map { ($0.name, $0.value ?? "") }, by: "kari")
        let pending = try await inCompany(company) { try PendingConnection.read(in: $0) }
        guard let pending else { return }
        _ = try await connections.confirm(company: Haven.companies[company], id: pending.id, by: "kari")
    }

    /// The browser's calls are nobody's run.
    private func noteBrowser(_ calls: Int) {
        state.withLock { $0.watch.callers += Array(repeating: nil, count: calls) }
    }
}
