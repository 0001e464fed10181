import Foundation
import HTTPTypes
import Persistence
import Proresult
import Synchronization

@testable import Web

/// The requests that a server's own pages make, and the same bent.
final class FuzzedRequests: Sendable {
    private let requests: [FuzzedRequest]
    private let mutation: Mutation
    private let randomness: Randomness
    private let parts: [Part: [[UInt8]]]

    private enum Part: CaseIterable { case address, body, cookie, header, method }

    /// Headers that the server or what it stands on reads.
    private static let headerNames = [
        "Content-Type", "Origin", "Sec-Fetch-Site", "Accept-Language", "Authorization", "X-Signature", "X-API-Secret",
        "X-Account-ID", "SOAPAction", "User-Agent", "If-None-Match", "Accept", "Referer", "Content-Encoding",
        "Content-Length", "X-Forwarded-For", "Range", "Idempotency-Key", "If-Match", "Last-Event-ID",
    ]

    /// Looks through the pages as the one who is signed in.
    init(_ bench: FuzzedOffice, _ browser: FuzzBrowser, randomness: Randomness) async throws {
        var found: [FuzzedRequest] = []
        var waiting = RouteTable.all.filter { $0.method == .get }.map { Self.filled($0.path) }
        var seen = Set<String>()
        while !waiting.isEmpty, seen.count < 250 {
            let address = waiting.removeFirst()
            guard seen.insert(address).inserted else { continue }
            found.append(FuzzedRequest(method: "GET", address: address))
            let page = try await browser.get(address)
            guard page.status == .ok else { continue }
            let (forms, links) = FuzzBrowser.read(page.html)
            for form in forms where !found.contains(form) { found.append(form) }
            waiting += links.filter { !seen.contains($0) }
        }
        for route in RouteTable.all where route.method != .get {
            found.append(
                FuzzedRequest(
                    method: route.method.rawValue, address: Self.filled(route.path), headers: FuzzBrowser.formHeaders,
                    body: Array("csrf=x".utf8)))
        }
        let key = ["Authorization": "Bearer \(bench.key)", "Content-Type": "application/json"]
        for route in API.all {
            for body in route.method == .get ? [""] : Self.bodies {
                found.append(
                    FuzzedRequest(
                        method: route.method.rawValue, address: Self.filled(route.address), headers: key,
                        body: Array(body.utf8)))
            }
        }
        requests = found
        self.randomness = randomness
        mutation = Mutation(randomness)
        parts = [
            .address: found.map { Array($0.address.utf8) },
            .body: found.filter { !$0.body.isEmpty }.map(\.body),
            .cookie: browser.cookies.values.sorted().map { Array($0.utf8) } + [Array("SGVp".utf8), Array("en".utf8)],
            .header: [
                "text/html; charset=utf-8", "application/json", "multipart/form-data; boundary=x", "nb-NO,nb;q=0.9",
                "Bearer ferje_x", FuzzedOffice.origin, "same-origin", "17", "bytes=0-", "W/\"1\"", "gzip, deflate",
            ].map { Array($0.utf8) },
            .method: ["GET", "POST", "HEAD", "PUT", "DELETE", "OPTIONS", "PATCH"].map { Array($0.utf8) },
        ]
    }

    private static let bodies = [
        #"{"job":"hours","period":"202611"}"#,
        #"{"externalID":"T-1","worker":"1","project":"P-1","workType":"10","date":"2026-11-16","total":7.5,"overtime50":1}"#,
        #"[{"externalID":"T-1","worker":"1","total":7.5},{"externalID":"T-2"}]"#,
        #"{"name":"Ola","number":"10","isActive":true,"version":1,"quantity":"2.5","item":"ROR-22"}"#,
    ]

    /// Names in a path stand for records; some that are there, in the sandbox's or the bench's words.
    private static func filled(_ path: String) -> String {
        path.replacing(#/\{[^}]*\}/#, with: "kari")
    }

    /// One request with one or two of its parts bent. The form's hidden token is that of the session.
    func next(from browser: FuzzBrowser) -> FuzzedRequest {
        var request = requests[below(requests.count)]
        if request.headers["Authorization"] == nil {
            request.cookies = browser.cookies
            request.body = Array(text(request.body).replacing(#/csrf=[^&]*/#, with: "csrf=\(browser.token)").utf8)
        }
        for _ in 0...below(2) { bend(&request) }
        return request
    }

    private func bend(_ request: inout FuzzedRequest) {
        switch below(10) {
        case 0, 1, 2:
            request.address =
                "/" + text(mutation.of(near: Array(request.address.utf8), parts[.address] ?? [])).drop { $0 == "/" }
        case 3, 4, 5, 6:
            request.body = mutation.of(near: request.body, parts[.body] ?? [])
        case 7:
            let name = request.cookies.keys.sorted().randomly(below) ?? "ferje-notice"
            let value = Array((request.cookies[name] ?? "").utf8)
            request.cookies[name] = text(mutation.of(near: value, parts[.cookie] ?? []))
        case 8:
            let name = Self.headerNames[below(Self.headerNames.count)]
            request.headers[name] = text(
                mutation.of(near: Array((request.headers[name] ?? "").utf8), parts[.header] ?? []))
        default:
            request.method = text((parts[.method] ?? []).randomly(below) ?? [])
        }
    }

    private func below(_ limit: Int) -> Int {
        let number = randomness.bytes(4).reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        return limit > 0 ? Int(number % UInt32(limit)) : 0
    }
}

extension Array {
    fileprivate func randomly(_ below: (Int) -> Int) -> Element? { isEmpty ? nil : self[below(count)] }
}
