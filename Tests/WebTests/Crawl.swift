import Foundation
import HTTPTypes
import Testing

@testable import Web

/// Goes to every page that can be reached by links, a few of each kind.
struct Crawl {
    /// What was reached: address with its query, and what came.
    private(set) var pages: [(address: String, page: Browser.Page)] = []
    private static let mostOfAKind = 4

    init(_ browser: Browser, from starts: [String]) async throws {
        var waiting = starts
        var seen = Set(starts)
        var ofKind: [String: Int] = [:]
        while let address = waiting.popLast() {
            let kind = Self.kind(address)
            ofKind[kind, default: 0] += 1
            guard ofKind[kind, default: 0] <= Self.mostOfAKind else { continue }
            let page = try await browser.get(address)
            pages.append((address, page))
            for next in Self.links(of: page) where seen.insert(next).inserted { waiting.append(next) }
        }
    }

    /// The route, and which questions are asked of it.
    private static func kind(_ address: String) -> String {
        let parts = address.split(separator: "?", maxSplits: 1).map(String.init)
        let path = parts.first ?? ""
        let names = parts.dropFirst().joined().split(separator: "&").map { $0.prefix { $0 != "=" } }.sorted()
        return "\(RouteTable.route(at: path)?.path ?? path) \(names)"
    }

    private static func links(of page: Browser.Page) -> [String] {
        page.html.matches(of: #/<a [^>]*href="(/[^"#]*)/#).map { String($0.1).replacing("&amp;", with: "&") }
            .filter { !$0.hasPrefix("/static/") && !$0.hasPrefix("//") }
    }
}

extension RouteTable {
    /// The GET route that would answer the path; one without a variable part comes first, as in the router.
    static func route(at path: String) -> Route? {
        let parts = path.split(separator: "/")
        let fitting = all.filter { route in
            let own = route.path.split(separator: "/")
            return route.method == .get && own.count == parts.count
                && zip(own, parts).allSatisfy { $0.hasPrefix("{") || $0 == $1 }
        }
        return fitting.min { $0.path.count { $0 == "{" } < $1.path.count { $0 == "{" } }
    }
}
