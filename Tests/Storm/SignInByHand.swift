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
        let browser = SandboxTransport(sandbox: sandbox)
        noteBrowser(2)
        let page = try await browser.send(.init(method: "GET", url: signIn.url), deadline: .seconds(5))
        var form = [
            ("email", "kari@example.com"), ("tenant_id", Haven.tenants[company]), ("decision", "allow"),
        ]
        for match in String(decoding: page.body, as: UTF8.self)
            .matches(of: /<input type="hidden" name="([^"]*)" value="([^"]*)">/)
        {
            form.append((String(match.1), String(match.2)))
        }
        let body = form.map { "\($0.0)=\($0.1.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "")" }
        let answer = try await browser.send(
            .init(
                method: "POST", url: "http://localhost/connect/authorize",
                headers: [HTTPField("Content-Type", "application/x-www-form-urlencoded")],
                body: Array(body.joined(separator: "&").utf8)), deadline: .seconds(5))
        let items = answer.header("Location").flatMap { URLComponents(string: $0) }?.queryItems ?? []
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
