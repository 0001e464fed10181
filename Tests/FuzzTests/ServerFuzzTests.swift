import Foundation
import Hummingbird
import HummingbirdTesting
import Persistence
import Synchronization
import TestSupport
import Testing

@testable import Web

/// S17: whatever comes in cookies, forms, headers, addresses and bodies, the server neither traps nor answers 500. The
/// requests are those of its own pages: every address, every link and every form that an administrator sees, and the
/// API's; one or two parts of each are bent.
@Suite struct ServerFuzzTests {
    private static func number(_ name: String) -> Int? { ProcessInfo.processInfo.environment[name].flatMap { Int($0) } }
    /// As many as each reader gets, a tenth of them on PostgreSQL.
    private static let runs = number("FERJE_FUZZ_RUNS") ?? 3000
    /// A bench that has been bent so often is thrown away, so that its tables stay small.
    private static let mostOnOneBench = 4000

    @Test(arguments: zip(TestDatabaseKind.allCases, [1, 10]))
    func noRequestTrapsTheServerOrMeetsA500(kind: TestDatabaseKind, share: Int) async throws {
        let counted = FuzzCount()
        var benches: UInt64 = 0
        while counted.tried < Self.runs / share {
            let limit = min(counted.tried + Self.mostOnOneBench, Self.runs / share)
            let seed = UInt64(truncatingIfNeeded: Self.number("FERJE_FUZZ_SEED") ?? 1) &+ benches
            benches += 1
            try await FuzzedOffice.with(kind) { bench in
                try await Application(router: bench.office.router(), logger: .quiet).test(.router) { client in
                    do {
                        try await bend(bench, client, seed: seed, until: limit, counted)
                    } catch is FuzzedOffice.SignInFails {
                        // Some form has taken its access away; another bench goes on.
                    }
                }
            }
        }
        #expect(counted.welcome * 5 > counted.tried, "most were turned away at the door: \(counted.words)")
        print("requests through the router on \(kind.rawValue): \(counted.words)")
    }

    private func bend(
        _ bench: FuzzedOffice, _ client: any TestClientProtocol, seed: UInt64, until limit: Int, _ counted: FuzzCount
    ) async throws {
        let last = ProcessInfo.processInfo.environment["FERJE_FUZZ_LAST"].map {
            URL(fileURLWithPath: $0).appending(path: "a request")
        }
        var corpus: FuzzedRequests?
        while counted.tried < limit {
            // A session does not outlive every form; and people wait between their attempts.
            bench.clock.advance(by: .seconds(120))
            let browser = try await bench.signIn(client)
            let known =
                if let corpus { corpus } else {
                    try await FuzzedRequests(bench, browser, randomness: .seeded(seed &+ 17))
                }
            corpus = known
            for _ in 0..<40 where counted.tried < limit {
                let request = known.next(from: browser)
                if let last { try Data(request.wire).write(to: last) }
                let sender = FuzzBrowser(client: client)
                let page = try await sender.send(request)
                counted.add(page.status.code)
                // 502 and 503 are said on purpose: Visma cannot be asked, or not now.
                let isMeant = page.status.code < 500 || [502, 503].contains(page.status.code)
                try #require(isMeant, "\(page.status): \(text(request.wire))")
            }
        }
    }
}

/// How often which answer came.
final class FuzzCount: Sendable {
    private let classes = Mutex<[Int: Int]>([:])

    func add(_ status: Int) { classes.withLock { $0[status / 100, default: 0] += 1 } }

    var tried: Int { classes.withLock { $0.values.reduce(0, +) } }
    /// Let in and answered with what was asked for.
    var welcome: Int { classes.withLock { $0[2, default: 0] + $0[3, default: 0] } }
    var words: String {
        let parts = classes.withLock { $0 }.sorted { $0.key < $1.key }.map { "\($0.value) × \($0.key)xx" }
        return "\(tried), " + parts.joined(separator: ", ")
    }
}
