import Foundation
import Persistence
import Sync
import Synchronization
import VismaNetSandbox

/// What must hold when a world has come to rest, judged by the sandbox's own books, which the product cannot read.
struct Judge {
    let world: World
    private let ledger: [LedgerEntry]
    private let documents: [[StoredDocument]]
    /// Numbers that a person changed in the ERP's own windows: what stands there is that person's word.
    private let touched: Set<String>
    private let decided: Set<String>

    init(_ world: World) {
        self.world = world
        ledger = world.sandbox.ledger()
        documents = world.sandbox.snapshot().companies.map(\.documents)
        touched = Set(
            ledger.filter { $0.request == nil && $0.event != .created || $0.document.reverses != nil }
                .flatMap { ["\($0.tenantID) \($0.refNbr)", "\($0.tenantID) \($0.document.reverses ?? "")"] })
        decided = world.state.withLock { $0.watch.decided }
    }

    func judge() async throws {
        for (index, company) in Haven.companies.enumerated() {
            let records = try await records(of: company)
            compareLines(records, index)
            try await compareDocuments(company, index, marked: Set(records.map(\.number)))
            try await readAudit(company)
            try await compareImports(company, index)
        }
        compareTenants()
        try await world.judgeSchema()
    }

    // MARK: - Records and lines: I1, I2, I4, I5

    private struct Record: Sendable {
        var id: String
        /// Under which it is marked as transferred.
        var number: String
        var lines: [String]
    }

    /// Counted anew from our own shore's records, not read off the frozen documents.
    private func records(of company: CompanyID) async throws -> [Record] {
        try await world.database.transactionAcrossCompanies { connection in
            let hours = try connection.query(
                """
                SELECT entry.id AS id, worker_id, project.number AS project, work_date, total_hours, overtime50, overtime100,
                    transferred_reference
                FROM hour_entry entry
                JOIN project ON project.company_id = entry.company_id AND project.id = entry.project_id
                WHERE entry.company_id = \(company) AND entry.state = 'transferred' ORDER BY entry.id
                """
            ).map { row in
                let index = Haven.workers.firstIndex { $0.text == (try? row.get("worker_id", as: String.self)) } ?? 0
                let total: Decimal = try row.get("total_hours")
                let (half, double): (Decimal, Decimal) = (try row.get("overtime50"), try row.get("overtime100"))
                let wage = Decimal(Haven.wages[index])
                let parts = [(total - half - double, wage), (half, wage * 3 / 2), (double, wage * 2)]
                return try Record(
                    id: row.get("id"), number: row.get("transferred_reference"),
                    lines: parts.filter { $0.0 != 0 }.map { quantity, rate in
                        try Self.line(
                            Haven.employees[index], row.get("work_date"), row.get("project"), "TIMER", quantity, rate)
                    })
            }
            let goods = try connection.query(
                """
                SELECT line.id AS id, worker_id, project.number AS project, withdrawal_date, quantity, sales_price,
                    transferred_reference
                FROM withdrawal line
                JOIN project ON project.company_id = line.company_id AND project.id = line.project_id
                WHERE line.company_id = \(company) AND line.state = 'invoiced' ORDER BY line.id
                """
            ).map { row in
                let index = Haven.workers.firstIndex { $0.text == (try? row.get("worker_id", as: String.self)) } ?? 0
                return try Record(
                    id: row.get("id"), number: row.get("transferred_reference"),
                    lines: [
                        Self.line(
                            Haven.employees[index], row.get("withdrawal_date"), row.get("project"), "ROR-22",
                            row.get("quantity"), row.get("sales_price"))
                    ])
            }
            return hours + goods
        }
    }

    private static func line(
        _ employee: String, _ date: String, _ project: String, _ item: String, _ quantity: Decimal, _ rate: Decimal
    ) -> String {
        "\(employee) \(date) \(project) \(item) \(quantity) × \(rate)"
    }

    private func compareLines(_ records: [Record], _ index: Int) {
        let tenant = Haven.tenants[index]
        var expected: [String: [String]] = [:]
        for record in records { expected[record.number, default: []] += record.lines }
        for document in documents[index]
        where !document.lines.isEmpty && !touched.contains("\(tenant) \(document.refNbr)") {
            let found = document.lines.map {
                Self.line($0.employee ?? "", $0.date, $0.project, $0.item ?? "", $0.quantity, $0.unitRate)
            }.sorted()
            guard let wanted = expected.removeValue(forKey: document.refNbr) else {
                world.violate(
                    "I1", "\(document.refNbr) (\(document.description)) stands in the ERP and no record knows it")
                continue
            }
            if wanted.sorted() != found {
                world.violate("I4", "\(document.refNbr) holds \(found), its records say \(wanted.sorted())")
            }
        }
        for number in expected.keys.sorted() where !touched.contains("\(tenant) \(number)") {
            world.violate("I2", "records are marked with \(number), which does not stand in the ERP")
        }
    }

