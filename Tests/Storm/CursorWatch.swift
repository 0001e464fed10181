import Persistence
import Synchronization
import VismaNetSandbox

extension World {
    /// I10: whatever the ERP has that is older than the cursor, less the overlap, stands here as it stands there; and the
    /// cursor never goes back.
    func compareCursors(_ notes: [TransactionNotes.Note]) async throws {
        for note in notes {
            guard case .cursor(let company, let resource, let time?) = note else { continue }
            let key = "\(company) \(resource)"
            let before = state.withLock { state in
                defer { state.watch.cursors[key] = time }
                return state.watch.cursors[key]
            }
            if let before, before > time { violate("I10", "the cursor of \(key) goes back from \(before) to \(time)") }
            try await compare(resource, of: CompanyID(company), upTo: time)
        }
    }

    private func compare(_ resource: String, of company: CompanyID, upTo time: String) async throws {
        guard let index = Haven.companies.firstIndex(of: company), let records = sandbox.records(Haven.tenants[index])
        else { return }
        let (table, rows): (String, [(id: String, name: String, stamp: String)]) =
            switch resource {
            case "customers": ("customer", records.customers.map { ("\($0.internalID)", $0.name, $0.lastModified) })
            case "projects": ("project", records.projects.map { ("\($0.internalID)", $0.description, $0.lastModified) })
            case "items": ("item", records.items.map { ("\($0.inventoryID)", $0.description, $0.lastModified) })
            default: ("", [])
            }
        guard !table.isEmpty else { return }
        let limit = ERPClockText.minutes(before: time)
        let here = try await database.transactionAcrossCompanies { connection in
            try connection.query(
                "SELECT erp_id, name FROM \(raw: table) WHERE company_id = \(company) AND erp_id IS NOT NULL ORDER BY erp_id"
            ).map { try ($0.get("erp_id", as: String.self), $0.get("name", as: String.self)) }
        }
        let names = Dictionary(here) { $1 }
        for row in rows where row.stamp < limit {
            // A number that another record has here, or a project that is not for us, is told and not taken.
            guard let name = names[row.id], name != row.name else { continue }
            violate("I10", "\(resource) is read up to \(time), and \(row.id) of \(row.stamp) is still “\(name)”")
        }
    }
}

/// `yyyy-MM-ddTHH:mm:ss.fff`
enum ERPClockText {
    /// Ten minutes earlier on the same clock face; close to midnight nothing is compared.
    static func minutes(before text: String) -> String {
        let parts = text.split(separator: "T")
        guard parts.count == 2 else { return "" }
        let clock = parts[1].split(separator: ":").compactMap { Double($0) }
        guard clock.count == 3 else { return "" }
        let minutes = Int(clock[0]) * 60 + Int(clock[1]) - 10
        guard minutes >= 0 else { return "\(parts[0])T00:00" }
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return "\(parts[0])T\(two(minutes / 60)):\(two(minutes % 60))"
    }
}
