import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Persistence
import Proresult
import TestSupport
import Testing

@testable import Web

/// A program with a key. Every answer is held against the published document, and every body that the server refuses
/// as not described must be refused by the document too.
struct APICaller: Sendable {
    struct Reply: Sendable {
        var status: HTTPResponse.Status
        var headers: HTTPFields
        var text: String
        var json: ContractValue

        /// A member that is a text.
        func text(_ name: String) -> String { json[name]?.text ?? "" }
    }

    let client: any TestClientProtocol
    let key: String
    let contract: OpenAPIContract
    private var judgesRequests = true

    init(client: any TestClientProtocol, key: String, contract: OpenAPIContract) {
        (self.client, self.key, self.contract) = (client, key, contract)
    }

    /// For bodies of which the document cannot judge all: a day that no calendar has, JSON that no parser reads alike.
    var unjudged: APICaller {
        var caller = self
        caller.judgesRequests = false
        return caller
    }

    @discardableResult
    func get(_ path: String) async throws -> Reply { try await send(.get, path) }

    @discardableResult
    func post(_ path: String, _ body: String) async throws -> Reply { try await send(.post, path, body) }

    /// `path` is below `/api/v1`, with its query.
    @discardableResult
    func send(
        _ method: HTTPRequest.Method, _ path: String, _ body: String? = nil, headers: [String: String] = [:]
    ) async throws -> Reply {
        try await send(method, path, bytes: body.map { Array($0.utf8) }, headers: headers)
    }

    @discardableResult
    func send(
        _ method: HTTPRequest.Method, _ path: String, bytes: [UInt8]?, headers: [String: String] = [:]
    ) async throws -> Reply {
        var fields = HTTPFields()
        let usual = [
            "Authorization": key.isEmpty ? "" : "Bearer \(key)", "Content-Type": bytes == nil ? "" : "application/json",
            "Accept-Language": "en",
        ]
        for (name, value) in usual.merging(headers, uniquingKeysWith: { $1 }) where !value.isEmpty {
            if let name = HTTPField.Name(name) { fields[name] = value }
        }
        let reply = try await client.execute(
            uri: "/api/v1" + path, method: method, headers: fields, body: bytes.map { ByteBuffer(bytes: $0) }
        ) { response in
            let body = Data(response.body.readableBytesView)
            return Reply(
                status: response.status, headers: response.headers, text: String(decoding: body, as: UTF8.self),
                json: (try? JSONDecoder().decode(ContractValue.self, from: body)) ?? .null)
        }
        try check(reply, method, path, bytes)
        return reply
    }

    private func check(_ reply: Reply, _ method: HTTPRequest.Method, _ path: String, _ bytes: [UInt8]?) throws {
        let parts = ("/api/v1" + path).split(separator: "?", maxSplits: 1).map(String.init)
        let place = try #require(parts.first)
        guard contract.template(method.rawValue, place) != nil else {
            #expect([404, 405].contains(reply.status.code), "\(method) \(path)")
            return
        }
        let wrong = contract.violations(
            response: method.rawValue, path: place, status: reply.status.code, body: Data(reply.text.utf8))
        #expect(wrong == [], "\(method) \(path): \(reply.text)")
        let isProblem = reply.status.code >= 400
        #expect(
            reply.headers[.contentType] == (isProblem ? "application/problem+json" : "application/json"), "\(path)")
        guard judgesRequests, [200, 201, 202, 400, 409, 422].contains(reply.status.code) else { return }
        let described = contract.violations(
            request: method.rawValue, path: place, query: parts.count > 1 ? parts[1] : "", body: Data(bytes ?? []))
        #expect(
            described.isEmpty == (reply.status != .badRequest), "\(method) \(path) \(reply.status): \(described)")
    }
}

extension WebBench {
    static let contract = Result { try OpenAPIContract(JSONEncoder().encode(OpenAPIDocument.document)) }

    /// A program of the company with a key of the role. Keys of one name are one caller.
    func caller(
        _ role: Role, of company: CompanyID = Self.company, name: String = "Feltsystem"
    ) async throws -> APICaller {
        let (clock, randomness) = (clock, office.randomness)
        let text = try await database.transaction(company: company) { transaction in
            try ProgramKey.create(
                name: name, role: role, expiresAt: clock.now + .seconds(86_400), maker: nil,
                by: Actor(username: "drift", role: .administrator), at: clock.now, randomness: randomness,
                in: transaction
            ).text
        }
        return APICaller(client: client, key: text, contract: try Self.contract.get())
    }

    /// The same numbers in both companies: project 10 with task 100 and the company's work type 1, item S1, wage 300.
    func fillBoth() async throws {
        let today = try #require(CalendarDate(year: 2026, month: 1, day: 1))
        for company in [Self.company, Self.otherCompany] {
            try await database.transaction(company: company) { transaction in
                let own = { (name: String) in "\(company)-\(name)" }
                try Worker.get(WorkerID(own("kari")), in: transaction).setWage(300, validFrom: today, in: transaction)
                try Customer.create(
                    Customer(id: CustomerID(own("kunde")), number: "500", name: "Kai Øy AS"), in: transaction)
                try Project.insert(
                    [
                        Project(
                            id: ProjectID(own("prosjekt")), number: "10", name: "Brygge",
                            customerID: CustomerID(own("kunde")))
                    ], in: transaction)
                let workType = WorkType(id: WorkTypeID(own("art")), number: "1", name: "Rydding")
                try WorkType.create(workType, in: transaction)
                try ProjectWorkType.insert(
                    [
                        ProjectWorkType(
                            id: ProjectWorkTypeID(own("oppgave")), projectID: ProjectID(own("prosjekt")),
                            origin: .visma, vismaTaskID: "100", name: "Graving")
                    ], in: transaction)
                try ProjectWorkType.add(
                    workType.id, to: ProjectID(own("prosjekt")), id: ProjectWorkTypeID(own("egen")), in: transaction)
                let group = try ItemGroup.create(
                    ItemGroup(id: ItemGroupID(own("gruppe")), name: "Varer"), in: transaction)
                try Item.create(
                    Item(
                        id: ItemID(own("vare")), number: "S1", name: "Rør 22 mm", unit: "m", salesPrice: 100,
                        costPrice: 60, itemGroupID: group.id), in: transaction)
            }
        }
    }

    func count(_ table: String, of company: CompanyID = Self.company) async throws -> Int {
        try await database.read(company: company) { transaction in
            try transaction.first("SELECT count(*) AS n FROM \(raw: table)")?.get("n") ?? 0
        }
    }
}

/// An entry as a field system sends it, with changes: a member set to nothing is left out.
func delivered(_ externalID: String, _ changes: KeyValuePairs<String, String> = [:]) -> String {
    var members: [(String, String)] = [
        ("externalID", "\"\(externalID)\""), ("employeeNumber", "\"1\""), ("projectNumber", "\"10\""),
        ("task", "\"100\""), ("date", "\"2026-11-16\""), ("total", "7.5"),
    ]
    for (name, value) in changes {
        members.removeAll { $0.0 == name }
        if !value.isEmpty { members.append((name, value)) }
    }
    return "{" + members.map { "\"\($0.0)\":\($0.1)" }.joined(separator: ",") + "}"
}
