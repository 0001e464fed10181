import Foundation
import Synchronization
import VismaNetSandbox

/// A sandbox with a clock that stands still, one small company and a client registered for both kinds of access.
struct Rig: Sendable {
    /// 2026-03-10T09:00:00Z, 10:00 in Oslo.
    static let start: Int64 = 1_773_133_200_000
    static let tenant = "0b2d5d2e-7f0c-4a57-9a5c-6f1d2f3a4b5c"
    static let redirect = "https://ferje.example.com/visma/callback"

    final class Clock: Sendable {
        private let now = Mutex(Rig.start)
        func read() -> Int64 { now.withLock { $0 } }
        func advance(seconds: Int64) { now.withLock { $0 += seconds * 1000 } }
    }

    let sandbox: Sandbox
    let clock: Clock
    let token: String

    static func configuration() -> SandboxConfiguration {
        var configuration = SandboxConfiguration(clients: [
            .init(id: "isv_test", secret: "S3+/=", redirectURIs: [redirect]),
            .init(id: "isv_other", secret: "andre", kinds: [.service]),
        ])
        configuration.customerTenantIDs = ["kunde-tenant"]
        return configuration
    }

    init(
        scope: String = "read create update", companies: [CompanyRecords] = [.small(tenantID: Rig.tenant)],
        clock: Clock = Clock(), _ adjust: (inout SandboxConfiguration) -> Void = { _ in }
    ) async throws {
        var configuration = Rig.configuration()
        adjust(&configuration)
        self.clock = clock
        sandbox = try Sandbox(configuration, companies: companies, seed: 7, clock: clock.read, sleep: { _ in })
        let scopes = scope.split(separator: " ").map { "vismanet_erp_service_api:\($0)" }.joined(separator: " ")
        token = try await Rig.serviceToken(sandbox, scopes: scopes)
    }

    static func serviceToken(_ sandbox: Sandbox, scopes: String, tenant: String = Rig.tenant) async throws -> String {
        let answer = try await sandbox.respond(
            to: Rig.form([
                "grant_type": "client_credentials", "client_id": "isv_test", "client_secret": "S3+/=",
                "tenant_id": tenant, "scope": scopes,
            ]))
        return try answer.object()["access_token"] as? String ?? ""
    }

    static func form(_ fields: [String: String], path: String = "/connect/token") -> SandboxCall {
        var allowed = CharacterSet.alphanumerics
        allowed.insert(charactersIn: "-._~")
        let body = fields.map { name, value in
            name + "=" + (value.addingPercentEncoding(withAllowedCharacters: allowed) ?? "")
        }
        return SandboxCall(
            method: "POST", path: path, headers: [.init("Content-Type", "application/x-www-form-urlencoded")],
            body: Array(body.joined(separator: "&").utf8))
    }

    func call(
        _ method: String, _ path: String, _ query: String = "", body: String = "", token: String? = nil,
        headers: [SandboxHeader] = []
    ) async throws -> SandboxAnswer {
        let all = [SandboxHeader("Authorization", "Bearer \(token ?? self.token)")] + headers
        return try await sandbox.respond(
            to: SandboxCall(method: method, path: path, query: query, headers: all, body: Array(body.utf8)))
    }

    func get(_ path: String, _ query: String = "") async throws -> SandboxAnswer { try await call("GET", path, query) }

    func post(_ body: String) async throws -> SandboxAnswer {
        try await call("POST", "/v1/projecttransaction", body: body)
    }

    /// A line that meets every rule; `changes` replaces properties, and nil takes them out.
    static func line(_ changes: [String: String?] = [:]) -> String {
        var properties: [String: String?] = [
            "operation": #""Insert""#, "date": #"{"value":"2026-03-09T00:00:00"}"#,
            "inventoryId": #"{"value":"TIMER"}"#,
            "quantity": #"{"value":7.5}"#, "unitRate": #"{"value":420.33}"#, "financialPeriod": #"{"value":"202603"}"#,
            "project": #"{"value":"P-1"}"#, "projectTask": #"{"value":"10"}"#, "accountGroup": #"{"value":"5"}"#,
            "debitAccount": #"{"value":"5000"}"#, "creditAccount": #"{"value":"5990"}"#,
            "debitSubaccount": #"{"value":"100000"}"#, "employee": #"{"value":"7"}"#,
            "description": #"{"value":"PR:t-1 Rør"}"#,
        ]
        for (name, value) in changes { properties.updateValue(value, forKey: name) }
        let pairs = properties.compactMap { name, value in value.map { "\"\(name)\":\($0)" } }.sorted()
        return "{" + pairs.joined(separator: ",") + "}"
    }

    static func document(_ lines: [String] = [Rig.line()], extra: String = "") -> String {
        #"{"description":{"value":"Timer #7f3c"},"module":{"value":"ModulePM"}"# + extra
            + #","lines":["# + lines.joined(separator: ",") + "]}"
    }
}

extension SandboxAnswer {
    var text: String { String(decoding: body, as: UTF8.self) }

    func object() throws -> [String: Any] {
        try JSONSerialization.jsonObject(with: Data(body)) as? [String: Any] ?? [:]
    }

    func rows() throws -> [[String: Any]] {
        try JSONSerialization.jsonObject(with: Data(body)) as? [[String: Any]] ?? []
    }

    func message() throws -> String { try object()["message"] as? String ?? "" }

    func column(_ name: String) throws -> [String] { try rows().compactMap { $0[name] as? String } }
}
