import Persistence
import Proresult

/// Deletes all rows of a company, page by page: a long transaction would keep everybody else waiting. May be made again
/// after a crash.
struct CompanyErasure: Sendable {
    let company: CompanyID
    let database: any SQLDatabase

    func run() async throws {
        for table in CompanyTable.all.reversed() {
            let rows = CompanyRows(table: table)
            try await database.transaction(company: company) { try rows.forgetOwnReferences(in: $0) }
            while try await database.transaction(company: company, { try rows.deleteSome(in: $0) }) {}
        }
        try await database.transaction(company: company) { transaction in
            _ = try transaction.execute("DELETE FROM company WHERE id = \(transaction.company)")
        }
    }
}
