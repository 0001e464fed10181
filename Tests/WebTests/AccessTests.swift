import Foundation
import HTTPTypes
import Proresult
import TestSupport
import Testing

@testable import Web

/// Every route × every role × signed in or not, against a table that people have read. A route that is not in the
/// table fails here, and so does a line of the table without a route.
@Suite struct AccessTests {
    /// The reviewed table: method, path, who.
    static func expected() throws -> [String: String] {
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "access-table.txt")
        let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
        let entries = lines.filter { !$0.hasPrefix("#") }.map { line in
            let words = line.split(separator: " ", maxSplits: 2)
            return (words.prefix(2).joined(separator: " "), words.count > 2 ? String(words[2]) : "")
        }
        return Dictionary(entries, uniquingKeysWith: { "\($0) and \($1)" })
    }

    static func written(_ route: Route) -> String {
        let who =
            switch route.access {
            case .anyone: "anyone"
            case .people(let roles): roles.map(\.rawValue).sorted().joined(separator: ",")
            case .programs(let roles): "key:" + roles.map(\.rawValue).sorted().joined(separator: ",")
            case .signed: "signed"
            }
        return who + (route.needsProof ? " proof" : "")
    }

    static func name(_ route: Route) -> String { "\(route.method.rawValue) \(route.path)" }

    /// The path with something in place of its parts that no company has.
    static func visited(_ route: Route) -> String { route.path.replacing(#/\{[^}]*\}/#, with: "ukjent") }

    @Test func theRoutesAreThoseOfTheReviewedTable() throws {
        let expected = try Self.expected()
        let routes = Dictionary(
            RouteTable.all.map { (Self.name($0), Self.written($0)) }, uniquingKeysWith: { "\($0) and \($1)" })
        for (name, who) in routes.sorted(by: { $0.key < $1.key }) {
            #expect(expected[name] == who, "\(name) \(who)")
        }
        #expect(Set(expected.keys).subtracting(routes.keys) == [])
    }

    @Test func whoIsNotSignedInReachesOnlyWhatIsForAnyone() async throws {
        try await withWeb { bench in
            for route in RouteTable.all {
                let browser = bench.browser()
                try await browser.get("/inn")
                let page = try await Self.visit(route, with: browser)
                switch route.access {
                case .anyone: #expect(page.location?.hasPrefix("/inn?til=") != true, "\(Self.name(route))")
                case .people:
                    #expect(page.status == .seeOther, "\(Self.name(route))")
                    #expect(page.location?.hasPrefix("/inn") == true, "\(Self.name(route))")
                case .programs, .signed: #expect(page.status == .unauthorized, "\(Self.name(route))")
                }
            }
        }
    }

    @Test(arguments: Role.allCases)
    func aRoleReachesItsRoutesAndNoOthers(role: Role) async throws {
        try await withWeb { bench in
            // A route may end the session, so each gets its own.
            for route in RouteTable.all {
                guard case .people(let roles) = route.access else { continue }
                let browser = try await bench.signedIn(role)
                try await browser.get("/konto")
                let page = try await Self.visit(route, with: browser)
                if roles.contains(role) {
                    #expect(page.status != .forbidden, "\(role) \(Self.name(route))")
                    #expect(page.status != .internalServerError, "\(role) \(Self.name(route)): \(page.text)")
                } else {
                    #expect(page.status == .forbidden, "\(role) \(Self.name(route))")
                }
            }
        }
    }

    @Test func aFormThatIsNotOursIsRefusedEverywhere() async throws {
        try await withWeb { bench in
            let browser = try await bench.signedIn(.administrator)
            let other = try await bench.signedIn(.administrator)
            try await other.get("/konto")
            try await browser.get("/konto")
            let own = browser.formToken
            #expect(own != other.formToken)
            for route in RouteTable.all where !route.isSafe && !route.isForPrograms {
                let path = Self.visited(route)
                let form = "application/x-www-form-urlencoded"
                let good = ["Origin": WebBench.origin, "Sec-Fetch-Site": "same-origin", "Content-Type": form]
                let wrong: [(String, [String: String], String)] = [
                    ("no token", good, "a=b"),
                    ("an empty token", good, "csrf="),
                    ("another session's token", good, "csrf=\(other.formToken)"),
                    ("another site", good.merging(["Origin": "https://evil.example"]) { $1 }, "csrf=\(own)"),
                    ("no origin", good.merging(["Origin": ""]) { $1 }, "csrf=\(own)"),
                    ("origin null", good.merging(["Origin": "null"]) { $1 }, "csrf=\(own)"),
                    ("cross-site", good.merging(["Sec-Fetch-Site": "cross-site"]) { $1 }, "csrf=\(own)"),
                ]
                for (what, headers, body) in wrong {
                    let page = try await browser.send(path, route.method, headers: headers, body: body)
                    #expect(page.status == .forbidden, "\(Self.name(route)): \(what)")
                }
                let asJSON = try await browser.send(
                    path, route.method, headers: good.merging(["Content-Type": "application/json"]) { $1 },
                    body: "{}")
                #expect(asJSON.status == .unsupportedMediaType, "\(Self.name(route))")
            }
        }
    }

    @Test func everyAnswerHasTheSafetyHeaders() async throws {
        try await withWeb { bench in
            let browser = try await bench.signedIn(.administrator)
            var paths = RouteTable.all.filter { $0.method == .get && !$0.isForPrograms }.map(Self.visited)
            paths += ["/finnes-ikke", "/kunder/finnes/ikke", "/static/x/ferje.css"]
            for path in paths {
                let page = try await browser.get(path)
                let policy = page.headers[.contentSecurityPolicy] ?? ""
                #expect(policy.contains("default-src 'self'") && policy.contains("frame-ancestors 'none'"), "\(path)")
                #expect(!policy.contains("unsafe"), "\(path)")
                #expect(page.headers[.xContentTypeOptions] == "nosniff", "\(path)")
                let isStatic = path.hasPrefix("/static/")
                #expect((page.headers[.cacheControl] == "no-store") != isStatic, "\(path)")
                #expect(page.html.firstMatch(of: #/<script>|<style|style="|onclick=|onchange=/#) == nil, "\(path)")
            }
        }
    }

    private static func visit(_ route: Route, with browser: Browser) async throws -> Browser.Page {
        route.isSafe
            ? try await browser.get(visited(route))
            : route.isForPrograms
                ? try await browser.send(
                    visited(route), route.method, headers: ["Content-Type": "application/json"], body: "{}")
                : try await browser.post(visited(route))
    }
}
