import Foundation
import Hummingbird

/// `/sandbox/…`: ledger, requests and faults for tests and the command line. The product must not look here.
extension Sandbox {
    func addJudgeRoutes(to router: Router<SandboxContext>) {
        router.get("/sandbox/ledger") { _, _ in self.json(self.ledgerReport()) }
        router.get("/sandbox/requests") { _, _ in
            self.json(.array(self.requests().map { $0.report }))
        }
        router.get("/sandbox/faults") { _, _ in try self.faultsResponse() }
        router.put("/sandbox/faults") { request, _ in
            let body = try await request.body.collect(upTo: 1_000_000)
            guard let rules = try? JSONDecoder().decode([FaultRule].self, from: Data(body.readableBytesView)) else {
                throw HTTPError(.badRequest, message: "not a list of fault rules")
            }
            self.setFaults(rules)
            return try self.faultsResponse()
        }
        router.delete("/sandbox/faults") { _, _ in
            self.setFaults([])
            return try self.faultsResponse()
        }
    }

    private func faultsResponse() throws -> Response {
        respond(Array(try JSONEncoder().encode(faults())))
    }

    private func json(_ value: JSON) -> Response { respond(value.bytes) }

    private func respond(_ bytes: [UInt8]) -> Response {
        Response(
            status: .ok, headers: [.contentType: "application/json; charset=utf-8"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }

    /// Commits, the documents as they stand, and sums per account. Sums are decimal texts.
    func ledgerReport() -> JSON {
        let entries = ledger()
        let documents = snapshot().companies.flatMap { company in
            company.documents.map { (company.records.tenantID, $0) }
        }
        var sums: [String: Decimal] = [:]
        for line in documents.flatMap(\.1.lines) {
            if let debit = line.debitAccount { sums[debit, default: 0] += line.amount }
            if let credit = line.creditAccount { sums[credit, default: 0] -= line.amount }
        }
        var report = Fields()
        report.add("entries", .array(entries.map(\.report)))
        report.add("documents", .array(documents.map { $0.1.report(tenantID: $0.0) }))
        let accounts = sums.sorted { $0.key < $1.key }
        report.add(
            "sums", .object(accounts.map { JSON.Property(name: $0.key, value: .string($0.value.description)) }))
        return report.json
    }
}
