import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Synchronization

@testable import Web

/// One request as bytes, before and after it is bent.
struct FuzzedRequest: Sendable, Hashable {
    var method: String
    /// With what stands behind `?`.
    var address: String
    var headers: [String: String] = [:]
    var cookies: [String: String] = [:]
    var body: [UInt8] = []

    /// As it would stand on the wire, for whoever has to repeat it.
    var wire: [UInt8] {
        var text = "\(method) \(address) HTTP/1.1\r\nHost: localhost:8080\r\nConnection: close\r\n"
        for (name, value) in headers.sorted(by: { $0.key < $1.key }) { text += "\(name): \(value)\r\n" }
        if !cookies.isEmpty { text += "Cookie: \(cookieText)\r\n" }
        if !body.isEmpty { text += "Content-Length: \(body.count)\r\n" }
        return Array((text + "\r\n").utf8) + body
    }

    var cookieText: String {
        cookies.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: "; ")
    }
}

/// What it takes to send requests through the router and to read the forms on the pages that come back.
final class FuzzBrowser: Sendable {
    struct Page: Sendable {
        var status: HTTPResponse.Status
        var html: String
    }

    private struct Kept: Sendable {
        var cookies: [String: String] = [:]
        var token = ""
    }

    private let client: any TestClientProtocol
    private let kept = Mutex(Kept())

    init(client: any TestClientProtocol) { self.client = client }

    var cookies: [String: String] { kept.withLock(\.cookies) }
    /// Of the form on the page that was opened last.
    var token: String { kept.withLock(\.token) }

    /// What a browser says with a form.
    static let formHeaders = [
        "Origin": FuzzedOffice.origin, "Sec-Fetch-Site": "same-origin",
        "Content-Type": "application/x-www-form-urlencoded",
    ]

    @discardableResult
    func get(_ path: String) async throws -> Page {
        try await send(FuzzedRequest(method: "GET", address: path, cookies: cookies))
    }

    func post(_ path: String, _ fields: KeyValuePairs<String, String>) async throws -> Page {
        let pairs = fields.map { (name: $0.key, value: $0.value) } + [("csrf", token)]
        return try await send(
            FuzzedRequest(
                method: "POST", address: path, headers: Self.formHeaders, cookies: cookies,
                body: Array(Fields(pairs).query.dropFirst().utf8)))
    }

    func send(_ request: FuzzedRequest) async throws -> Page {
        var fields = HTTPFields()
        for (name, value) in request.headers {
            if let name = HTTPField.Name(name) { fields[name] = value }
        }
        if !request.cookies.isEmpty { fields[.cookie] = request.cookieText }
        let method = HTTPRequest.Method(request.method) ?? .get
        return try await client.execute(
            uri: request.address, method: method, headers: fields,
            body: request.body.isEmpty ? nil : ByteBuffer(bytes: request.body)
        ) { response in
            let page = Page(status: response.status, html: String(buffer: response.body))
            self.keep(response.headers, page)
            return page
        }
    }

    private func keep(_ headers: HTTPFields, _ page: Page) {
        kept.withLock { kept in
            for header in headers[values: .setCookie] {
                let parts = header.split(separator: ";").first?.split(
                    separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                guard let name = parts?.first, let value = parts?.last, parts?.count == 2 else { continue }
                kept.cookies[String(name)] = value.isEmpty ? nil : String(value)
            }
            if let token = page.html.firstMatch(of: #/name="csrf" value="([^"]*)"/#) { kept.token = String(token.1) }
        }
    }

    /// Every form of a page with what stands in its fields, and every address that it leads to.
    static func read(_ html: String) -> (forms: [FuzzedRequest], links: [String]) {
        var forms: [FuzzedRequest] = []
        for form in html.matches(of: #/<form([^>]*)>(.*?)</form>/#.dotMatchesNewlines()) {
            guard let action = form.1.firstMatch(of: #/action="([^"]*)"/#)?.1 else { continue }
            var pairs: [(name: String, value: String)] = []
            for input in form.2.matches(of: #/<(?:input|button|textarea)([^>]*)>/#) {
                guard let name = input.1.firstMatch(of: #/name="([^"]*)"/#)?.1 else { continue }
                pairs.append((plain(name), plain(input.1.firstMatch(of: #/value="([^"]*)"/#)?.1 ?? "1")))
            }
            for select in form.2.matches(of: #/<select[^>]*name="([^"]*)"[^>]*>(.*?)</select>/#.dotMatchesNewlines()) {
                let value = select.2.matches(of: #/value="([^"]*)"/#).last?.1 ?? ""
                pairs.append((plain(select.1), plain(value)))
            }
            let query = Fields(pairs).query
            let isPost = form.1.contains("method=\"post\"")
            forms.append(
                isPost
                    ? FuzzedRequest(
                        method: "POST", address: plain(action), headers: formHeaders,
                        body: Array(query.dropFirst().utf8))
                    : FuzzedRequest(method: "GET", address: plain(action) + query))
        }
        let links = html.matches(of: #/href="(\/[^"#]*)"/#).map { plain($0.1) }
        return (forms, links)
    }

    private static func plain(_ text: Substring) -> String {
        String(text).replacing("&quot;", with: "\"").replacing("&#39;", with: "'").replacing("&lt;", with: "<")
            .replacing("&gt;", with: ">").replacing("&amp;", with: "&")
    }
}
