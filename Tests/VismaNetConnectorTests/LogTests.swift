import FarShore
import Foundation
import Logging
import Persistence
import Sync
import TestSupport
import Testing
import VismaNet
import VismaNetSandbox

@testable import VismaNetConnector

/// Does something to the world before a request to the API goes out.
private struct MeddlingTransport: HTTPTransport {
    let transport: any HTTPTransport
    let meddle: @Sendable (HTTPTransportRequest) async throws -> Void

    func send(
        _ request: HTTPTransportRequest, deadline: Duration
    ) async throws(TransportFailure) -> HTTPTransportResponse {
        do { try await meddle(request) } catch { throw .notSent("meddling failed") }
        return try await transport.send(request, deadline: deadline)
    }
}

struct LogTests {
    /// What the exchanges carried and nobody else may learn.
    private func secrets(of firm: Firm) -> Set<String> {
        var found: Set<String> = ["S3cret"]
        for exchange in firm.transport.exchanges {
            for field in exchange.request.headers where field.name == "Authorization" {
                found.insert(String(field.value.dropFirst("Bearer ".count)))
            }
            guard exchange.request.url.contains("/connect/") else { continue }
            let form = URLComponents(string: "?" + String(decoding: exchange.request.body, as: UTF8.self))
            for item in form?.queryItems ?? []
            where ["code", "code_verifier", "refresh_token", "token", "client_secret"].contains(item.name) {
                if let value = item.value { found.insert(value) }
            }
            let answer = try? JSONSerialization.jsonObject(with: Data(exchange.answer.body)) as? [String: Any]
            for name in ["access_token", "refresh_token"] { (answer?[name] as? String).map { _ = found.insert($0) } }
        }
        return found
    }

    private func document(_ marker: String, project: String = "P-1") throws -> Sync.ProjectTransaction {
        let day = try #require(CalendarDate("2026-03-12"))
        return Sync.ProjectTransaction(
            description: marker, project: project, period: "202603",
            lines: [
                .init(
                    date: day, employee: "7", item: "TIMER", quantity: 7, billableQuantity: 7, rate: 417, task: "10",
                    accountGroup: "5", debitAccount: "5000", creditAccount: "5990", debitSubaccount: nil,
                    creditSubaccount: nil, description: marker)
            ])
    }

    /// Runs through everything that goes well and everything that fails, and tells what was thrown.
    private func live(_ firm: Firm, _ database: any SQLDatabase, _ book: LogBook, _ marker: String) async throws
        -> [String]
    {
        let connections = try firm.connections(database, logger: book.logger)
        var told: [String] = []
        func trying(_ body: () async throws -> String) async {
            do { told.append(try await body()) } catch { told.append("\(error)") }
        }
        _ = try await firm.signIn(connections)
        let connector = try await connections.connect(Firm.company, .hours)
        await trying { "\(await connector.post(try document(marker), .plain))" }
        await trying { "\(await connector.post(try document(marker, project: "P-9"), .plain))" }
        let faults: [FaultKind] = [
            .tooManyRequests, .serverErrorBeforeCommit, .malformedJSON, .cutBody, .createdWithHTML, .timeoutAfterCommit,
            .gatewayError, .redirect, .recordLocked, .tokenExpires,
        ]
        for fault in faults {
            firm.sandbox.setFaults([FaultRule(fault, path: "/v1/", remaining: 4, seconds: 3)])
            await trying { "\(try await connector.customers(.everything).rows.count)" }
            await trying { "\(await connector.post(try document(marker), .plain))" }
            firm.clock.advance(by: .seconds(700))
        }
        // The sign-in server fails in its own ways, and a whole run with it.
        let engine = SyncEngine(
            database: database, owner: "test", randomness: .seeded(5), logger: book.logger,
            connect: connections.connect)
        try await database.transaction(company: Firm.company) { try $0.createJobs() }
        for fault in [FaultKind.tooManyTokenRequests, .refreshAnswerLost, .reuseRevokesFamily, .grantRevoked] {
            firm.sandbox.setFaults([FaultRule(fault, path: "token")])
            firm.clock.advance(by: .seconds(3600))
            await trying { "\(try await connections.connect(Firm.company, .customers))" }
            try await database.transaction(company: Firm.company) { transaction in
                _ = try transaction.requestRun(of: .customers, by: "kari")
            }
            await trying { "\(String(describing: try await engine.tick()?.outcome.error))" }
        }
        return told
    }

    /// The database fails under the gate and under the token store.
    private func lose(_ table: String, _ firm: Firm, _ database: any SQLDatabase, _ book: LogBook) async throws
        -> String
    {
        firm.sandbox.setFaults([])
        _ = try await firm.signIn(try firm.connections(database))
        firm.clock.advance(by: .seconds(3600))
        let broken = try firm.connections(
            database,
            transport: MeddlingTransport(transport: firm.transport) { request in
                guard request.url.contains(table == "connection" ? "/connect/token" : "/v1/") else { return }
                try await database.transactionAcrossCompanies { connection in
                    _ = try connection.execute("ALTER TABLE \(raw: table) RENAME TO gone")
                }
            }, logger: book.logger)
        var thrown = "nothing"
        do { _ = try await broken.connect(Firm.company, .customers) } catch { thrown = "\(error)" }
        try await database.transactionAcrossCompanies { connection in
            _ = try connection.execute("ALTER TABLE gone RENAME TO \(raw: table)")
        }
        return thrown
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func noSecretAndNoValueIsLogged(kind: TestDatabaseKind) async throws {
        try await withFirm(kind) { firm, database in
            let book = LogBook()
            let marker = "Merkelapp Nordmann"
            var told = try await live(firm, database, book, marker)
            told.append(try await lose("connection", firm, database, book))
            told.append(try await lose("erp_gate", firm, database, book))

            let secrets = secrets(of: firm)
            #expect(secrets.count >= 8)
            let customers = firm.sandbox.snapshot().companies[0].records.customers.map(\.name)
            #expect(!customers.isEmpty)
            // It did go wrong, and was written down.
            for part in ["the run failed", "the gate of Visma.net could not be written"] {
                #expect(book.lines.contains { $0.contains(part) }, "\(part): \(book.lines)")
            }
            #expect(told.count >= 30)
            for line in book.lines + told {
                #expect(!secrets.contains { line.contains($0) }, "a secret in: \(line)")
                #expect(!line.contains(marker), "\(line)")
                #expect(!customers.contains { line.contains($0) }, "\(line)")
            }
        }
    }
}
