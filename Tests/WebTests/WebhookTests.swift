import Crypto
import Foundation
import HTTPTypes
import Persistence
import Proresult
import Sync
import TestSupport
import Testing
import VismaNetConnector

@testable import Web

@Suite struct WebhookTests {
    static let body = #"{"tenantId":"\#(WebBench.tenant)","event":"Customer Updated"}"#

    static func signature(_ body: String, _ key: String = "ny nøkkel") -> String {
        let key = SymmetricKey(data: Data(key.utf8))
        return Data(HMAC<SHA256>.authenticationCode(for: Data(body.utf8), using: key)).base64EncodedString()
    }

    /// A bench with the company connected and its jobs automatic.
    private func withConnected(_ body: @escaping @Sendable (WebBench) async throws -> Void) async throws {
        try await withWeb { bench in
            _ = try await bench.connections.activateService(
                company: WebBench.company, tenantID: WebBench.tenant, by: "test")
            try await bench.write { transaction in
                for job in JobName.allCases { try transaction.setJob(job, enabled: true, automatic: true) }
            }
            try await body(bench)
        }
    }

    private func post(_ body: String, _ headers: [String: String], to bench: WebBench) async throws -> Int {
        let browser = bench.browser()
        let all = ["Content-Type": "application/json"].merging(headers) { $1 }
        return try await browser.send("/kroker/visma-net", .post, headers: all, body: body).status.code
    }

    private func isDueNow(_ job: JobName, in bench: WebBench) async throws -> Bool {
        try await bench.read { transaction in
            let row = try transaction.first(
                "SELECT next_run_at FROM job WHERE company_id = \(transaction.company) AND name = \(job)")
            let next: Timestamp? = try row?.get("next_run_at")
            return next.map { $0 <= bench.clock.now } ?? false
        }
    }

    @Test func aSignedWebhookBringsTheReadingOfItsListForward() async throws {
        try await withConnected { bench in
            #expect(try await post(Self.body, ["X-Signature": Self.signature(Self.body)], to: bench) == 200)
            #expect(try await isDueNow(.customers, in: bench))
            #expect(try await !isDueNow(.items, in: bench))
            #expect(try await !isDueNow(.hours, in: bench))
            let old = Self.body + " "
            let keptKey = try await post(old, ["X-Signature": Self.signature(old, "gammel nøkkel")], to: bench)
            #expect(keptKey == 200)
        }
    }

    @Test func whatNobodySignedLeavesNothing() async throws {
        try await withConnected { bench in
            let foreign = ["X-Signature": Self.signature(Self.body, "another")]
            #expect(try await post(Self.body, foreign, to: bench) == 401)
            #expect(try await post(Self.body, [:], to: bench) == 401)
            #expect(try await post(Self.body + "x", ["X-Signature": Self.signature(Self.body)], to: bench) == 401)
            let asForm = ["X-Signature": Self.signature(Self.body), "Content-Type": "text/plain"]
            #expect(try await post(Self.body, asForm, to: bench) == 415)
            let large = String(repeating: " ", count: 300_000)
            #expect(try await post(large, ["X-Signature": Self.signature(large)], to: bench) == 413)
            #expect(try await !isDueNow(.customers, in: bench))
            let kept = try await bench.read { try $0.query("SELECT digest FROM erp_hint").count }
            #expect(kept == 0)
        }
    }

    @Test func aWebhookOfATenantThatIsNotConnectedIsTakenAndHasNoEffect() async throws {
        try await withConnected { bench in
            let body = #"{"tenantId":"99999999-2222-4333-8444-555555555555","event":"Customer Updated"}"#
            let status = try await post(body, ["X-Signature": Self.signature(body)], to: bench)
            let isDue = try await isDueNow(.customers, in: bench)
            #expect(status == 200)
            #expect(!isDue)
        }
    }
}
