import BenchFirm
import Persistence
import Proresult
import Sync

/// Many companies with their five jobs and nothing else.
struct Firms {
    let count: Int

    func id(_ number: Int) -> CompanyID { CompanyID("b\(number)") }

    func make(in database: any SQLDatabase) async throws {
        _ = try await database.migrate(SyncSchema.all)
        try await database.transactionAcrossCompanies { connection in
            let now = try connection.now()
            try connection.executeMany(
                "INSERT INTO company (id, name, code, created_at) VALUES ($1, $2, $3, $4)",
                (0..<count).map {
                    [id($0).sqlValue, "Firma \($0)".sqlValue, "firma\($0)".sqlValue, now.sqlValue]
                })
            try connection.executeMany(
                "INSERT INTO job (company_id, name, enabled_at) VALUES ($1, $2, $3)",
                (0..<count).flatMap { number in
                    JobName.allCases.map { [id(number).sqlValue, $0.sqlValue, now.sqlValue] }
                })
        }
    }

    /// All five jobs of all, due now.
    func makeAllDue(in database: any SQLDatabase) async throws {
        try await database.transactionAcrossCompanies { connection in
            _ = try connection.execute("UPDATE job SET next_run_at = \(connection.now()) WHERE company_id LIKE 'b%'")
        }
    }

    static func isAnythingLeft(in database: any SQLDatabase) async throws -> Bool {
        try await database.readAcrossCompanies { connection in
            try connection.first("SELECT 1 AS yes FROM job WHERE next_run_at IS NOT NULL LIMIT 1") != nil
        }
    }
}
