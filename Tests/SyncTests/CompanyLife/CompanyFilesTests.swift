import Foundation
import Persistence
import Proresult
import TestSupport
import Testing

@testable import Sync

/// What a company gets when it wants all that is its own.
@Suite struct CompanyFilesTests {
    @Test(arguments: TestDatabaseKind.allCases)
    func everyTableComesOutAsJSONAndCSVAndNoSecretDoes(kind: TestDatabaseKind) async throws {
        try await withExportBench(kind) { bench in
            try await bench.approvedHours("e1")
            try await bench.run()
            try await bench.make(CompanyID("neighbour"), due: [])
            try await bench.plantSecrets()
            try await withTemporaryFolder { parent in
                let folder = parent.appending(path: "out")
                let written = try await CompanyFiles(company: ExportBench.company, in: bench.database).write(to: folder)
                #expect(Set(written.keys) == Set(CompanyTable.all.filter { $0.secrets != .all }.map(\.name)))
                for (table, told) in written {
                    let rows = try Self.json(folder, table)
                    #expect(rows.count == told.rows, "\(table)")
                    let lines = try Self.text(folder, "\(table).csv").split(separator: "\r\n")
                    #expect(lines.count == (told.rows == 0 ? 0 : told.rows + 1), "\(table)")
                }
                let entry = try #require(try Self.json(folder, "hour_entry").first)
                #expect(entry["total_hours"] as? String == "8")
                #expect(entry["transferred_at"] as? String == "2026-11-16T08:00:00.000Z")
                #expect(entry["version"] as? Int != nil)

                let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
                let everything = try names.map { try Self.text(folder, $0) }.joined()
                #expect(everything.contains("Prøve AS"))
                for secret in ["PLANTED", "neighbour"] { #expect(!everything.contains(secret)) }
                for name in names {
                    let mode =
                        try FileManager.default.attributesOfItem(
                            atPath: folder.appending(path: name).path)[.posixPermissions] as? Int
                    #expect(mode == 0o600, "\(name)")
                }
            }
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func aTextThatASpreadsheetWouldRunIsHarmlessAndANumberStaysOne(kind: TestDatabaseKind) async throws {
        try await withExportBench(kind) { bench in
            try await bench.execute("UPDATE worker SET name = '=HYPERLINK(1)', phone = '+4722225555'")
            try await bench.execute("UPDATE worker_wage SET hourly_wage = '-12.50'")
            try await withTemporaryFolder { parent in
                let folder = parent.appending(path: "out")
                _ = try await CompanyFiles(company: ExportBench.company, in: bench.database).write(to: folder)
                let workers = try Self.text(folder, "worker.csv")
                #expect(workers.contains(";'=HYPERLINK(1);"))
                #expect(workers.contains(";'+4722225555;"))
                #expect(try Self.text(folder, "worker_wage.csv").contains(";-12.50\r\n"))
            }
        }
    }

    @Test func aFolderWithSomethingInItIsRefused() async throws {
        try await withExportBench(.sqlite) { bench in
            try await withTemporaryFolder { folder in
                try Data("x".utf8).write(to: folder.appending(path: "mine.txt"))
                await #expect(throws: CompanyFiles.Refused.self) {
                    try await CompanyFiles(company: ExportBench.company, in: bench.database).write(to: folder)
                }
                #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["mine.txt"])
            }
        }
    }

    @Test(arguments: TestDatabaseKind.allCases)
    func aTableOfManyPagesComesOutWhole(kind: TestDatabaseKind) async throws {
        try await withExportBench(kind) { bench in
            try await bench.transaction { transaction in
                let items = (0..<2_345).map { number in
                    AuditRow(id: "x:\(number)", at: number)
                }
                try transaction.executeMany(
                    """
                    INSERT INTO audit (company_id, id, at, actor, action, subject_kind, subject_id)
                    VALUES ($1, $2, $3, 'a', 'b', 'c', 'd')
                    """, items.map { [transaction.company.sqlValue, $0.id.sqlValue, $0.at.sqlValue] })
            }
            try await withTemporaryFolder { parent in
                let folder = parent.appending(path: "out")
                let written = try await CompanyFiles(company: ExportBench.company, in: bench.database).write(to: folder)
                #expect(written["audit"]?.rows == 2_345)
                #expect(Set(try Self.json(folder, "audit").compactMap { $0["id"] as? String }).count == 2_345)
            }
        }
    }

    private struct AuditRow {
        var id: String
        var at: Int
    }

    private static func text(_ folder: URL, _ name: String) throws -> String {
        try String(contentsOf: folder.appending(path: name), encoding: .utf8)
    }

    private static func json(_ folder: URL, _ table: String) throws -> [[String: Any]] {
        let data = Data(try text(folder, "\(table).json").utf8)
        return try #require(try JSONSerialization.jsonObject(with: data) as? [[String: Any]])
    }
}

extension ExportBench {
    /// Something that can be found again in every column that holds a secret.
    fileprivate func plantSecrets() async throws {
        try await transaction { transaction in
            let user = try AppUser.create(
                AppUser(id: AppUserID("u"), username: "sjef", name: "Sjef", role: .administrator), in: transaction)
            let company = transaction.company
            for statement: SQL in [
                "INSERT INTO user_password (company_id, user_id, hash, set_at) VALUES (\(company), \(user.id), 'PLANTED', 0)",
                """
                INSERT INTO session (company_id, id, user_id, role, created_at, seen_at, proved_at)
                VALUES (\(company), 'PLANTED', \(user.id), 'administrator', 0, 0, 0)
                """,
                "INSERT INTO set_up_secret (company_id, digest, expires_at) VALUES (\(company), 'PLANTED', 0)",
                """
                INSERT INTO invitation (company_id, user_id, digest, made_by, expires_at)
                VALUES (\(company), \(user.id), 'PLANTED', 'x', 0)
                """,
                """
                INSERT INTO program_key (company_id, id, name, role, digest, created_at, expires_at)
                VALUES (\(company), 'k', 'K', 'worker', 'PLANTED', 0, 1)
                """,
                """
                INSERT INTO connection (company_id, kind, state, grant_sealed, previous_grant_sealed, changed_at)
                VALUES (\(company), 'interactive', 'connected', 'PLANTED', 'PLANTED', 0)
                """,
                """
                INSERT INTO connection_pending (company_id, id, kind, organisation_name, grant_sealed, person,
                    expires_at) VALUES (\(company), 'p', 'interactive', 'o', 'PLANTED', 'x', 0)
                """,
            ] { try transaction.execute(statement) }
        }
    }
}
