import Foundation
import VismaNet
import VismaNetSandbox

/// What a person does in the browser at the sandbox's sign-in page: opens it, picks the company, accepts or not.
public struct PersonAtVisma: Sendable {
    let sandbox: Sandbox

    public init(_ sandbox: Sandbox) { self.sandbox = sandbox }

    public struct Unexpected: Error {
        public var status: Int
    }

    /// The address that the sandbox sends the browser back to.
    public func answer(to url: String, tenant: String, decision: String = "allow") async throws -> URLComponents {
        let browser = SandboxTransport(sandbox: sandbox)
        let page = try await browser.send(.init(method: "GET", url: url), deadline: .seconds(5))
        guard page.status == 200 else { throw Unexpected(status: page.status) }
        var form = [("email", "kari@example.com"), ("tenant_id", tenant), ("decision", decision)]
        let html = String(decoding: page.body, as: UTF8.self)
        for match in html.matches(of: /<input type="hidden" name="([^"]*)" value="([^"]*)">/) {
            form.append((String(match.1), String(match.2)))
        }
        let body = form.map { "\($0.0)=\($0.1.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "")" }
        let answer = try await browser.send(
            .init(
                method: "POST", url: "http://localhost/connect/authorize",
                headers: [HTTPField("Content-Type", "application/x-www-form-urlencoded")],
                body: Array(body.joined(separator: "&").utf8)), deadline: .seconds(5))
        guard answer.status == 302, let back = answer.header("Location").flatMap({ URLComponents(string: $0) }) else {
            throw Unexpected(status: answer.status)
        }
        return back
    }
}