    private func compareDocuments(_ company: CompanyID, _ index: Int, marked: Set<String>) async throws {
        let rows = try await world.database.transactionAcrossCompanies { connection in
            try connection.query(
                """
                SELECT reference, state, erp_number FROM export_document
                WHERE company_id = \(company) ORDER BY reference
                """
            ).map { row in
                try (
                    row.get("reference", as: String.self), row.get("state", as: String.self),
                    row.get("erp_number", as: String?.self)
                )
            }
        }
        for (reference, state, number) in rows {
            let standing = documents[index].filter {
                $0.description.uppercased().contains(reference) && !$0.lines.isEmpty && $0.reverses == nil
            }
            let isTouched =
                standing.contains { touched.contains("\(Haven.tenants[index]) \($0.refNbr)") }
                || touched.contains("\(Haven.tenants[index]) \(number ?? "")")
            if standing.count > 1, !isTouched {
                world.violate("I1", "\(reference) stands \(standing.count) times: \(standing.map(\.refNbr))")
            }
            switch state {
            case "confirmed":
                let number = number ?? ""
                if !marked.contains(number) {
                    world.violate("I5", "\(reference) is confirmed, its records are not marked")
                }
                if standing.map(\.refNbr) != [number], !isTouched, !decided.contains(number) {
                    world.violate(
                        "I2", "\(reference) is confirmed as \(number), and \(standing.map(\.refNbr)) carry it")
                }
            case "rejected", "voided":
                if !standing.isEmpty, !isTouched {
                    world.violate("I2", "\(reference) is \(state) and stands as \(standing.map(\.refNbr))")
                }
            default: break
            }
        }
    }

    // MARK: - The audit trail and the runs: I15, I17

    private func readAudit(_ company: CompanyID) async throws {
        let (rows, states, running) = try await world.database.transactionAcrossCompanies { connection in
            (
                try connection.query(
                    """
                    SELECT id, subject_id, before_digest, after_digest FROM audit
                    WHERE company_id = \(company) AND subject_kind = 'document' AND after_digest IS NOT NULL
                    """),
                try connection.query("SELECT id, state FROM export_document WHERE company_id = \(company) ORDER BY id"),
                try connection.query(
                    "SELECT id FROM run WHERE company_id = \(company) AND outcome = 'running' ORDER BY id")
            )
        }
        if !running.isEmpty { world.violate("I17", "\(running.count) runs of \(company) never ended") }
        var trails: [String: [(place: Int, before: String?, after: String)]] = [:]
        for row in rows {
            let place = try row.get("id", as: String.self).split(separator: ":").last.flatMap { Int($0) } ?? 0
            try trails[row.get("subject_id"), default: []]
                .append((place, row.get("before_digest"), row.get("after_digest")))
        }
        for row in states {
            let (id, state): (String, String) = (try row.get("id"), try row.get("state"))
            let trail = (trails[id] ?? []).sorted { $0.place < $1.place }
            let follows = zip(trail, trail.dropFirst()).allSatisfy { $0.after == $1.before }
            if !follows || trail.last?.after != state {
                world.violate(
                    "I15",
                    "the trail of \(id) does not lead to \(state): \(trail.map { "\($0.before ?? "") → \($0.after)" })")
            }
        }
    }

    // MARK: - Imports: I9, I11

    private func compareImports(_ company: CompanyID, _ index: Int) async throws {
        guard index == 0 || world.weather.theme == .companies else { return }
        guard let records = world.sandbox.records(Haven.tenants[index]) else { return }
        let tables: [(String, String, [String: String])] = [
            ("customer", "name", Dictionary(records.customers.map { ("\($0.internalID)", $0.name) }) { $1 }),
            ("project", "name", Dictionary(records.projects.map { ("\($0.internalID)", $0.description) }) { $1 }),
            ("item", "name", Dictionary(records.items.map { ("\($0.inventoryID)", $0.description) }) { $1 }),
        ]
        for (table, column, there) in tables {
            let here = try await world.database.transactionAcrossCompanies { connection in
                try connection.query(
                    """
                    SELECT erp_id, \(raw: column) AS word, erp_deleted_at FROM \(raw: table)
                    WHERE company_id = \(company) AND erp_id IS NOT NULL ORDER BY erp_id
                    """
                ).map { row in
                    try (
                        row.get("erp_id", as: String.self), row.get("word", as: String.self),
                        row.get("erp_deleted_at", as: Timestamp?.self)
                    )
                }
            }
            for (id, word, deletedAt) in here {
                guard let wanted = there[id] else { continue }
                if deletedAt != nil { world.violate("I11", "\(table) \(id) is marked as gone and stands in the ERP") }
                if word != wanted { world.violate("I9", "\(table) \(id) is “\(word)” here and “\(wanted)” there") }
            }
        }
    }

    // MARK: - Companies: I14

    private func compareTenants() {
        let callers = world.state.withLock { $0.watch.callers }
        let requests = world.sandbox.requests()
        guard callers.count == requests.count else {
            return world.violate("I14", "\(callers.count) calls were made, \(requests.count) arrived")
        }
        for (caller, request) in zip(callers, requests) {
            guard let caller, let tenant = request.tenantID, let index = Haven.companies.firstIndex(of: caller) else {
                continue
            }
            // Whom a token reaches must be asked; nothing else may go there.
            if Haven.tenants[index] != tenant, !request.path.hasSuffix("/organization") {
                world.violate("I14", "a call for \(caller) went to \(tenant)")
            }
        }
    }
}
