import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Synchronization

@testable import Web

/// What a browser does between pages: it keeps cookies, and sends a form's hidden token back with where it came from.
final class Browser: Sendable {
    struct Page: Sendable {
        var status: HTTPResponse.Status
        var headers: HTTPFields
        var html: String

        var location: String? { headers[.location] }

        /// The texts of a page without its tags, blanks folded: for looking for a sentence.
        var text: String {
            html.replacing(#/<(script|style)[^>]*>.*?</(script|style)>/#, with: " ")
                .replacing(#/<[^>]*>/#, with: " ").replacing("&nbsp;", with: " ").replacing("\u{a0}", with: " ")
                .replacing("&#39;", with: "'").replacing("&quot;", with: "\"").replacing("&lt;", with: "<")
                .replacing("&gt;", with: ">").replacing("&amp;", with: "&")
                .split(whereSeparator: \.isWhitespace).joined(separator: " ")
        }
    }

    private struct Kept: Sendable {
        var cookies: [String: String] = [:]
        var token = ""
    }

    private let client: any TestClientProtocol
    private let kept = Mutex(Kept())

    init(client: any TestClientProtocol) { self.client = client }

    /// The token of the form on the page that was opened last.
    var formToken: String { kept.withLock(\.token) }
    func cookie(_ name: String) -> String? { kept.withLock { $0.cookies[name] } }
    func set(cookie name: String, to value: String?) { kept.withLock { $0.cookies[name] = value } }

    @discardableResult
    func get(_ path: String, headers: [String: String] = [:]) async throws -> Page {
        try await send(path, .get, headers: headers, body: nil)
    }

    /// Sends a form. The token of the last page goes along unless the fields have one.
    @discardableResult
    func post(
        _ path: String, _ fields: KeyValuePairs<String, String> = [:], headers: [String: String] = [:]
    ) async throws -> Page {
        var pairs = fields.map { (name: $0.key, value: $0.value) }
        if !pairs.contains(where: { $0.name == "csrf" }) { pairs.append(("csrf", formToken)) }
        let usual = [
            "Origin": WebBench.origin, "Sec-Fetch-Site": "same-origin",
            "Content-Type": "application/x-www-form-urlencoded",
        ]
        return try await send(
            path, .post, headers: usual.merging(headers) { _, own in own },
            body: String(Fields(pairs).query.dropFirst()))
    }

    /// Any request as it stands, with the cookies. A header with an empty value is not sent.
    func send(
        _ path: String, _ method: HTTPRequest.Method, headers: [String: String], body: String?
    ) async throws -> Page {
        var fields = HTTPFields()
        for (name, value) in headers where !value.isEmpty {
            if let name = HTTPField.Name(name) { fields[name] = value }
        }
        let cookies = kept.withLock(\.cookies).sorted { $0.key < $1.key }
        if !cookies.isEmpty { fields[.cookie] = cookies.map { "\($0.key)=\($0.value)" }.joined(separator: "; ") }
        return try await client.execute(
            uri: path, method: method, headers: fields, body: body.map { ByteBuffer(string: $0) }
        ) { response in
            let page = Page(
                status: response.status, headers: response.headers, html: String(buffer: response.body))
            self.keep(page)
            return page
        }
    }

    private func keep(_ page: Page) {
        kept.withLock { kept in
            for header in page.headers[values: .setCookie] {
                let parts = header.split(separator: ";").first?.split(
                    separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                guard let name = parts?.first, let value = parts?.last, parts?.count == 2 else { continue }
                kept.cookies[String(name)] = value.isEmpty ? nil : String(value)
            }
            if let token = page.html.firstMatch(of: #/name="csrf" value="([^"]*)"/#) { kept.token = String(token.1) }
        }
    }
}
